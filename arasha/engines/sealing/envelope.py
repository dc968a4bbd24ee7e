"""An appeal's envelope: its two parts, what may be filed, and the digest its leaf commits to."""

import hashlib

from arasha.engines.sealing.age import sealed_payload_bytes
from arasha.engines.sealing.errors import MalformedEnvelopeError, TruncatedEnvelopeError
from arasha.engines.sealing.header import Header, check_recipients, parse_header
from arasha.engines.sealing.payload import BUCKETS

DOMAIN = b"arasha appeal v1\n"
PAYLOAD_SIZES = tuple(sealed_payload_bytes(bucket) for bucket in BUCKETS)


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
    header = parse_header(envelope)
    check_recipients(header, expected=recipients)
    length = len(envelope) - header.length
    if length < PAYLOAD_SIZES[0]:
        raise TruncatedEnvelopeError(
            f"the payload has {length} bytes, the least is {PAYLOAD_SIZES[0]}"
        )
    if length not in PAYLOAD_SIZES:
        raise MalformedEnvelopeError(
            f"the payload has {length} bytes, expected one of {PAYLOAD_SIZES}"
        )
    return header


def record_digest(header: bytes, payload: bytes) -> bytes:
    """Return the 32 bytes that the appeal's leaf commits to.

    Header and payload are hashed apart, because readers can be added later by a new header over
    the same payload: who holds the first header can still prove what was filed.
    """
    parts = hashlib.sha256(header).digest() + hashlib.sha256(payload).digest()
    return hashlib.sha256(DOMAIN + parts).digest()
