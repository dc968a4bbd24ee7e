"""Who did what to whom, as far as each compartment is open to the viewer."""

import uuid
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.cases.models import (
    Act,
    Case,
    Correction,
    Event,
    Identity,
    Involvement,
    Person,
    SameEvent,
)
from arasha.cases.selectors.register import may_change
from arasha.cases.tellings import LINKED, SUGGESTED
from arasha.problems import NotFoundProblem

Row = TypeVar("Row", bound=Model)


def persons(*, viewer: Actor, case: Case) -> QuerySet[Person]:
    """The people of a case under their codes."""
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    return (
        Person.objects.filter(may, case=case).select_related("office").order_by("added_at", "code")
    )


def identities(*, viewer: Actor, case: Case) -> dict[uuid.UUID, Identity]:
    """Who they are, by the key of the person; empty if the names are not open to the viewer."""
    may = visible(viewer=viewer, kind="case", compartment="identity", field="case_id")
    return {each.person_id: each for each in Identity.objects.filter(may, case=case)}


def may_name(*, viewer: Actor, case: Case) -> bool:
    """Whether the viewer may enter and correct people with their names."""
    return may_change(viewer=viewer, case=case, compartment="identity")


def may_tell(*, viewer: Actor, case: Case) -> bool:
    """Whether the viewer may enter and correct what happened."""
    return may_change(viewer=viewer, case=case, compartment="allegation")


def events(*, viewer: Actor, case: Case) -> QuerySet[Event]:
    """What happened, oldest first, with its acts and who had which part in them."""
    may = visible(viewer=viewer, kind="case", compartment="allegation", field="case_id")
    found = Event.objects.filter(may, case=case).select_related("place")
    return found.prefetch_related("acts__victim", "acts__involvements__person").order_by(
        "first_day", "added_at"
    )


def find_person(*, viewer: Actor, case: Case, key: uuid.UUID) -> Person:
    return _one(persons(viewer=viewer, case=case), key)


def find_event(*, viewer: Actor, case: Case, key: uuid.UUID) -> Event:
    return _one(events(viewer=viewer, case=case), key)


def find_act(*, viewer: Actor, case: Case, key: uuid.UUID) -> Act:
    may = visible(viewer=viewer, kind="case", compartment="allegation", field="case_id")
    return _one(Act.objects.filter(may, case=case).select_related("case"), key)


def find_part(*, viewer: Actor, case: Case, key: uuid.UUID) -> Involvement:
    may = visible(viewer=viewer, kind="case", compartment="allegation", field="case_id")
    return _one(Involvement.objects.filter(may, case=case).select_related("case"), key)


def corrections(*, viewer: Actor, case: Case) -> QuerySet[Correction]:
    """What turned out otherwise than the allegations say, oldest first."""
    may = visible(viewer=viewer, kind="case", compartment="allegation", field="case_id")
    return Correction.objects.filter(may, case=case).select_related("place").order_by("made_at")


def same_events(*, viewer: Actor, case: Case) -> QuerySet[SameEvent]:
    """Cases that may tell of the same event: only if the names of both are open to the viewer.

    What was linked stays; of a case that was destroyed nothing is suggested any more.
    """
    is_open = Q(state=LINKED) | Q(state=SUGGESTED, case__erased_at=None, other__erased_at=None)
    found = SameEvent.objects.filter(_both(viewer), is_open, case=case)
    return found.select_related("other").order_by("state", "-score", "other__number")


def find_pair(*, viewer: Actor, case: Case, key: uuid.UUID) -> SameEvent:
    found = SameEvent.objects.filter(_both(viewer), case=case).select_related("case", "other")
    return _one(found, key)


def _both(viewer: Actor) -> Q:
    here, there = (
        visible(viewer=viewer, kind="case", compartment="identity", field=field)
        for field in ("case_id", "other_id")
    )
    return here & there


def _one(found: QuerySet[Row], key: uuid.UUID) -> Row:
    row = found.filter(pk=key).first()
    if row is None:
        raise NotFoundProblem
    return row
