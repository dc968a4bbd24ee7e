"""What lies sealed on the server: its two parts, what may be taken, and the digest a leaf commits to."""

import hashlib
from collections.abc import Sequence

from arasha.engines.sealing.age import sealed_payload_bytes
from arasha.engines.sealing.card import CARD_BYTES
from arasha.engines.sealing.correspondence import NOTE_SIZES, REPLY_BYTES
from arasha.engines.sealing.errors import (
    MalformedEnvelopeError,
    OversizedEnvelopeError,
    TruncatedEnvelopeError,
)
from arasha.engines.sealing.header import (
    LONGEST_HEADER_BYTES,
    Header,
    check_recipients,
    parse_header,
)
from arasha.engines.sealing.payload import BUCKETS

DOMAIN = b"arasha appeal v1\n"


def split(envelope: bytes) -> tuple[bytes, bytes]:
    """Return the header, up to and with its MAC line, and the encrypted payload after it.

    Raises what `parse_header` raises.
    """
    length = parse_header(envelope).length
    return envelope[:length], envelope[length:]


def check_envelope(envelope: bytes, *, recipients: int) -> Header:
    """Return the header of an envelope that has the form of a sealed appeal to `recipients` keys.

    Its payload must have the length of one of the padded sizes, so nothing can be cut off or
    hang behind. Raises EnvelopeError's subclasses. Without a key nobody can say more.
    """
    return check_sealed(envelope, recipients=recipients, sizes=BUCKETS)


def check_card(card: bytes, *, recipients: int) -> Header:
    """Return the header of a sealed title card to `recipients` keys. Raises as `check_envelope`."""
    return check_sealed(card, recipients=recipients, sizes=(CARD_BYTES,))


def check_note(note: bytes, *, recipients: int) -> Header:
    """Return the header of a sealed note to `recipients` keys. Raises as `check_envelope`."""
    return check_sealed(note, recipients=recipients, sizes=NOTE_SIZES)


def check_reply(reply: bytes) -> Header:
    """Return the header of a reply sealed to one mailbox. Raises as `check_envelope`."""
    return check_sealed(reply, recipients=1, sizes=(REPLY_BYTES,))


def check_added_header(header: bytes, *, recipients: int) -> Header:
    """Return what a header says that adds `recipients` keys to a payload; nothing may follow it.

    Raises as `check_envelope`. Whether its file key opens the payload only a reader can say.
    """
    if len(header) > LONGEST_HEADER_BYTES:
        raise OversizedEnvelopeError("the header", size=len(header), most=LONGEST_HEADER_BYTES)
    parsed = parse_header(header)
    check_recipients(parsed, expected=recipients)
    if parsed.length != len(header):
        raise MalformedEnvelopeError(
            f"{len(header) - parsed.length} bytes follow the header, expected none"
        )
    return parsed


def check_beginning(beginning: bytes, *, recipients: int) -> Header:
    """Return the header of a sealed file of any length, from its first bytes.

    Raises as `check_envelope`.
    """
    header = parse_header(beginning)
    check_recipients(header, expected=recipients)
    return header


def check_sealed(sealed: bytes, *, recipients: int, sizes: Sequence[int]) -> Header:
    """Check that an age file has `recipients` stanzas over a plaintext of one of the `sizes`."""
    header = check_beginning(sealed, recipients=recipients)
    length = len(sealed) - header.length
    allowed = [sealed_payload_bytes(size) for size in sizes]
    if length < allowed[0]:
        raise TruncatedEnvelopeError(f"the payload has {length} bytes, the least is {allowed[0]}")
    if length > allowed[-1]:
        raise OversizedEnvelopeError("the payload", size=length, most=allowed[-1])
    if length not in allowed:
        raise MalformedEnvelopeError(f"the payload has {length} bytes, expected one of {allowed}")
    return header


def record_digest(header: bytes, payload: bytes) -> bytes:
    """Return the 32 bytes that the appeal's leaf commits to.

    Header and payload are hashed apart, because readers can be added later by a new header over
    the same payload: who holds the first header can still prove what was filed.
    """
    return digest_of_hashes(hashlib.sha256(header).digest(), hashlib.sha256(payload).digest())


def digest_of_hashes(header_hash: bytes, payload_hash: bytes) -> bytes:
    """Return the record digest from the SHA-256 of the first header and that of the payload."""
    return hashlib.sha256(DOMAIN + header_hash + payload_hash).digest()
