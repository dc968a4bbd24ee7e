"""Bells for the officers of a body, by pull: filing rings nobody, so that no bell knows its minute."""

import datetime as dt
from itertools import islice

from django.db.models import QuerySet

from arasha.access.selectors import people_to_tell
from arasha.actors import TICK
from arasha.appeals import selectors
from arasha.appeals.models import Appeal
from arasha.country import local_day, midnight
from arasha.notices import services as notices
from arasha.notices.selectors import rung
from arasha.people.selectors import staffed

ARRIVED, LATE = "appeal.arrived", "appeal.late"
OFFICER = "officer"
AT_ONCE = 200  # the others with the next tick; each bell is a short transaction of its own


def tick(*, at: dt.datetime) -> int:
    """Ring for what has arrived or is late, and stop the bells of what is done.

    Returns how many bells stopped and how many appeals became late. What has arrived is not counted:
    the number is written down with its minute.
    """
    unopened = selectors.appeals(viewer=TICK, state=selectors.OPEN).filter(opened_day__isnull=True)
    overdue = selectors.overdue(viewer=TICK, at=at)
    stopped = sum(
        notices.handled_where_done(kind=kind, subject_kind="appeal", still=still, by=TICK, at=at)
        for kind, still in ((ARRIVED, unopened), (LATE, overdue))
    )
    for appeal in _unrung(unopened, ARRIVED, at=at):
        _ring(appeal, ARRIVED, since=midnight(appeal.received_day), at=at)
    late = _unrung(overdue, LATE, at=at)
    return stopped + sum(_ring(appeal, LATE, since=at, at=at) for appeal in late)


def _unrung(waiting: QuerySet[Appeal], kind: str, *, at: dt.datetime) -> list[Appeal]:
    """The oldest of these that somebody can be told of and nobody was told of yet."""
    officers = staffed(viewer=TICK, role=OFFICER, day=local_day(at))
    bodies = set(officers.values_list("pk", flat=True))
    unrung = waiting.exclude(rung(viewer=TICK, kind=kind, subject_kind="appeal"))
    # Sorted out here: asked by their body, SQLite would walk all appeals, not only those that wait.
    reachable = (each for each in unrung if each.recipient_set.institution_id in bodies)
    return list(islice(reachable, AT_ONCE))


def _ring(appeal: Appeal, kind: str, *, since: dt.datetime, at: dt.datetime) -> bool:
    officers = people_to_tell(
        viewer=TICK,
        kind="appeal",
        key=appeal.key,
        at=at,
        institution=appeal.recipient_set.institution,
        role=OFFICER,
    )
    made = notices.notify(
        user_keys=officers,
        kind=kind,
        subject_kind="appeal",
        subject_key=appeal.key,
        by=TICK,
        at=since,
    )
    return bool(made)
