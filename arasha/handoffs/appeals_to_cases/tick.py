"""What the sides of a referral pull: what was refused, and what was not registered in time."""

import datetime as dt

from arasha.actors import TICK
from arasha.handoffs.appeals_to_cases import escalation, services


def tick(*, at: dt.datetime) -> int:
    """Take back the appeals whose referral was refused, open the cases that came of others after all, and
    tell of clocks that ran out. Returns how many of all.
    """
    done = services.take_back(by=TICK, at=at) + services.follow(by=TICK, at=at)
    return done + escalation.tell_of_late(by=TICK, at=at)
