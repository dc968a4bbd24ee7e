"""age recipients: which kinds we seal to, and that a set never mixes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from arasha.engines.sealing import bech32
from arasha.engines.sealing.errors import MixedRecipientsError, RecipientError


class Kind(StrEnum):
    """The kind of a recipient; the value is its stanza's name in an age header."""

    X25519 = "X25519"
    HYBRID = "mlkem768x25519"


FORMS = {"age": (Kind.X25519, 32), "age1pq": (Kind.HYBRID, 1216)}


@dataclass(frozen=True)
class Recipient:
    """A public key that an age file can be sealed to."""

    kind: Kind
    key: bytes


def parse_recipient(text: str) -> Recipient:
    """Return the recipient written as `age1…` (X25519) or `age1pq1…` (ML-KEM-768 with X25519).

    Source: C2SP age, "Native recipient types". Raises RecipientError for any other kind, a wrong
    length and a wrong checksum.
    """
    prefix, key = bech32.decode(text)
    if prefix not in FORMS:
        raise RecipientError(f"{bech32.shown(text)} is no age recipient that we seal to")
    kind, length = FORMS[prefix]
    if len(key) != length:
        raise RecipientError(f"{bech32.shown(text)} holds {len(key)} bytes, expected {length}")
    return Recipient(kind, key)


def fingerprint(recipient: str) -> str:
    """Return twenty hex digits of the SHA-256 of a recipient as it is written, in fours, to be compared aloud."""
    digits = sha256(recipient.encode()).hexdigest()[:20]
    return " ".join(digits[start : start + 4] for start in range(0, 20, 4))


def kind_of(recipients: Sequence[Recipient]) -> Kind:
    """Return the one kind of all `recipients`; MixedRecipientsError if there are two."""
    kinds = {recipient.kind for recipient in recipients}
    if len(kinds) != 1:
        raise MixedRecipientsError(f"recipients must be of one kind, got {sorted(kinds)}")
    return kinds.pop()
