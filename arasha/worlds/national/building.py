"""Builds the national world, and says how long each part took."""

import datetime as dt
import time
from collections.abc import Callable

from django.db import transaction

from arasha.access.viewing import viewing
from arasha.actors import WORLD
from arasha.country import country
from arasha.publications import services as publications
from arasha.worlds.national import appeals, cases, registers, scale

Say = Callable[[str], object]


def build(*, at: dt.datetime, times: int, say: Say) -> None:
    """Fill an empty database at `times` the scale of the country; the leaves wait for the sequencer."""
    with viewing(WORLD), transaction.atomic():
        told = _Told(say)
        made = registers.build(at=_begun(), times=times)
        told(f"{len(made.places):,} places")
        told(f"{appeals.build(watcher=made.watcher, at=at, times=times):,} appeals")
        told(f"{cases.build(registers=made, at=at, times=times):,} cases")
        counted_at = dt.datetime.combine(scale.COUNTED_ON, dt.time(18), tzinfo=country().timezone)
        publications.release(by=made.analyst, at=counted_at)
        publications.release(by=made.analyst, at=at)
        told("2 releases of figures")


class _Told:
    """Says a line with the seconds since the one before."""

    def __init__(self, say: Say) -> None:
        self._say, self._since = say, time.monotonic()

    def __call__(self, line: str) -> None:
        now = time.monotonic()
        self._say(f"  {line} in {now - self._since:.1f} s")
        self._since = now


def _begun() -> dt.datetime:
    return dt.datetime(scale.YEARS[0], 1, 1, tzinfo=country().timezone)
