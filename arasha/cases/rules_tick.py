"""After a new pack: the stored answers are asked again, some with each tick."""

import datetime as dt

from arasha.actors import TICK
from arasha.cases import services


def tick(*, at: dt.datetime) -> int:
    """Find cases that the rules in force would answer differently. Returns how many were found."""
    return services.review_answers(by=TICK, at=at)
