"""What a terminal has still to send, and in which order: pure bookkeeping, held in memory only.

Nothing is believed to have arrived until the gateway says so of the object itself. That a piece
went out in some bundle is remembered only to not send it twice while the answer is under way.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from arasha.engines.channel.down import Became, State
from arasha.engines.channel.up import PIECE_BYTES, Kind, Piece, length_of, pieces_of


@dataclass(slots=True)
class Outgoing:
    """An object on its way. `rank`: smaller goes first; those of one rank take turns."""

    name: bytes  # SHA-256
    kind: Kind
    data: bytes
    rank: int
    arrived: set[int] = field(default_factory=set)
    under_way: dict[int, int] = field(default_factory=dict)  # piece → the bundle it last went in

    @property
    def has_arrived(self) -> bool:
        return len(self.arrived) == pieces_of(len(self.data))

    def waiting(self) -> Iterator[int]:
        """The pieces to send now, in their order."""
        for number in range(pieces_of(len(self.data))):
            if number not in self.arrived and number not in self.under_way:
                yield number

    def piece(self, number: int) -> Piece:
        start = number * PIECE_BYTES
        data = self.data[start : start + length_of(len(self.data), number)]
        return Piece(self.name, self.kind, len(self.data), number, data)


class Sending:
    """All objects of a terminal that are on their way."""

    def __init__(self) -> None:
        self._objects: dict[bytes, Outgoing] = {}

    def __contains__(self, name: bytes) -> bool:
        return name in self._objects

    def offer(self, outgoing: Outgoing) -> None:
        """Send this too. Offered again it goes on where it was."""
        self._objects.setdefault(outgoing.name, outgoing)

    def drop(self, name: bytes) -> None:
        """It needs no more sending."""
        self._objects.pop(name, None)

    def take(self, seq: int, *, room: int) -> list[Piece]:
        """The pieces for bundle `seq`, as many as `room` bytes of frames hold.

        The best rank goes first and whole; objects of one rank take turns, a piece each, and who
        was served longest ago begins the next bundle.
        """
        taken: list[Piece] = []
        while (piece := self._next()) and (size := piece.to_frame().size) <= room:
            room -= size
            self._serve(piece, seq)
            taken.append(piece)
        return taken

    def hear(self, seq: int, state: State) -> None:
        """Learn from the answer to bundle `seq` what became of an object.

        What went out in this bundle or before it and is not there is sent again. Late answers do
        no harm: they can only have a piece sent twice.
        """
        outgoing = self._objects.get(state.object)
        if outgoing is None or state.became not in (Became.UNKNOWN, Became.PARTLY):
            return
        outgoing.arrived = set(_numbers(state.content))
        outgoing.under_way = {
            number: sent
            for number, sent in outgoing.under_way.items()
            if number not in outgoing.arrived and sent > seq
        }

    def _next(self) -> Piece | None:
        for outgoing in sorted(self._objects.values(), key=lambda each: each.rank):
            if (number := next(outgoing.waiting(), None)) is not None:
                return outgoing.piece(number)
        return None

    def _serve(self, piece: Piece, seq: int) -> None:
        # Taken out and put in behind the others of its rank: dictionaries keep their order.
        outgoing = self._objects.pop(piece.object)
        outgoing.under_way[piece.number] = seq
        self._objects[piece.object] = outgoing


def bitmap(numbers: set[int], *, pieces: int) -> bytes:
    """The content of a state PARTLY: a bit for each piece, the first one the highest of byte 0."""
    bits = bytearray(-(-pieces // 8))
    for number in numbers:
        bits[number // 8] |= 0x80 >> (number % 8)
    return bytes(bits)


def _numbers(bits: bytes) -> Iterator[int]:
    for at, byte in enumerate(bits):
        for bit in range(8):
            if byte & (0x80 >> bit):
                yield at * 8 + bit
