"""An officer's identities on their own disk: each behind several locks, none in the clear."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

from arasha.engines.sealing.errors import RecipientError
from arasha.engines.sealing.recipients import parse_recipient
from arasha.wire.keyfile import KeyFileError, read_private, replace_private, write_private
from arasha.wire.serving import Refusal

BY_PASSKEY = re.compile(rb"age-encryption\.org/v1\n-> age-encryption\.org/fido2prf \S+\n")
# Work factor 18: below it a machine guesses too fast, above it an old machine opens too slowly.
BY_PASSPHRASE = re.compile(rb"age-encryption\.org/v1\n-> scrypt [A-Za-z0-9+/]{22} 18\n")
PASSKEY = re.compile(r"AGE-PLUGIN-FIDO2PRF-1[0-9A-Z]{20,2000}")
IDENTITY = re.compile(r"[0-9a-f]{20}")
LOCK = re.compile(r"[0-9a-f]{12}")
MOST_BYTES = 8 * 1024
LONGEST_NAME = 200
PASSKEYS_NEEDED = 2


@dataclass(frozen=True, slots=True)
class Card:
    """An identity as others may see it."""

    name: str
    recipient: str

    @property
    def key(self) -> str:
        """The folder's name: the first 80 bits of the SHA-256 of the recipient, in hex."""
        return sha256(self.recipient.encode()).hexdigest()[:20]

    @property
    def fingerprint(self) -> str:
        """The same digits in fours, to be compared aloud."""
        return " ".join(self.key[start : start + 4] for start in range(0, 20, 4))


@dataclass(frozen=True, slots=True)
class Passkey:
    """`passkey` describes which passkey opens it, and is no secret; `label` says where it is kept."""

    label: str
    passkey: str


class Keyring:
    """A folder for each identity: `card.json`, two files for each passkey, and `recovery.age`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder

    def all(self) -> list[dict[str, Any]]:
        """Return every identity whose card can be read, with the locks that are whole."""
        found = (self._shown(path.parent) for path in sorted(self._folder.glob("*/card.json")))
        return [each for each in found if each]

    def add(self, content: Mapping[str, object]) -> dict[str, Any]:
        """Keep a new identity that the page has locked with its first passkey. Raises Refusal."""
        card, passkey, locked = _card(content), _passkey(content), _locked(content, BY_PASSKEY)
        folder = self._folder / card.key
        if not folder.exists():
            _kept(lambda: write_private(folder / "card.json", _json(asdict(card))))
        self._keep_passkey(folder, passkey, locked)
        return self._one(card.key)

    def add_passkey(self, key: str, content: Mapping[str, object]) -> dict[str, Any]:
        """Keep one more lock of an identity. Raises Refusal."""
        passkey, locked = _passkey(content), _locked(content, BY_PASSKEY)
        self._keep_passkey(self._known(key), passkey, locked)
        return self._one(key)

    def remove_passkey(self, key: str, lock: str) -> dict[str, Any]:
        """Forget a lost passkey. Raises Refusal if the identity could then be opened in no way."""
        shown, folder = self._one(key), self._known(key)
        if not LOCK.fullmatch(lock) or lock not in {each["key"] for each in shown["passkeys"]}:
            raise Refusal(HTTPStatus.NOT_FOUND, "not_found")
        if len(shown["passkeys"]) == 1 and not shown["recovery"]:
            raise Refusal(HTTPStatus.CONFLICT, "last_way")
        for ending in ("json", "age"):
            (folder / f"passkey-{lock}.{ending}").unlink(missing_ok=True)
        return self._one(key)

    def set_recovery(self, key: str, content: Mapping[str, object]) -> dict[str, Any]:
        """Keep the file that the recovery passphrase opens, in place of an older one."""
        folder, locked = self._known(key), _locked(content, BY_PASSPHRASE)
        _kept(lambda: replace_private(folder / "recovery.age", locked))
        return self._one(key)

    def _keep_passkey(self, folder: Path, passkey: Passkey, locked: bytes) -> None:
        lock = sha256(locked).hexdigest()[:12]
        _kept(lambda: write_private(folder / f"passkey-{lock}.age", locked))
        _kept(lambda: write_private(folder / f"passkey-{lock}.json", _json(asdict(passkey))))

    def _known(self, key: str) -> Path:
        if not IDENTITY.fullmatch(key) or not (self._folder / key / "card.json").is_file():
            raise Refusal(HTTPStatus.NOT_FOUND, "not_found")
        return self._folder / key

    def _one(self, key: str) -> dict[str, Any]:
        shown = self._shown(self._known(key))
        if shown is None:
            raise Refusal(HTTPStatus.CONFLICT, "identity")
        return shown

    def _shown(self, folder: Path) -> dict[str, Any] | None:
        """What the page gets. Ready = may be enrolled: what one loss cannot end."""
        try:
            card = Card(**json.loads(read_private(folder / "card.json")))
        except (KeyFileError, TypeError, ValueError):
            return None
        passkeys = [each for path in sorted(folder.glob("passkey-*.json")) if (each := _lock(path))]
        recovery = _sealed(folder / "recovery.age")
        return {
            **asdict(card),
            "key": card.key,
            "fingerprint": card.fingerprint,
            "passkeys": passkeys,
            "recovery": recovery,
            "ready": len(passkeys) >= PASSKEYS_NEEDED and recovery is not None,
        }


def _lock(path: Path) -> dict[str, str] | None:
    try:
        passkey = Passkey(**json.loads(read_private(path)))
    except (KeyFileError, TypeError, ValueError):
        return None
    wrapped = _sealed(path.with_suffix(".age"))
    key = path.stem.removeprefix("passkey-")
    return {**asdict(passkey), "key": key, "wrapped": wrapped} if wrapped else None


def _sealed(path: Path) -> str | None:
    try:
        return base64.b64encode(read_private(path)).decode()
    except KeyFileError:
        return None


def _json(content: Mapping[str, str]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def _kept(write: Callable[[], None]) -> None:
    try:
        write()
    except OSError as error:
        raise Refusal(HTTPStatus.INSUFFICIENT_STORAGE, "disk") from error
    except KeyFileError as error:
        raise Refusal(HTTPStatus.CONFLICT, "identity") from error


def _card(content: Mapping[str, object]) -> Card:
    recipient = _text(content, "recipient")
    try:
        parse_recipient(recipient)
    except RecipientError as error:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "identity") from error
    return Card(_line(content, "name"), recipient)


def _passkey(content: Mapping[str, object]) -> Passkey:
    passkey = _text(content, "passkey")
    if not PASSKEY.fullmatch(passkey):
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "identity")
    return Passkey(_line(content, "label"), passkey)


def _locked(content: Mapping[str, object], form: re.Pattern[bytes]) -> bytes:
    """Nothing in the clear is ever kept, also when the page is at fault."""
    try:
        locked = base64.b64decode(_text(content, "wrapped"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "identity") from error
    if not form.match(locked) or len(locked) > MOST_BYTES:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "identity")
    return locked


def _line(content: Mapping[str, object], name: str) -> str:
    line = _text(content, name).strip()
    if not line or len(line) > LONGEST_NAME:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "identity")
    return line


def _text(content: Mapping[str, object], name: str) -> str:
    value = content.get(name)
    return value if isinstance(value, str) else ""
