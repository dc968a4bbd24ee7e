"""Reading the pages that go to every terminal alike, from where it stopped, also through a bad one."""

import json
import logging

from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.pages import PAGE_BYTES, Following, Record, sent_to
from arasha.wire.spool import Spool

FACT = "stream"
MOST_STEPS = 1024  # back

log = logging.getLogger(__name__)


class Stream:
    """Where this terminal is in the stream, kept in the spool.

    A relay may give a page that is spoilt, and what follows would be read from the middle of a
    record: then it goes back to where a record began, further each time until it fits again. A
    server that was restored sends it to other pages, on which all stands anew.
    """

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._steps = _noted(spool.noted(FACT))
        self._following = Following.at(self._steps[-1])
        self._back = 1
        self._stumbled_at = 0

    @property
    def page(self) -> int:
        """The page to ask for."""
        return self._following.page

    @property
    def position(self) -> int:
        """The byte of the stream up to which all is read."""
        return self._following.position

    def read(self, page: bytes) -> list[Record]:
        """Take the page asked for. `remember` once what it held is safe. Raises SpoolFullError."""
        if len(page) != PAGE_BYTES:
            return []
        first = sent_to(page)
        if first is not None:
            self._begin_at(first)
            return []
        try:
            found = self._following.read(page)
        except ChannelError as error:
            log.warning("page %d does not fit to the one before: %s", self.page, error)
            self._step_back()
            return []
        if self.position > self._stumbled_at:
            self._back = 1
        return found

    def remember(self) -> None:
        """Go on from here after the next start. Raises SpoolFullError."""
        if self.position != self._steps[-1]:
            self._steps = [*self._steps, self.position][-MOST_STEPS:]
            self._spool.note(FACT, json.dumps(self._steps))

    def forget_since(self) -> None:
        """Read again what was not remembered."""
        self._following = Following.at(self._steps[-1])

    def read_again(self) -> None:
        """Read all of it once more. Raises SpoolFullError."""
        self._begin_at(0)

    def _begin_at(self, page: int) -> None:
        steps = [page * PAGE_BYTES]
        self._spool.note(FACT, json.dumps(steps))
        self._steps, self._back, self._stumbled_at = steps, 1, 0
        self.forget_since()

    def _step_back(self) -> None:
        self._stumbled_at = max(self._stumbled_at, self.position)
        self._steps = self._steps[: -self._back] or [0]
        self._back *= 2
        self.forget_since()


def _noted(text: str | None) -> list[int]:
    """The bytes at which it stopped; the beginning if nothing usable was noted."""
    try:
        steps = json.loads(text or "[]")
    except (ValueError, RecursionError):
        steps = []
    is_sound = isinstance(steps, list) and all(type(step) is int and step >= 0 for step in steps)
    return steps if is_sound and steps else [0]
