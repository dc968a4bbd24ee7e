"""What did not go well on a day, in one line that comes every day.

The machine's own log has minutes. A line at the moment when an object is refused, or kept in memory
only, would tell whoever reads the log when somebody stood here.
"""

import datetime as dt
import logging
from enum import StrEnum

log = logging.getLogger(__name__)


class What(StrEnum):
    """What happened to an object."""

    HELD = "held in memory"
    DISK_FULL = "not written"
    REFUSED = "refused"
    NOT_GENUINE = "not genuine"
    LOST = "sent again because they were lost"


class Counted:
    """Since the last day that was told."""

    def __init__(self) -> None:
        self._numbers = dict.fromkeys(What, 0)
        self._day: dt.date | None = None

    def add(self, what: What) -> None:
        self._numbers[what] += 1

    def tell(self, day: dt.date) -> None:
        """Once for each signed day, also when there is nothing to tell."""
        if day == self._day:
            return
        if self._day is not None:
            said = ", ".join(f"{number} {what.value}" for what, number in self._numbers.items())
            log.info("since %s, times objects were: %s", self._day, said)
        self._numbers, self._day = dict.fromkeys(What, 0), day
