"""Loops that end cleanly: what is begun is finished, then the process goes."""

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import OperationalError, close_old_connections
from django.utils import timezone

logger = logging.getLogger("arasha.loops")


@contextmanager
def until_told() -> Iterator[threading.Event]:
    """An event that SIGTERM or Ctrl-C sets."""
    told = threading.Event()

    def tell(number: int, frame: FrameType | None) -> None:
        told.set()

    before = {number: signal.signal(number, tell) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def repeat(step: Callable[[], object], *, every: int, told: threading.Event) -> None:
    """Call `step` at each multiple of `every` seconds of the clock, until told to end.

    Not counted from the start: when a server was started shall show in nothing it publishes.
    """
    while not told.wait(seconds_to_next(timezone.now().timestamp(), every)):
        close_old_connections()
        try:
            step()
        except OperationalError:
            # A database that restarts, or a writer that holds it too long: the next round comes.
            logger.exception("This round did not reach the database")


def seconds_to_next(now: float, every: int) -> float:
    """Seconds from `now` to the next multiple of `every`; at least a moment."""
    return max(0.01, every - now % every)
