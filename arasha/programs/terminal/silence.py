"""Whether anybody has answered this terminal lately, by signed days only.

A relay takes every bundle, also those that the gateway behind it refuses. So a terminal that was
revoked, or that a restored server does not know, sees answers stay away and nothing else.
"""

import datetime as dt
import logging
from contextlib import suppress

from arasha.wire.spool import Spool, SpoolFullError

FACT = "heard on"
LONGEST = dt.timedelta(days=3)  # as long as a promise runs

log = logging.getLogger(__name__)


class Silence:
    """`is_long`: the days that were signed for went on, and no answer to this terminal came with them."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._heard_on = _day(spool.noted(FACT))
        self.is_long = False

    def end_on(self, day: dt.date) -> None:
        """A gateway signed on that day that it has a bundle of this terminal."""
        if self._heard_on is None or day > self._heard_on:
            self._heard_on = day
            with suppress(SpoolFullError):  # it counts from memory
                self._spool.note(FACT, day.isoformat())

    def look_on(self, signed: dt.date) -> None:
        """The freshness key has signed for that day. Of a new terminal it is the first one to count from."""
        if self._heard_on is None:
            self.end_on(signed)
        is_long = self._heard_on is not None and signed - self._heard_on > LONGEST
        if is_long and not self.is_long:
            log.warning("no answer since %s: does the gateway know this terminal?", self._heard_on)
        self.is_long = is_long


def _day(noted: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(noted or "")
    except ValueError:
        return None
