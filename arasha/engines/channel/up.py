"""What a terminal says in a bundle: pieces of sealed objects, looks at what became of them, health."""

import json
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from arasha.engines.channel.bundle import SEALED_BYTES
from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.frames import Frame, pack_frames, parse_frames
from arasha.engines.notes import canonical_json

SEALING_BYTES = 1_120 + 16  # HPKE with ML-KEM-768 and X25519: the encapsulated key, the tag
PLAIN_BYTES = SEALED_BYTES - SEALING_BYTES
ANSWER_KEY_BYTES = 32
FRAMES_BYTES = PLAIN_BYTES - ANSWER_KEY_BYTES

PIECE, LOOK, HEALTH = 1, 2, 3
# 9 is kept free for a sign of duress: nothing reads or writes it.

NO_LEAF = bytes(32)  # an attachment has none: that of its filing would answer for the filing
PIECE_BYTES = 4_096  # but the last of an object
LARGEST_OBJECT = 10_616_896  # bytes; the largest sealed attachment, and what it belongs to
MOST_HEALTH = 1_024  # bytes
MOST_LOOKS = 128  # of one bundle; an answer has room for a few hundred short states
_PIECE = struct.Struct(">32sBII")
_LOOK = struct.Struct(">32s32s")


class Kind(IntEnum):
    """What an object is."""

    FILING = 1
    ATTACHMENT = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """The piece `number` (from 0) of an object of `total` bytes, named by its SHA-256."""

    object: bytes
    kind: Kind
    total: int
    number: int
    data: bytes

    def to_frame(self) -> Frame:
        return Frame(
            PIECE, _PIECE.pack(self.object, self.kind, self.total, self.number) + self.data
        )


@dataclass(frozen=True, slots=True)
class Look:
    """Asks what became of the object. `leaf`: of a filing its leaf hash, of an attachment zeros."""

    leaf: bytes
    object: bytes

    def to_frame(self) -> Frame:
        return Frame(LOOK, _LOOK.pack(self.leaf, self.object))


@dataclass(frozen=True, slots=True)
class Said:
    """All that a bundle says. `answer_key` seals the answer to it and is used once."""

    answer_key: bytes
    pieces: tuple[Piece, ...] = ()
    looks: tuple[Look, ...] = ()
    health: Mapping[str, str | int] | None = None


def pack_said(said: Said) -> bytes:
    """Return the plaintext of a bundle, always `PLAIN_BYTES`. Raises ChannelError if it is too much."""
    if len(said.answer_key) != ANSWER_KEY_BYTES:
        raise ChannelError(f"an answer key has {ANSWER_KEY_BYTES} bytes")
    return said.answer_key + pack_frames(_frames(said), size=FRAMES_BYTES)


def parse_said(plain: bytes) -> Said:
    """Read the plaintext of a bundle. Raises ChannelError."""
    if len(plain) != PLAIN_BYTES:
        raise ChannelError(f"a bundle says {len(plain):,} bytes, expected {PLAIN_BYTES:,}")
    frames = list(parse_frames(plain[ANSWER_KEY_BYTES:]))
    healths = [_health(each.body) for each in frames if each.type == HEALTH]
    return Said(
        answer_key=plain[:ANSWER_KEY_BYTES],
        pieces=tuple(_piece(each.body) for each in frames if each.type == PIECE),
        looks=tuple(_look(each.body) for each in frames if each.type == LOOK),
        health=healths[-1] if healths else None,
    )


def pieces_of(total: int) -> int:
    """How many pieces an object of so many bytes has. Raises ChannelError."""
    if not 1 <= total <= LARGEST_OBJECT:
        raise ChannelError(f"an object has 1 to {LARGEST_OBJECT:,} bytes, got {total:,}")
    return -(-total // PIECE_BYTES)


def length_of(total: int, number: int) -> int:
    """How many bytes the piece `number` of such an object has. Raises ChannelError."""
    if not 0 <= number < pieces_of(total):
        raise ChannelError(f"an object of {total:,} bytes has no piece {number}")
    return min(PIECE_BYTES, total - number * PIECE_BYTES)


def _frames(said: Said) -> Iterable[Frame]:
    yield from (each.to_frame() for each in said.looks)
    if said.health is not None:
        body = canonical_json(dict(said.health))
        if len(body) > MOST_HEALTH:
            raise ChannelError(f"health takes {len(body):,} bytes, at most {MOST_HEALTH:,}")
        yield Frame(HEALTH, body)
    yield from (each.to_frame() for each in said.pieces)


def _piece(body: bytes) -> Piece:
    if len(body) < _PIECE.size:
        raise ChannelError(f"{len(body)} bytes are no piece")
    name, kind, total, number = _PIECE.unpack_from(body)
    data = body[_PIECE.size :]
    if len(data) != length_of(total, number):
        raise ChannelError(f"piece {number} of {total:,} bytes has {len(data):,} bytes")
    try:
        return Piece(name, Kind(kind), total, number, data)
    except ValueError as error:
        raise ChannelError(f"an object of the kind {kind}") from error


def _look(body: bytes) -> Look:
    if len(body) != _LOOK.size:
        raise ChannelError(f"{len(body)} bytes are no look, it has {_LOOK.size}")
    return Look(*_LOOK.unpack(body))


def _health(body: bytes) -> dict[str, str | int]:
    if len(body) > MOST_HEALTH:
        raise ChannelError(f"health takes {len(body):,} bytes, at most {MOST_HEALTH:,}")
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ChannelError(f"health is not JSON: {error}") from error
    if not isinstance(content, dict) or not all(type(v) in (str, int) for v in content.values()):
        raise ChannelError("health has texts and whole numbers")
    # Half a surrogate pair is on no page, a NUL in no database.
    if not all(text.isprintable() for pair in content.items() for text in map(str, pair)):
        raise ChannelError("health has texts that can be shown")
    return content
