"""What is published by itself: the uptime of a month, some time after its end."""

import datetime as dt

from arasha.actors import TICK
from arasha.channel.upkeep.selectors.uptime import first_day_heard
from arasha.country import country, local_day
from arasha.publications import selectors, services
from arasha.publications.uptime import months


def tick(*, at: dt.datetime) -> int:
    """Publish the months whose time has come. Returns how many."""
    first = first_day_heard(viewer=TICK)
    if first is None:
        return 0
    over_by = local_day(at) - dt.timedelta(days=country().upkeep.publish_after_days)
    there = set(selectors.uptime_months(viewer=TICK))
    due = [each for each in months(first=first, over_by=over_by) if each not in there]
    return sum(services.publish_uptime(month=each, by=TICK, at=at) is not None for each in due)
