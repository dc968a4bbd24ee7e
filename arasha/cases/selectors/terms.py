"""Clocks of cases: those in somebody's hands by what comes first, and all of one case with its history."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import F, Prefetch, QuerySet

from arasha.access.selectors import visible
from arasha.actors import USER, Actor
from arasha.cases.models import (
    Allegation,
    CalendarFeed,
    Case,
    Deadline,
    Extension,
    Reminder,
    Suspension,
    TermRequest,
)
from arasha.country import country
from arasha.people.tokens import digest
from arasha.problems import NotFoundProblem


def clocks_in_hand(*, viewer: Actor) -> QuerySet[Deadline]:
    """The running clocks of the cases that the viewer may change."""
    may = visible(viewer=viewer, kind="case", compartment="summary", action="rw", field="case_id")
    return Deadline.objects.filter(may, met_at=None)


def ends_in_hand(*, viewer: Actor) -> QuerySet[Deadline]:
    """These clocks by their ends, the first end first; those that stand have none."""
    running = clocks_in_hand(viewer=viewer).filter(is_standing=False)
    return running.select_related("case").order_by("due_at", "pk")


def motions_in_hand(*, viewer: Actor, at: dt.datetime) -> QuerySet[Deadline]:
    """The same by the last day on which more time can be asked, as far as it is still to come."""
    asked = clocks_in_hand(viewer=viewer).filter(motion_due_at__gte=at)
    return asked.select_related("case").order_by("motion_due_at", "pk")


def standing_in_hand(*, viewer: Actor) -> QuerySet[Deadline]:
    """The clocks that stand, the longest first."""
    standing = clocks_in_hand(viewer=viewer).filter(is_standing=True)
    return standing.select_related("case").order_by("started_at", "pk")


def standing_of(*, viewer: Actor, cases: Iterable[Case]) -> dict[uuid.UUID, Suspension]:
    """Of cases in which nothing runs: since when a term stands, the one that has stood the longest."""
    keys = [case.key for case in cases if case.next_due_at is None]
    if not keys:
        return {}
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    stands = Suspension.objects.filter(may, case__in=keys, until_at=None, deadline__met_at=None)
    rows = stands.select_related("deadline").order_by("-from_at")
    return {row.case_id: row for row in rows}


def waiting_in_hand(*, viewer: Actor) -> QuerySet[Allegation]:
    """Allegations of which nothing has become yet, where the viewer may act on them."""
    may = visible(viewer=viewer, kind="allegation", compartment="account", action="rw")
    waiting = Allegation.objects.filter(may, case=None, outcome=None, receiver__isnull=False)
    return waiting.exclude(register_by_at=None, pass_on_by_at=None).order_by("register_by_at", "pk")


def clocks_with_history(*, viewer: Actor, case: Case) -> QuerySet[Deadline]:
    """The clocks of a case, those that run first, each with all that was done about it."""
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    rows = Deadline.objects.filter(may, case=case).prefetch_related(
        "suspensions",
        Prefetch("extensions", Extension.objects.order_by("filed_at")),
        Prefetch(
            "reminders",
            Reminder.objects.select_related("to_institution").order_by("rung_at"),
        ),
    )
    return rows.order_by(F("met_at").desc(nulls_first=True), "due_at")


def find_clock(*, viewer: Actor, case: Case, key: int) -> Deadline:
    """A clock of a case. Raises NotFoundProblem."""
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    found = Deadline.objects.filter(may, case=case, pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def find_motion(*, viewer: Actor, case: Case, key: uuid.UUID) -> Extension:
    """A motion for more time in a case. Raises NotFoundProblem."""
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    found = Extension.objects.filter(may, case=case, pk=key).select_related("deadline").first()
    if found is None:
        raise NotFoundProblem
    return found


def term_requests(*, viewer: Actor, case: Case) -> QuerySet[TermRequest]:
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    rows = TermRequest.objects.filter(may, case=case).select_related("person")
    return rows.order_by("asked_day", "pk")


def requests_to_answer(*, viewer: Actor) -> QuerySet[TermRequest]:
    """What victims asked and nobody answered, in the open cases that the viewer may change, the oldest first."""
    may = visible(viewer=viewer, kind="case", compartment="summary", action="rw", field="case_id")
    waiting = TermRequest.objects.filter(may, answered_day=None)
    waiting = waiting.filter(case__stage__in=country().procedure.open_stages)
    return waiting.select_related("case").order_by("asked_day", "pk")


def feed_of(*, viewer: Actor) -> CalendarFeed | None:
    """The address of the viewer's own calendar, if they made one."""
    if viewer.kind != USER:
        return None
    return CalendarFeed.objects.filter(pk=viewer.key).first()


def feed_behind(*, viewer: Actor, token: str) -> CalendarFeed | None:
    """Whose calendar an address is; the token is the right to read it."""
    return CalendarFeed.objects.filter(token_hash=digest(token)).first()
