"""A client of the root of trust: what it takes, what it refuses, and what it keeps when it refuses."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tuf.api.metadata import DelegatedRole, Metadata, Root, Snapshot, TargetFile, Timestamp

from arasha.engines.notes import NOTE, MalformedError, SignerKey
from arasha.engines.sealing import Member, RecipientSet, Role, build_text
from arasha.wire.trust import Fetch, Held, TrustRefusedError, first, follow, making
from arasha.wire.trust.errors import Why
from arasha.wire.trust.keys import KeeperKey, new_key
from arasha.wire.trust.names import metadata_name, set_path
from arasha.worlds.ceremony import Ceremony
from tests.engines.sealing.samples import RECIPIENTS
from tests.engines.sealing.test_recipient_set import hybrid_key

AT = dt.datetime(2026, 3, 1, 7, tzinfo=dt.UTC)


def set_of(body: str, version: int = 1, *, keys: Sequence[str] = RECIPIENTS) -> RecipientSet:
    officers = [Member(Role.OFFICER, key, "Officer", body) for key in keys[:-1]]
    office = Member(Role.OFFICE, keys[-1], "Office key")
    days = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    return RecipientSet(f"{body}-{version}", body, version, *days, (*officers, office))


@pytest.fixture
def ceremony(tmp_path: Path) -> Ceremony:
    """Two bodies with a set each, stamped."""
    made = Ceremony.begin(tmp_path / "trust", at=AT, demo=False)
    made.publish(set_of("ombudsperson"))
    made.publish(set_of("npm"))
    made.freshen(AT)
    return made


@pytest.fixture
def held(ceremony: Ceremony) -> Held:
    followed = follow(first(ceremony.root, demo=False), ceremony.folder.fetch, demo=False)
    assert followed.refused == ()
    return followed.held


def sets(held: Held) -> list[str]:
    return [each.recipients.set_id for each in held.sets()]


def refusals(held: Held, fetch: Fetch) -> tuple[Held, list[Why]]:
    followed = follow(held, fetch, demo=False)
    return followed.held, [refusal.why for refusal in followed.refused]


def signed(content: Any, *keys: KeeperKey) -> bytes:
    metadata: Metadata[Any] = Metadata(content)
    for key in keys:
        metadata.sign(key.signer, append=True)
    return metadata.to_bytes()


def force(ceremony: Ceremony, role: str, *, keys: int) -> None:
    """Bring a proposal into the folder with so many signatures, whatever it takes."""
    owners = ceremony.bodies.get(role.removeprefix("body-"), ceremony.keepers)
    for key in owners[:keys]:
        ceremony.folder.sign(role, key.signer)
    proposed = ceremony.folder.proposed(role)
    assert proposed is not None
    name = metadata_name(role, proposed.signed.version)
    ceremony.folder.write(name, proposed.to_bytes())
    (ceremony.folder.path / "proposed" / f"{role}.json").unlink()


# What is taken


def test_the_sets_of_all_bodies_are_taken(held: Held) -> None:
    assert sets(held) == ["npm-1", "ombudsperson-1"]
    assert Held.parse(held.to_json()) == held


def test_a_newer_set_replaces_the_one_held(ceremony: Ceremony, held: Held) -> None:
    ceremony.publish(set_of("npm", 2))
    ceremony.freshen(AT)

    assert sets(follow(held, ceremony.folder.fetch, demo=False).held) == ["npm-2", "ombudsperson-1"]


def test_nothing_new_is_fetched_twice(ceremony: Ceremony, held: Held) -> None:
    asked: list[str] = []

    def fetch(name: str) -> bytes | None:
        asked.append(name)
        return ceremony.folder.fetch(name)

    assert follow(held, fetch, demo=False).held == held
    assert asked == ["2.root.json", "timestamp.json"]


def test_two_rotations_are_followed_one_after_the_other(ceremony: Ceremony, held: Held) -> None:
    for _ in range(2):
        rotate(ceremony)
    ceremony.freshen(AT)

    after, why = refusals(held, ceremony.folder.fetch)

    assert (after.root_metadata.version, why) == (3, [])
    assert sets(after) == sets(held)


# Roots


def test_a_root_that_is_not_signed_by_itself_is_no_beginning(ceremony: Ceremony) -> None:
    unsigned = Metadata.from_bytes(ceremony.root)
    unsigned.signatures.popitem()

    with pytest.raises(TrustRefusedError) as refused:
        first(unsigned.to_bytes(), demo=False)
    assert refused.value.why is Why.TOO_FEW


def test_a_skipped_rotation_is_refused_and_the_root_held_stands(
    ceremony: Ceremony, held: Held
) -> None:
    rotate(ceremony)
    rotate(ceremony)
    ceremony.freshen(AT)
    third = ceremony.folder.fetch("3.root.json")
    shown = {"2.root.json": third, "3.root.json": third}

    after, why = refusals(held, lambda name: shown.get(name) or ceremony.folder.fetch(name))

    assert why == [Why.SKIPPED]
    assert after == held


def test_new_keepers_alone_are_not_believed(ceremony: Ceremony, held: Held) -> None:
    strangers = [new_key(f"stranger {n}") for n in range(3)]
    making.rotate(ceremony.folder, keepers=[key.public for key in strangers], threshold=2, at=AT)
    proposed = ceremony.folder.proposed("root")
    assert proposed is not None
    stolen = signed(proposed.signed, *strangers)

    after, why = refusals(held, lambda name: stolen if name == "2.root.json" else None)

    assert (after, why) == (held, [Why.TOO_FEW])


def test_old_keepers_cannot_name_new_ones_who_never_signed(ceremony: Ceremony, held: Held) -> None:
    absent = [new_key(f"absent {n}").public for n in range(3)]
    making.rotate(ceremony.folder, keepers=absent, threshold=2, at=AT)
    force(ceremony, "root", keys=3)

    assert refusals(held, ceremony.folder.fetch) == (held, [Why.TOO_FEW])


def test_a_root_with_one_signature_too_few_is_refused(ceremony: Ceremony, held: Held) -> None:
    making.rotate(ceremony.folder, freshness=new_key("fresh").public, at=AT)
    force(ceremony, "root", keys=1)

    assert refusals(held, ceremony.folder.fetch) == (held, [Why.TOO_FEW])


def test_a_verified_root_stays_though_what_follows_is_refused(
    ceremony: Ceremony, held: Held
) -> None:
    thief, ceremony.freshness = ceremony.freshness, new_key("fresh again")
    making.rotate(ceremony.folder, freshness=ceremony.freshness.public, at=AT)
    ceremony.sign()
    making.freshen(ceremony.folder, signer=thief.signer, at=AT)

    after, why = refusals(held, ceremony.folder.fetch)

    assert (after.root_metadata.version, why) == (2, [Why.TOO_FEW])
    assert sets(after) == sets(held)


def test_after_a_stolen_freshness_key_its_versions_bind_nobody(
    ceremony: Ceremony, held: Held
) -> None:
    stamps = making.stamp(
        {"targets": 9_999}, snapshot=None, timestamp=None, signer=ceremony.freshness.signer, at=AT
    )
    far = Metadata[Timestamp].from_bytes(stamps.timestamp)
    far.signed.version = far.signed.snapshot_meta.version = 2**30
    stuck = replace(held, timestamp=signed(far.signed, ceremony.freshness))
    ceremony.freshness = new_key("fresh again")
    making.rotate(ceremony.folder, freshness=ceremony.freshness.public, at=AT)
    ceremony.sign()
    ceremony.freshen(AT)

    after, why = refusals(stuck, ceremony.folder.fetch)

    assert (why, sets(after)) == ([], sets(held))


@pytest.mark.parametrize("about", [{}, {"arasha": {"demo": True}}, {"arasha": {}}, {"arasha": 7}])
def test_a_root_that_does_not_say_that_it_is_real_is_a_demo_s(
    ceremony: Ceremony, about: dict[str, Any]
) -> None:
    root = Metadata.from_bytes(ceremony.root).signed
    root.unrecognized_fields = about
    content = signed(root, *ceremony.keepers)

    assert first(content, demo=True).is_demo()
    with pytest.raises(TrustRefusedError, match="everybody has its keys"):
        first(content, demo=False)


# Rollback and freeze


def test_yesterday_s_timestamp_is_refused(ceremony: Ceremony, held: Held) -> None:
    old = ceremony.folder.fetch("timestamp.json")
    ceremony.publish(set_of("npm", 2))
    ceremony.freshen(AT)
    newer = follow(held, ceremony.folder.fetch, demo=False).held

    shown = {"timestamp.json": old}
    after, why = refusals(newer, lambda name: shown.get(name) or ceremony.folder.fetch(name))

    assert (after, why) == (newer, [Why.ROLLED_BACK])


def test_a_snapshot_that_names_older_sets_is_refused(ceremony: Ceremony, held: Held) -> None:
    ceremony.publish(set_of("npm", 2))
    ceremony.freshen(AT)
    newer = follow(held, ceremony.folder.fetch, demo=False).held
    snapshot, timestamp = newer.snapshot_metadata, newer.timestamp_metadata
    assert snapshot is not None and timestamp is not None
    snapshot.version += 1
    snapshot.meta["body-npm.json"].version = 1
    shown = stamped(ceremony, snapshot, timestamp)

    after, why = refusals(newer, lambda name: shown.get(name) or ceremony.folder.fetch(name))

    assert why == [Why.ROLLED_BACK]
    assert sets(after) == ["npm-2", "ombudsperson-1"]


def test_a_snapshot_that_forgets_a_body_is_refused(ceremony: Ceremony, held: Held) -> None:
    snapshot, timestamp = held.snapshot_metadata, held.timestamp_metadata
    assert snapshot is not None and timestamp is not None
    snapshot.version += 1
    del snapshot.meta["body-npm.json"]
    shown = stamped(ceremony, snapshot, timestamp)

    after, why = refusals(held, lambda name: shown.get(name) or ceremony.folder.fetch(name))

    assert (sets(after), why) == (sets(held), [Why.ROLLED_BACK])


def test_an_expired_timestamp_freezes_nobody(ceremony: Ceremony) -> None:
    later = AT + dt.timedelta(days=3650)

    followed = follow(first(ceremony.root, demo=False), ceremony.folder.fetch, demo=False)

    assert followed.refused == ()
    assert sets(followed.held) == ["npm-1", "ombudsperson-1"]
    assert followed.held.is_fresh_at(AT)
    assert not followed.held.is_fresh_at(later)


# Bodies and targets


def test_a_set_with_one_signature_too_few_leaves_the_older_one(
    ceremony: Ceremony, held: Held
) -> None:
    making.propose_set(ceremony.folder, text=build_text(set_of("npm", 2)), at=AT)
    force(ceremony, "body-npm", keys=1)
    ceremony.freshen(AT)

    after, why = refusals(held, ceremony.folder.fetch)

    assert (sets(after), why) == (sets(held), [Why.TOO_FEW])


def test_one_body_s_broken_set_keeps_nobody_from_the_sets_of_others(
    ceremony: Ceremony, held: Held
) -> None:
    making.propose_set(ceremony.folder, text=build_text(set_of("npm", 2)), at=AT)
    force(ceremony, "body-npm", keys=0)
    ceremony.publish(set_of("ombudsperson", 2))
    ceremony.freshen(AT)

    after, why = refusals(held, ceremony.folder.fetch)

    assert (sets(after), why) == (["npm-1", "ombudsperson-2"], [Why.TOO_FEW])


@pytest.mark.parametrize(
    "path", [set_path("npm", "npm-2"), "log/vkey", "sets/ombudsperson/deeper/x.txt", "sets/x.txt"]
)
def test_a_body_cannot_sign_for_another_s_path(ceremony: Ceremony, held: Held, path: str) -> None:
    role = ceremony.folder.newest("body-ombudsperson")
    assert role is not None
    role.signed.version += 1
    role.signed.targets[path] = TargetFile(1, {"sha256": "0" * 64}, path)
    ceremony.folder.propose("body-ombudsperson", role.signed)
    force(ceremony, "body-ombudsperson", keys=2)
    ceremony.freshen(AT)

    after, why = refusals(held, ceremony.folder.fetch)

    assert (after.files, why) == (held.files, [Why.OTHERS_PATH])


def test_a_delegation_of_more_than_a_body_s_own_sets_is_refused(
    ceremony: Ceremony, held: Held
) -> None:
    targets = ceremony.folder.newest("targets")
    assert targets is not None
    wide = targets.signed.delegations.roles["body-npm"]
    targets.signed.delegations.roles["body-npm"] = DelegatedRole(
        "body-npm", wide.keyids, 2, terminating=True, paths=["sets/npm/*", "log/*"]
    )
    targets.signed.version += 1
    ceremony.folder.propose("targets", targets.signed)
    ceremony.sign()
    ceremony.freshen(AT)

    after, why = refusals(held, ceremony.folder.fetch)

    assert (sets(after), why) == (sets(held), [Why.OTHERS_PATH])


def test_the_keepers_cannot_sign_a_body_s_set(ceremony: Ceremony, held: Held) -> None:
    targets = ceremony.folder.newest("targets")
    assert targets is not None
    path = set_path("npm", "npm-9")
    text = build_text(replace(set_of("npm", 9)))
    targets.signed.targets[path] = ceremony.folder.put_target(path, text.encode())
    targets.signed.version += 1
    ceremony.folder.propose("targets", targets.signed)
    ceremony.sign()
    ceremony.freshen(AT)

    after, why = refusals(held, ceremony.folder.fetch)

    assert (sets(after), why) == (sets(held), [Why.OTHERS_PATH])


@pytest.mark.parametrize(
    "unfit",
    [
        set_of("npm", 2, keys=RECIPIENTS[1:]),
        set_of("npm", 2, keys=(*RECIPIENTS[:2], hybrid_key(1))),
        set_of("npm", 2, keys=(RECIPIENTS[0], RECIPIENTS[0], RECIPIENTS[2])),
        replace(set_of("npm", 2), body="ombudsperson"),
        replace(set_of("npm", 1), set_id="npm-2"),
    ],
    ids=["one officer", "post-quantum and classic", "one key twice", "other body", "same version"],
)
def test_a_well_signed_set_that_cannot_be_used_leaves_the_older_one(
    ceremony: Ceremony, held: Held, unfit: RecipientSet
) -> None:
    role = ceremony.folder.newest("body-npm")
    assert role is not None
    path = set_path("npm", unfit.set_id)
    role.signed.targets = {path: ceremony.folder.put_target(path, build_text(unfit).encode())}
    role.signed.version += 1
    ceremony.folder.propose("body-npm", role.signed)
    ceremony.sign()
    ceremony.freshen(AT)

    after, why = refusals(held, ceremony.folder.fetch)

    assert sets(after) == sets(held)
    assert set(why) <= {Why.UNFIT, Why.ROLLED_BACK}
    assert len(why) == 1


def test_a_dissolved_body_s_set_is_dropped(ceremony: Ceremony, held: Held) -> None:
    making.dissolve_body(ceremony.folder, body="npm", at=AT)
    ceremony.sign()
    ceremony.freshen(AT)

    assert sets(follow(held, ceremony.folder.fetch, demo=False).held) == ["ombudsperson-1"]


def test_a_body_s_new_keys_sign_and_its_old_ones_count_no_more(
    ceremony: Ceremony, held: Held
) -> None:
    old = ceremony.bodies["npm"]
    ceremony.trust_body("npm")
    ceremony.publish(set_of("npm", 2))
    ceremony.freshen(AT)
    after = follow(held, ceremony.folder.fetch, demo=False).held
    making.propose_set(ceremony.folder, text=build_text(set_of("npm", 3)), at=AT)
    ceremony.bodies["npm"] = old
    force(ceremony, "body-npm", keys=3)
    ceremony.freshen(AT)

    assert sets(after) == ["npm-2", "ombudsperson-1"]
    assert refusals(after, ceremony.folder.fetch)[1] == [Why.TOO_FEW]


def test_keys_of_log_and_gateways_come_from_the_keepers(ceremony: Ceremony, held: Held) -> None:
    old, new, gateway = (SignerKey("arasha.example/x", NOTE, bytes([n] * 32)) for n in (1, 2, 3))
    ceremony.add("log/vkey", f"{old.verifier}\n{new.verifier}\n".encode())
    ceremony.add("ingest/gateway.json", json.dumps({"ack": str(gateway.verifier)}).encode())
    ceremony.freshen(AT)

    after = follow(held, ceremony.folder.fetch, demo=False).held

    assert after.log_keys() == [old.verifier, new.verifier]
    assert after.acknowledging_keys() == [gateway.verifier]


@pytest.mark.parametrize(
    ("path", "content", "match"),
    [
        ("log/vkey", b"no key\n", "log/vkey"),
        ("log/vkey", b"\n", "no key of the log"),
        ("log/policy", b"log nobody\n", "log/policy"),
        ("ingest/gateway.json", b"{}", "no ingest key"),
        ("ingest/gateway.json", b"[" * 100_000, "RecursionError"),
        ("kiosk/7.json", b"{}", "no target"),
        ("terminals/5b1f.json", b"[]", "revoked_at_size and vkey"),
        ("terminals/5b1f.json", b'{"vkey": "x"}', "revoked_at_size and vkey"),
        ("terminals/5b1f.json", b'{"vkey": 7, "revoked_at_size": null}', "must be a text"),
        ("terminals/5b1f.json", b'{"vkey": "x", "revoked_at_size": true}', "must be null or"),
        ("terminals/5b1f.json", b'{"vkey": "x", "revoked_at_size": -1}', "must be null or"),
        ("terminals/5b1f.json", b'{"vkey": "x", "revoked_at_size": null}', "terminals/5b1f.json"),
        ("sets/npm/npm-3.txt", b"", "no target"),
        ("log/../vkey", b"", "no target"),
    ],
)
def test_a_target_that_is_not_what_its_name_promises_is_not_even_proposed(
    ceremony: Ceremony, path: str, content: bytes, match: str
) -> None:
    with pytest.raises(MalformedError, match=match):
        ceremony.add(path, content)
    assert list(ceremony.folder.proposals()) == []


# Whatever comes


@given(content=st.binary(max_size=300))
def test_rubbish_in_place_of_any_file_is_refused_and_nothing_is_lost(content: bytes) -> None:
    held = Held.parse(json.dumps(TINY))

    for name in ("2.root.json", "timestamp.json"):
        after, why = refusals(held, {name: content}.get)
        assert after == held
        assert why in ([Why.DAMAGED], [Why.MISSING])


def rotate(ceremony: Ceremony) -> None:
    """Replace all keepers; the old and the new ones sign."""
    old = ceremony.keepers
    ceremony.keepers = [new_key(f"{key.holder}'") for key in old]
    making.rotate(
        ceremony.folder, keepers=[key.public for key in ceremony.keepers], threshold=2, at=AT
    )
    for key in old[:2]:
        ceremony.folder.sign("root", key.signer)
    ceremony.sign()


def stamped(
    ceremony: Ceremony, snapshot: Snapshot, timestamp: Timestamp
) -> dict[str, bytes | None]:
    """A snapshot and a timestamp as a thief of the freshness key makes them."""
    timestamp.version += 1
    timestamp.snapshot_meta.version = snapshot.version
    return {
        "timestamp.json": signed(timestamp, ceremony.freshness),
        metadata_name("snapshot", snapshot.version): signed(snapshot, ceremony.freshness),
    }


def tiny() -> dict[str, Any]:
    """A client that holds nothing but a root."""
    key = new_key("keeper")
    root = Root(expires=AT, unrecognized_fields={"arasha": {"demo": False}})
    for role in ("root", "targets", "snapshot", "timestamp"):
        making.set_keys(root, role, [key.public], 1)
    content: dict[str, Any] = json.loads(Held(signed(root, key)).to_json())
    return content


TINY = tiny()
