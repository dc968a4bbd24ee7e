"""How much one terminal may leave here in a day: an honest one never gets there.

It is counted in the memory of the process and nowhere else: a number in the database would tell how much
was written at a terminal. So each process of the gateway, and each import of sticks, has a count of its own.
"""

import datetime as dt
import threading
import uuid
from collections import Counter
from collections.abc import Sequence

from arasha.engines.channel.up import Piece

# Twice as many as a terminal brings in a day with a full bundle every minute: 177 MB.
MOST_PIECES = 2 * 24 * 60 * 15


class Allowance:
    """Counts the pieces of each terminal on one day after the other."""

    def __init__(self) -> None:
        self._day = dt.date.min
        self._used = Counter[uuid.UUID]()
        self._lock = threading.Lock()  # a gateway has several threads

    def within(
        self, pieces: Sequence[Piece], *, terminal: uuid.UUID, day: dt.date
    ) -> Sequence[Piece]:
        """Those of the pieces that the terminal may still leave on this day; it may send the others again."""
        with self._lock:
            if day > self._day:
                self._day, self._used = day, Counter()
            left = max(MOST_PIECES - self._used[terminal], 0)
            self._used[terminal] += len(pieces)
            return pieces[:left]


allowance = Allowance()
