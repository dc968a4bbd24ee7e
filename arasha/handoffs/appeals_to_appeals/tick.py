"""The sender's side pulls what a receiver returned."""

import datetime as dt

from arasha.actors import TICK
from arasha.handoffs.appeals_to_appeals import services


def tick(*, at: dt.datetime) -> int:
    """Take back the appeals that were returned. Returns how many."""
    return services.take_back(by=TICK, at=at)
