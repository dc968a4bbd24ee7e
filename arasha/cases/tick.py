"""Bells of clocks before they run out and after, and what else of cases is due: compared, told, destroyed."""

import datetime as dt

from django.db.models import F, Q, QuerySet

from arasha.access.selectors import visible
from arasha.access.viewing import viewing
from arasha.actors import RETENTION, TICK
from arasha.cases import plain_states, selectors, services
from arasha.cases.models import Allegation, Case, Deadline
from arasha.cases.reminding import (
    DAYS_BEFORE,
    ENDS,
    MOTIONS,
    SUPERIORS,
    WAITING,
    running,
    to_ring,
    waiting,
)
from arasha.cases.services.reminding import LATE, MOTION_SOON, SOON, TOLD, ring
from arasha.country import local_day
from arasha.notices import services as notices
from arasha.people.roles import PROSECUTOR
from arasha.people.selectors import staffed

AT_ONCE = 200  # the others with the next tick; each bell is a short transaction of its own
NEAR = DAYS_BEFORE[0] * dt.timedelta(days=1)


def tick(*, at: dt.datetime) -> int:
    """Ring for each clock whose end is near or has passed, and stop the bells of those that were met.

    Returns how many bells rang or stopped.
    """
    offices = staffed(viewer=TICK, role=PROSECUTOR, day=local_day(at))
    clocks = running(viewer=TICK).filter(case__holder__in=offices)
    told = waiting(viewer=TICK).filter(receiver__in=offices)
    done = _stop(at=at)
    for rows, kinds in ((clocks, (ENDS, MOTIONS, SUPERIORS)), (told, WAITING)):
        for clock in kinds:
            for row in to_ring(rows, clock, at=at)[:AT_ONCE]:
                done += ring(row=row, clock=clock, by=TICK, at=at)
    return done


def compare(*, at: dt.datetime) -> int:
    """Compare new and changed cases with the others: the same event, told twice? Returns how many are new."""
    may = visible(viewer=TICK, kind="case", compartment="summary", action="rw")
    waiting = Case.objects.filter(may, compared_version__lt=F("version"), erased_at=None)
    return sum(
        services.compare(case=case, by=TICK, at=at)
        for case in waiting.order_by("registered_at")[:AT_ONCE]
    )


def fold_anew(*, at: dt.datetime) -> int:
    """Fold names anew that an older engine folded. Returns how many."""
    return services.fold_anew(by=TICK, at=at)


def tell_plainly(*, at: dt.datetime) -> int:
    """Show the holders of codes what an act left unsaid. Returns of how many cases."""
    stale = list(plain_states.stale()[:AT_ONCE])
    for case in stale:
        plain_states.refresh(case, at)
    return len(stale)


def erase(*, at: dt.datetime) -> int:
    """Destroy what two people agreed to destroy. Returns how many cases."""
    with viewing(RETENTION):
        agreed = list(selectors.lists_agreed(viewer=RETENTION))
        return sum(services.carry_out(listed=each, by=RETENTION, at=at) for each in agreed)


def _stop(*, at: dt.datetime) -> int:
    """Stop the bells that ring for nothing any more: met, moved or standing clocks, settled allegations."""
    clocks, told = running(viewer=TICK), waiting(viewer=TICK)
    late = clocks.filter(due_at__lt=at)
    near = clocks.filter(due_at__range=(at, at + NEAR))
    motions = clocks.filter(motion_due_at__range=(at, at + NEAR))
    overdue = told.filter(Q(register_by_at__lt=at) | Q(pass_on_by_at__lt=at))
    still: list[tuple[str, str, QuerySet[Case] | QuerySet[Allegation]]] = [
        ("case", LATE, _cases(late)),
        ("case", TOLD, _cases(late)),
        ("case", SOON, _cases(near)),
        ("case", MOTION_SOON, _cases(motions)),
        ("allegation", LATE, overdue),
        ("allegation", TOLD, overdue),
        ("allegation", SOON, told),
    ]
    return sum(
        notices.handled_where_done(
            kind=f"{kind}.{bell}", subject_kind=kind, still=rows, by=TICK, at=at
        )
        for kind, bell, rows in still
    )


def _cases(clocks: QuerySet[Deadline]) -> QuerySet[Case]:
    return Case.objects.filter(pk__in=clocks.order_by().values("case_id"))
