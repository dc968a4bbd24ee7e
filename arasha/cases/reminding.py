"""Which bells of running clocks are due: ten, five, two days and one before an end, and at the end."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as Choice
from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models.functions import Coalesce

from arasha.actors import Actor
from arasha.cases.models import Allegation, Deadline, Reminder

DAY = dt.timedelta(days=1)
RAN_OUT = 0
DAYS_BEFORE = (10, 5, 2, 1)
# What a bell is of: the end of a clock, the last day to ask for more, a superior who is told.
DUE, MOTION, ESCALATED = "due", "motion", "escalated"


@dataclass(frozen=True, slots=True)
class Clock:
    """What rings: the column with the end, since when it stands there, and the days before it."""

    kind: str
    end: str
    since: str
    days: tuple[int, ...]
    of: str = "deadline"
    rule: str = ""


ENDS = Clock(DUE, "due_at", "since", (*DAYS_BEFORE, RAN_OUT))
MOTIONS = Clock(MOTION, "motion_due_at", "since", DAYS_BEFORE)
SUPERIORS = Clock(ESCALATED, "due_at", "since", (RAN_OUT,))
# Of an allegation that waits, by the rule whose clock it is; the end rings for the superior, too.
WAITING = tuple(
    Clock(kind, f"{rule}_by_at", "received_at", days, "allegation", rule)
    for rule in ("register", "pass_on")
    for kind, days in ((DUE, (*DAYS_BEFORE, RAN_OUT)), (ESCALATED, (RAN_OUT,)))
)


@dataclass(frozen=True, slots=True)
class Bell:
    """A bell of a clock that is due."""

    kind: str
    days_before: int
    due_at: dt.datetime


def running(*, viewer: Actor) -> QuerySet[Deadline]:
    """The clocks of all cases that run, for the tick."""
    rows = Deadline.objects.filter(met_at=None, is_standing=False).select_related("case__holder")
    return rows.annotate(since=Coalesce(F("due_since_at"), F("started_at")))


def waiting(*, viewer: Actor) -> QuerySet[Allegation]:
    """The allegations of an office of which nothing has become yet, for the tick."""
    rows = Allegation.objects.filter(case=None, outcome=None, receiver__isnull=False)
    return rows.select_related("receiver")


def to_ring(rows: QuerySet[Any], clock: Clock, *, at: dt.datetime) -> QuerySet[Any]:
    """The rows with a bell of this clock to ring, the most urgent first.

    A bell that would have rung before its clock was set to this end is none.
    """
    passed = Choice(
        *(When(_has_passed(clock, days, at), then=days) for days in sorted(clock.days)),
        output_field=IntegerField(),
    )
    found = rows.filter(**{f"{clock.end}__lte": at + max(clock.days) * DAY})
    found = found.annotate(passed=passed).filter(passed__isnull=False)
    left: QuerySet[Any] = found.exclude(_rung(clock))
    return left.order_by(clock.end, "pk")


def bells(row: Any, clock: Clock, *, at: dt.datetime) -> list[Bell]:
    """All bells of a row up to now, in their order: whatever the rhythm of the ticks."""
    end, since = getattr(row, clock.end), getattr(row, clock.since)
    moments = [(days, end - days * DAY) for days in clock.days]
    return [
        Bell(clock.kind, days, end)
        for days, moment in moments
        if since < moment and (moment <= at if days else end < at)
    ]


def _has_passed(clock: Clock, days: int, at: dt.datetime) -> Q:
    since = ExpressionWrapper(F(clock.since) + days * DAY, output_field=DateTimeField())
    passed = "lte" if days else "lt"  # the last second is not late
    return Q(**{f"{clock.end}__{passed}": at + days * DAY, f"{clock.end}__gt": since})


def _rung(clock: Clock) -> Exists:
    rows = Reminder.objects.filter(
        **{clock.of: OuterRef("pk")},
        rule=clock.rule,
        kind=clock.kind,
        due_at=OuterRef(clock.end),
        days_before=OuterRef("passed"),
    )
    return Exists(rows)
