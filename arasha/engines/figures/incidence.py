"""How long until …: cumulative incidence where some are still waiting and endings exclude one another.

Aalen and Johansen, Scandinavian Journal of Statistics 5 (1978) 141-150: at each time an ending adds (share still
waiting just before) x (so ended at that time) / (observed as waiting just before).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Curve:
    """Steps of one ending: from `times[i]` on the share is `shares[i]` (0 before the first)."""

    times: tuple[int, ...]
    shares: tuple[float, ...]

    def at(self, time: int) -> float:
        """The share that has ended so by `time`."""
        reached = [
            share for when, share in zip(self.times, self.shares, strict=True) if when <= time
        ]
        return reached[-1] if reached else 0.0


def incidence(observed: Iterable[tuple[int, str | None]]) -> Mapping[str, Curve]:
    """Return ending -> curve, of (time in whole days, ending).

    An ending of None is still open: observed up to that time and no further. Who is still open at the time of
    an ending counts as waiting then. Raises ValueError for a negative time.
    """
    ended: dict[int, Counter[str | None]] = {}
    for time, ending in observed:
        if time < 0:
            raise ValueError(f"a time must not be negative, got {time}")
        ended.setdefault(time, Counter())[ending] += 1
    waiting, share_waiting = sum(each.total() for each in ended.values()), 1.0
    steps: dict[str, tuple[list[int], list[float]]] = {}
    for time in sorted(ended):
        gone = 0
        for ending, number in ended[time].items():
            if ending is not None:
                _rise(steps, ending, time, share_waiting * number / waiting)
                gone += number
        share_waiting *= 1 - gone / waiting
        waiting -= ended[time].total()
    return {ending: Curve(tuple(times), tuple(shares)) for ending, (times, shares) in steps.items()}


def _rise(
    steps: dict[str, tuple[list[int], list[float]]], ending: str, time: int, by: float
) -> None:
    times, shares = steps.setdefault(ending, ([], []))
    times.append(time)
    shares.append((shares[-1] if shares else 0.0) + by)
