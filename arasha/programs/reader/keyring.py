"""An officer's opening keys on their own disk: each locked with a passkey, none in the clear."""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from arasha.engines.sealing.errors import RecipientError
from arasha.engines.sealing.recipients import parse_recipient
from arasha.wire.keyfile import KeyFileError, read_private, write_private
from arasha.wire.loopback import Refusal

AGE_FILE = b"age-encryption.org/v1\n-> age-encryption.org/fido2prf "
PASSKEY = re.compile(r"AGE-PLUGIN-FIDO2PRF-1[0-9A-Z]{20,2000}")
MOST_BYTES = 8 * 1024


@dataclass(frozen=True, slots=True)
class Card:
    """A key as others may see it. `passkey` describes which passkey locks it; it is no secret."""

    name: str
    recipient: str
    passkey: str

    @property
    def fingerprint(self) -> str:
        """Twenty hex digits of the SHA-256 of the recipient, in fours, to be compared aloud."""
        digits = sha256(self.recipient.encode()).hexdigest()[:20]
        return " ".join(digits[start : start + 4] for start in range(0, 20, 4))


class Keyring:
    """A folder with two files for each key: `<fingerprint>.json`, its card, and `.age`, locked."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder

    def all(self) -> list[dict[str, str]]:
        """Return every key that is whole: card, fingerprint and the locked file in base 64."""
        found = []
        for path in sorted(self._folder.glob("*.json")):
            try:
                card = Card(**json.loads(read_private(path)))
                locked = read_private(path.with_suffix(".age"))
            except (KeyFileError, TypeError, ValueError):
                continue
            found.append(_shown(card, base64.b64encode(locked).decode()))
        return found

    def add(self, content: Mapping[str, object]) -> dict[str, str]:
        """Keep a key that the page has locked. Raises Refusal; nothing in the clear is ever kept."""
        card, locked = _checked(content)
        name = card.fingerprint.replace(" ", "") + "-" + sha256(locked).hexdigest()[:8]
        try:
            write_private(self._folder / f"{name}.age", locked)
            card_text = json.dumps(asdict(card), ensure_ascii=False, indent=2)
            write_private(self._folder / f"{name}.json", card_text.encode() + b"\n")
        except OSError as error:
            raise Refusal(HTTPStatus.INSUFFICIENT_STORAGE, "disk") from error
        except KeyFileError as error:
            raise Refusal(HTTPStatus.CONFLICT, "identity") from error
        return _shown(card, base64.b64encode(locked).decode())


def _shown(card: Card, wrapped: str) -> dict[str, str]:
    return asdict(card) | {"fingerprint": card.fingerprint, "wrapped": wrapped}


def _checked(content: Mapping[str, object]) -> tuple[Card, bytes]:
    texts = [content.get(name) for name in ("name", "recipient", "passkey", "wrapped")]
    name, recipient, passkey, wrapped = (text if isinstance(text, str) else "" for text in texts)
    try:
        parse_recipient(recipient)
        locked = base64.b64decode(wrapped, validate=True)
    except (RecipientError, binascii.Error, ValueError) as error:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "identity") from error
    if not locked.startswith(AGE_FILE) or len(locked) > MOST_BYTES:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "identity")
    if not name.strip() or len(name) > 200 or not PASSKEY.fullmatch(passkey):
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "identity")
    return Card(name.strip(), recipient, passkey), locked
