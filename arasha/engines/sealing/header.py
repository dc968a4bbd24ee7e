"""Reading an age header strictly: one stanza for each recipient, of one kind, and nothing else.

A lax reader would leave room for a covert channel and for a second recipient nobody agreed to
(`grease` stanzas, foreign types). This is a check of form: whose keys they are, no server can see.
"""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass

from arasha.engines.sealing.errors import (
    ForeignStanzaError,
    MalformedEnvelopeError,
    TruncatedEnvelopeError,
    WrongRecipientCountError,
)
from arasha.engines.sealing.recipients import Kind

VERSION_LINE = b"age-encryption.org/v1\n"
SHARE_BYTES = {Kind.X25519: 32, Kind.HYBRID: 1120}
WRAPPED_KEY_BYTES = 32
MAC_BYTES = 32
LONGEST_LINE = 1600  # a hybrid stanza's first line has 1,512 characters
MOST_RECIPIENTS = 64
LONGEST_HEADER_BYTES = 128 * 1024  # the longest one of the most recipients is shorter
# Every u-coordinate of Curve25519 whose exchange gives zero (RFC 7748, section 6.1; orders 1, 2, 4, 8
# and their other spellings). A list, because to try an exchange for each stanza costs ten times more.
PRIME = 2**255 - 19
LOW_ORDER = frozenset(
    {
        0,
        1,
        325606250916557431795983626356110631294008115727848805560023387167927233504,
        39382357235489614581723060781553021112529911719440698176882885853963445705823,
        PRIME - 1,
        PRIME,
        PRIME + 1,
    }
)


@dataclass(frozen=True)
class Header:
    """What a header says without any key: its length in bytes, the kind and number of stanzas."""

    length: int
    kind: Kind
    recipients: int


def parse_header(envelope: bytes) -> Header:
    """Read the header of an age v1 file; the payload starts at the returned length.

    Raises MalformedEnvelopeError, TruncatedEnvelopeError or ForeignStanzaError (an unknown type,
    two kinds in one file, or the same ephemeral share twice).
    """
    check_version(envelope)
    lines = read_lines(envelope, start=len(VERSION_LINE))
    shares: dict[bytes, Kind] = {}
    for line, _end in lines:
        if line.startswith(b"--- "):
            break
        kind, share = read_stanza(line, body=next(lines)[0])
        if share in shares:
            raise ForeignStanzaError("two stanzas carry the same ephemeral share")
        shares[share] = kind
        if len(shares) > MOST_RECIPIENTS:
            raise MalformedEnvelopeError(f"a header may have {MOST_RECIPIENTS} stanzas at most")
    decode_base64(line[4:], MAC_BYTES, "the header's MAC")
    return Header(length=_end, kind=one_kind(set(shares.values())), recipients=len(shares))


def check_recipients(header: Header, *, expected: int) -> None:
    """Raise WrongRecipientCountError unless the header has `expected` stanzas."""
    if header.recipients != expected:
        raise WrongRecipientCountError(
            f"the header has {header.recipients} stanzas, the recipient set has {expected}"
        )


def check_version(envelope: bytes) -> None:
    if envelope.startswith(VERSION_LINE):
        return
    if VERSION_LINE.startswith(envelope):
        raise TruncatedEnvelopeError(f"the envelope ends after {len(envelope)} bytes")
    raise MalformedEnvelopeError("the envelope does not begin as a binary age v1 file")


def read_lines(envelope: bytes, *, start: int) -> Iterator[tuple[bytes, int]]:
    """Yield each line of the header with the position behind it, and never end silently."""
    while True:
        end = envelope.find(b"\n", start, start + LONGEST_LINE)
        if end < 0 and len(envelope) - start >= LONGEST_LINE:
            raise MalformedEnvelopeError(f"a line of the header is over {LONGEST_LINE} bytes")
        if end < 0:
            raise TruncatedEnvelopeError("the envelope ends inside its header")
        yield envelope[start:end], end + 1
        start = end + 1


def read_stanza(line: bytes, *, body: bytes) -> tuple[Kind, bytes]:
    """Return the kind and the ephemeral share of one stanza, from its two lines."""
    if not line.startswith(b"-> "):
        raise MalformedEnvelopeError(f"neither a stanza nor the header's end: {line[:40]!r}")
    name, *arguments = line[3:].split(b" ")
    kind = {kind.value.encode(): kind for kind in Kind}.get(name)
    if kind is None:
        raise ForeignStanzaError(f"the header has a stanza of the type {name[:40]!r}")
    if len(arguments) != 1:
        raise MalformedEnvelopeError(f"a {kind} stanza has {len(arguments)} arguments, expected 1")
    share = decode_base64(arguments[0], SHARE_BYTES[kind], f"the share of a {kind} stanza")
    decode_base64(body, WRAPPED_KEY_BYTES, f"the wrapped key of a {kind} stanza")
    if kind is Kind.X25519 and is_low_order(share):
        raise MalformedEnvelopeError("the share of an X25519 stanza is a point of low order")
    return kind, share


def is_low_order(point: bytes) -> bool:
    """Tell whether every exchange with `point` gives zero: nobody could open such a stanza."""
    # The highest bit counts for nothing (RFC 7748, section 5).
    return int.from_bytes(point, "little") & (2**255 - 1) in LOW_ORDER


def one_kind(kinds: set[Kind]) -> Kind:
    if not kinds:
        raise MalformedEnvelopeError("the header has no stanza")
    if len(kinds) > 1:
        raise ForeignStanzaError("the header mixes post-quantum and classic recipients")
    return kinds.pop()


def decode_base64(text: bytes, length: int, what: str) -> bytes:
    """Decode canonical base64 without padding into exactly `length` bytes."""
    try:
        decoded = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise MalformedEnvelopeError(f"{what} is not base64") from error
    if base64_unpadded(decoded) != text or len(decoded) != length:
        raise MalformedEnvelopeError(f"{what} is not {length} bytes in canonical base64")
    return decoded


def base64_unpadded(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")
