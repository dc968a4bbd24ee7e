"""What the reader's program keeps of an officer's identities, and what it refuses to keep."""

import base64
import os
from http import HTTPStatus
from pathlib import Path

import pytest

from arasha.programs.reader.keyring import Keyring
from arasha.wire.serving import Refusal
from tests.programs import stand

PASSKEY = "AGE-PLUGIN-FIDO2PRF-1" + "Q" * 60
LOCKED = b"age-encryption.org/v1\n-> age-encryption.org/fido2prf AAAA\nlocked\n--- mac\nsealed"
BY_PHRASE = b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" 18\nlocked\n--- mac\nsealed"
RECIPIENT = str(stand.IDENTITIES[0].to_public())


def key(**changes: object) -> dict[str, object]:
    wrapped = base64.b64encode(LOCKED).decode()
    named = {"name": "A", "label": "first", "recipient": RECIPIENT}
    return {**named, "passkey": PASSKEY, "wrapped": wrapped} | changes


def second() -> dict[str, object]:
    return key(label="spare", wrapped=base64.b64encode(LOCKED + b"2").decode())


def phrase(locked: bytes = BY_PHRASE) -> dict[str, object]:
    return {"wrapped": base64.b64encode(locked).decode()}


@pytest.mark.parametrize(
    "changes",
    [
        {"wrapped": base64.b64encode(str(stand.IDENTITIES[0]).encode()).decode()},
        {"wrapped": base64.b64encode(b"age-encryption.org/v1\n-> X25519 AAAA\n").decode()},
        {"wrapped": base64.b64encode(BY_PHRASE).decode()},
        {"wrapped": base64.b64encode(LOCKED + bytes(9000)).decode()},
        {"wrapped": "!"},
        {"wrapped": None},
        {"recipient": "age1nonsense"},
        {"passkey": "AGE-SECRET-KEY-1QQQQ"},
        {"name": "  "},
        {"label": "x" * 201},
    ],
)
def test_nothing_but_a_key_locked_by_a_passkey_is_kept(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    with pytest.raises(Refusal, match="identity"):
        Keyring(tmp_path).add(key(**changes))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("locked", [LOCKED, BY_PHRASE.replace(b" 18", b" 10"), b"AGE-SECRET"])
def test_a_recovery_file_is_opened_by_a_passphrase_of_full_work_and_by_nothing_else(
    tmp_path: Path, locked: bytes
) -> None:
    ring = Keyring(tmp_path)
    kept = ring.add(key())

    with pytest.raises(Refusal, match="identity"):
        ring.set_recovery(kept["key"], phrase(locked))
    assert ring.all()[0]["recovery"] is None


@pytest.mark.parametrize("which", ["../elsewhere", "0" * 20, "A" * 20, ""])
def test_a_key_that_is_not_there_is_refused(tmp_path: Path, which: str) -> None:
    ring = Keyring(tmp_path)

    for act in (ring.add_passkey, ring.set_recovery):
        with pytest.raises(Refusal, match="not_found"):
            act(which, key())


def test_an_identity_is_ready_with_two_passkeys_and_a_passphrase(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    begun = ring.add(key())
    two = ring.add_passkey(begun["key"], second())
    whole = ring.set_recovery(begun["key"], phrase())

    assert [begun["ready"], two["ready"], whole["ready"]] == [False, False, True]
    assert {each["label"] for each in whole["passkeys"]} == {"first", "spare"}
    assert ring.all() == [whole]


def test_the_last_way_to_open_an_identity_is_never_removed(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    kept = ring.add(key())
    last = kept["passkeys"][0]["key"]

    with pytest.raises(Refusal, match="last_way"):
        ring.remove_passkey(kept["key"], last)
    ring.set_recovery(kept["key"], phrase())
    assert ring.remove_passkey(kept["key"], last)["passkeys"] == []


def test_a_lost_passkey_leaves_no_file_behind(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    kept = ring.add(key())
    added = ring.add_passkey(kept["key"], second())
    lost = added["passkeys"][0]["key"]

    left = ring.remove_passkey(kept["key"], lost)

    assert lost not in {each["key"] for each in left["passkeys"]}
    assert list(tmp_path.rglob(f"*{lost}*")) == []


def test_a_passkey_file_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    ring.add(key())
    for path in tmp_path.rglob("*.age"):
        path.chmod(0o644)

    assert ring.all()[0]["passkeys"] == []


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(Refusal, match="disk") as refused:
        Keyring(tmp_path).add(key())
    assert refused.value.status == HTTPStatus.INSUFFICIENT_STORAGE
    assert list(tmp_path.rglob("*.*")) == []


def test_a_locked_key_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    kept = Keyring(tmp_path).add(key())

    assert len(kept["fingerprint"].split(" ")) == 5
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*.*")} == {0o600}
    assert base64.b64decode(kept["passkeys"][0]["wrapped"]) == LOCKED
