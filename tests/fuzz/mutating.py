"""Ways to spoil bytes: few at a time, so that what comes out is nearly right."""

import hashlib
from collections.abc import Iterator

WORDS = (
    b"\n",
    b"\n\n",
    b"\0",
    b" ",
    b"-1",
    b"0",
    b"99999999999999999999",
    b"\xff",
    "\u0661".encode(),
)
MOST_CHANGES = 4


class Dice:
    """Reproducible numbers from a name: the same mistakes on every machine."""

    def __init__(self, name: str) -> None:
        self._bytes = self._stream(name)

    def below(self, limit: int) -> int:
        drawn = int.from_bytes(bytes(next(self._bytes) for _ in range(4)), "big")
        return drawn % limit

    @staticmethod
    def _stream(name: str) -> Iterator[int]:
        block = 0
        while True:
            yield from hashlib.sha512(f"{name} {block}".encode()).digest()
            block += 1


def mutated(data: bytes, dice: Dice) -> bytes:
    """Return `data` with one to four small faults."""
    for _ in range(1 + dice.below(MOST_CHANGES)):
        start = dice.below(len(data) + 1)
        end = min(len(data), start + dice.below(40))
        data = CHANGES[dice.below(len(CHANGES))](data, start, end, dice)
    return data


def _flip(data: bytes, start: int, _end: int, dice: Dice) -> bytes:
    return data[:start] + bytes([dice.below(256)]) + data[start + 1 :]


def _cut_out(data: bytes, start: int, end: int, _dice: Dice) -> bytes:
    return data[:start] + data[end:]


def _cut_off(data: bytes, start: int, _end: int, _dice: Dice) -> bytes:
    return data[:start]


def _double(data: bytes, start: int, end: int, _dice: Dice) -> bytes:
    return data[:end] + data[start:]


def _put_in(data: bytes, start: int, _end: int, dice: Dice) -> bytes:
    return data[:start] + WORDS[dice.below(len(WORDS))] + data[start:]


def _swap(data: bytes, start: int, end: int, _dice: Dice) -> bytes:
    return data[:start] + data[start:end][::-1] + data[end:]


CHANGES = (_flip, _flip, _cut_out, _cut_off, _double, _put_in, _swap)
