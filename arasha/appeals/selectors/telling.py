"""Of what state the writers' mailboxes are still to be told, and by when they may expect more."""

import datetime as dt
import uuid

from django.db.models import Exists, F, OuterRef, Q

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.appeals.clocks import keeping_codes
from arasha.appeals.models import Appeal, State, Suspension
from arasha.appeals.selectors.work import terms

TOLD_A_PAGE = 20  # each comes with its whole envelope


def untold(*, viewer: Actor, after: uuid.UUID | None, at: dt.datetime) -> list[Appeal]:
    """A page of the appeals that somebody opened and of whose state no mailbox was told yet.

    In the order of their keys, from the one behind `after`. Which of them have a mailbox only a
    reader sees, once it opens them.
    """
    may = visible(viewer=viewer, kind="appeal", compartment="correspondence", action="rw", at=at)
    due = Q(opened_day__isnull=False) & ~Q(told_state=F("state"))  # as its index stands
    found = Appeal.objects.filter(may, due, erased_day__isnull=True).order_by("pk")
    return list((found.filter(pk__gt=after) if after else found)[:TOLD_A_PAGE])


def next_day(*, viewer: Actor, appeal: Appeal, day: dt.date) -> dt.date | None:
    """By when a body must answer or act next, as far as the country's rules gave the appeal a clock."""
    if appeal.state == State.ANSWERED:
        return None
    if appeal.waits and appeal.answer_by_day and appeal.answer_by_day >= day:
        return appeal.answer_by_day
    stands = Suspension.objects.filter(term=OuterRef("pk"), until_day=None)
    running = terms(viewer=viewer, appeal=appeal).filter(met_day=None, due_day__gte=day)
    codes = running.exclude(code__in=keeping_codes()).filter(~Exists(stands))
    return codes.values_list("due_day", flat=True).first()
