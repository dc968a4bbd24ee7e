"""The sender's side pulls what the receiver's side refused: a lower floor is never told."""

import datetime as dt

from arasha.actors import TICK
from arasha.handoffs.appeals_to_cases import services


def tick(*, at: dt.datetime) -> int:
    """Take back the appeals whose referral was refused. Returns how many."""
    return services.take_back(by=TICK, at=at)
