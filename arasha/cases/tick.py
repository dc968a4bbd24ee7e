"""Bells for prosecutors when a clock of the law has run out."""

import datetime as dt

from django.db.models import OuterRef

from arasha.access.selectors import people_to_tell
from arasha.actors import TICK
from arasha.cases import selectors
from arasha.cases.models import Case
from arasha.country import local_day
from arasha.notices import services as notices
from arasha.notices.selectors import rung
from arasha.people.roles import PROSECUTOR
from arasha.people.selectors import staffed

LATE = "case.late"
AT_ONCE = 200  # the others with the next tick; each bell is a short transaction of its own


def tick(*, at: dt.datetime) -> int:
    """Ring for each clock that ran out, and stop the bells of those that were met. Returns how many."""
    overdue = selectors.overdue(viewer=TICK, at=at)
    # A bell that rang before this clock ran out was for another clock of the case.
    of_this_clock = overdue.filter(next_due_at__lte=OuterRef("created_at"))
    stopped = notices.handled_where_done(
        kind=LATE, subject_kind="case", still=of_this_clock, by=TICK, at=at
    )
    offices = staffed(viewer=TICK, role=PROSECUTOR, day=local_day(at))
    unrung = overdue.filter(holder__in=offices).exclude(
        rung(viewer=TICK, kind=LATE, subject_kind="case", since="next_due_at")
    )
    return stopped + sum(_ring(case, at=at) for case in unrung[:AT_ONCE])


def _ring(case: Case, *, at: dt.datetime) -> bool:
    prosecutors = people_to_tell(
        viewer=TICK,
        kind="case",
        key=case.key,
        at=at,
        institution=case.holder,
        role=PROSECUTOR,
    )
    made = notices.notify(
        user_keys=prosecutors,
        kind=LATE,
        subject_kind="case",
        subject_key=case.key,
        by=TICK,
        at=at,
    )
    return bool(made)
