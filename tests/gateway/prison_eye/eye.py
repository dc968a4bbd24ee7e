"""What a prison can make of all it has: numbers of each day, and whether any of them tells days apart.

The test of the tests is a permutation test: the best of all numbers on the true labels is held against
the best on labels dealt anew. So it does not matter how many numbers are tried.
"""

import secrets
import statistics
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from arasha.engines.channel.bundle import BUNDLE_BYTES, HEAD, SIGNATURE_BYTES
from arasha.engines.channel.down import ANSWER_BYTES, RECEIPT_BYTES

DEALS = 2_000
BLOCK = 32


@dataclass(frozen=True, slots=True)
class Passed:
    """One exchange as the rack saw it; times in seconds."""

    at: float
    took: float
    asked: str  # method and address
    up: bytes
    down: bytes
    said: tuple[tuple[str, str], ...]  # headers, both ways


@dataclass(slots=True)
class Day:
    """`log` is what the log has published by its evening: each file by its path."""

    passed: list[Passed] = field(default_factory=list)
    log: dict[str, bytes] = field(default_factory=dict)
    new_leaves: list[bytes] = field(default_factory=list)


def numbers_of(day: Day, before: Day | None) -> dict[str, float]:
    """Everything countable that somebody thought of."""
    return _of_line(day.passed) | _of_bytes(day.passed) | _of_log(day, before) | _of_both(day)


def _of_line(passed: Sequence[Passed]) -> dict[str, float]:
    took = [each.took for each in passed]
    between = [b.at - a.at for a, b in pairwise(passed)]
    return {
        "exchanges": len(passed),
        "kinds of requests": len({each.asked.split("?")[0] for each in passed}),
        "sizes up": len({len(each.up) for each in passed}),
        "sizes down": len({len(each.down) for each in passed}),
        "bytes up": sum(len(each.up) for each in passed),
        "bytes down": sum(len(each.down) for each in passed),
        "headers": len({each.said for each in passed}),
        "longest answer": max(took),
        "shortest answer": min(took),
        "mean answer": statistics.fmean(took),
        "spread of answers": statistics.pstdev(took),
        "longest pause": max(between),
        "spread of pauses": statistics.pstdev(between),
    }


def _of_bytes(passed: Sequence[Passed]) -> dict[str, float]:
    sealed_up = b"".join(each.up[HEAD.size : -SIGNATURE_BYTES] for each in passed)
    sealed_down = b"".join(each.down[RECEIPT_BYTES:ANSWER_BYTES] for each in passed)
    heads = {each.up[:44] + each.up[76:92] for each in passed if len(each.up) == BUNDLE_BYTES}
    return {
        "noise up": _size_squeezed(sealed_up),
        "noise down": _size_squeezed(sealed_down),
        "mean byte up": statistics.fmean(sealed_up[::97]),
        "mean byte down": statistics.fmean(sealed_down[::97]),
        "blocks that come twice": _repeated(sealed_up) + _repeated(sealed_down),
        "heads": len(heads),
    }


def _of_log(day: Day, before: Day | None) -> dict[str, float]:
    known = before.log if before else {}
    new = {path for path, data in day.log.items() if known.get(path) != data}
    return {
        "files of the log that changed": len(new),
        "code pages that changed": sum("code" in path for path in new),
        "bytes of the log": sum(map(len, day.log.values())) - sum(map(len, known.values())),
    }


def _of_both(day: Day) -> dict[str, float]:
    line = b"".join(each.up + each.down for each in day.passed)
    return {"leaves that passed here": sum(leaf in line for leaf in day.new_leaves)}


def _size_squeezed(data: bytes) -> float:
    return len(zlib.compress(data, level=1)) / max(1, len(data))


def _repeated(data: bytes) -> int:
    blocks = [data[at : at + BLOCK] for at in range(0, len(data) - BLOCK, BLOCK)]
    return len(blocks) - len(set(blocks))


@dataclass(frozen=True, slots=True)
class Finding:
    """`chance`: how often labels dealt at random let some number tell as well as `best` does here."""

    best: str
    separates: float  # 0 not at all, 1 without a fault
    chance: float


def look(days: Sequence[Mapping[str, float]], labels: Sequence[bool]) -> Finding:
    """Find the number that tells the days apart best, and how much that is worth."""
    columns = {name: _ranks([day[name] for day in days]) for name in days[0]}
    scores = {name: _separates(ranks, labels) for name, ranks in columns.items()}
    best = max(scores, key=lambda name: scores[name])
    dealt, deck = secrets.SystemRandom(), list(labels)
    as_good = 0
    for _ in range(DEALS):
        dealt.shuffle(deck)
        as_good += max(_separates(ranks, deck) for ranks in columns.values()) >= scores[best]
    return Finding(best, scores[best], (as_good + 1) / (DEALS + 1))


def _ranks(values: Sequence[float]) -> list[float]:
    """Middle ranks: equal values count as half before, half behind."""
    ordered = sorted(values)
    count = len(ordered)
    return [(ordered.index(value) + count - 1 - ordered[::-1].index(value)) / 2 for value in values]


def _separates(ranks: Sequence[float], labels: Sequence[bool]) -> float:
    """The area under the curve of Mann and Whitney, folded: 0 is chance, 1 is certain."""
    yes = [rank for rank, label in zip(ranks, labels, strict=True) if label]
    no = len(ranks) - len(yes)
    area = (sum(yes) - len(yes) * (len(yes) - 1) / 2) / (len(yes) * no)
    return abs(2 * area - 1)
