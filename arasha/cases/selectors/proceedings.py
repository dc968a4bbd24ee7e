"""The course of a case: its proceedings, what was decided in them, of whom, and who was told."""

import uuid
from typing import TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from arasha.access.selectors import can, visible
from arasha.actors import Actor
from arasha.cases.deciding.refusing import has_what_it_approves
from arasha.cases.models import (
    Case,
    Charge,
    Decision,
    Identity,
    Person,
    Proceeding,
    Ruling,
    Step,
    Telling,
)
from arasha.country import country
from arasha.packs.procedure import DecisionKind
from arasha.problems import NotFoundProblem

HEAD = "head_of_office"

Row = TypeVar("Row", Proceeding, Charge, Decision)


def may_decide(*, viewer: Actor, case: Case, kind: DecisionKind) -> bool:
    """Whether a decision of this kind is the viewer's to enter: the procedure and the policy say."""
    if case.erased_at is not None:
        return False
    compartment = "headship" if kind.who == HEAD else "summary"
    return can(viewer=viewer, kind="case", key=case.key, compartment=compartment, action="rw")


def kinds_to_decide(*, viewer: Actor, case: Case) -> list[DecisionKind]:
    """What the viewer may enter of a case as it stands."""
    if case.erased_at is not None:
        return []
    kinds = country().procedure.kinds_after(case.stage)
    right = {
        who: can(viewer=viewer, kind="case", key=case.key, compartment=who, action="rw")
        for who in ("summary", "headship")
    }
    return [
        k
        for k in kinds
        if right["headship" if k.who == HEAD else "summary"] and has_what_it_approves(case, k)
    ]


def proceedings(*, viewer: Actor, case: Case) -> QuerySet[Proceeding]:
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    found = Proceeding.objects.filter(may, case=case).select_related("body")
    return found.order_by("opened_day", "pk")


def find_proceeding(*, viewer: Actor, case: Case, key: uuid.UUID) -> Proceeding:
    return _found(proceedings(viewer=viewer, case=case).filter(pk=key).first())


def steps(*, viewer: Actor, case: Case) -> QuerySet[Step]:
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    return Step.objects.filter(may, case=case).order_by("day", "recorded_at")


def rulings(*, viewer: Actor, case: Case) -> QuerySet[Ruling]:
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    found = Ruling.objects.filter(may, case=case).select_related("person", "charge")
    return found.order_by("person__code")


def tellings(*, viewer: Actor, case: Case) -> QuerySet[Telling]:
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    found = Telling.objects.filter(may, case=case).select_related("person")
    return found.order_by("day", "recorded_at")


def charges(*, viewer: Actor, case: Case) -> QuerySet[Charge]:
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    found = Charge.objects.filter(may, case=case).select_related("person")
    return found.order_by("person__code", "day")


def find_charge(*, viewer: Actor, case: Case, key: uuid.UUID) -> Charge:
    return _found(charges(viewer=viewer, case=case).filter(pk=key).first())


def find_decision(*, viewer: Actor, case: Case, key: uuid.UUID) -> Decision:
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    return _found(Decision.objects.filter(may, case=case, pk=key).first())


def people_who_are(*, viewer: Actor, case: Case, means: str) -> QuerySet[Person]:
    """The people of a case whose role means this to the code: victim, suspect."""
    roles = country().vocabularies["person_roles"].meaning(means)
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    return Person.objects.filter(may, case=case, role__in=roles).order_by("code")


def names_by_person(*, viewer: Actor, case: Case) -> dict[uuid.UUID, str]:
    """The names of a case's people, for whom they are open to."""
    may = visible(viewer=viewer, kind="case", compartment="identity", field="case_id")
    found = Identity.objects.filter(may, case=case).exclude(name="")
    return dict(found.values_list("person_id", "name"))


def untold(*, viewer: Actor) -> QuerySet[Decision]:
    """Decisions in the viewer's hands of which no victim was told, nor tried to be, newest first."""
    may = visible(viewer=viewer, kind="case", compartment="summary", action="rw", field="case_id")
    tried = Telling.objects.filter(decision=OuterRef("pk"))
    found = Decision.objects.filter(may, ~Exists(tried), kind__in=_kinds_to_tell())
    return found.select_related("case").order_by("-day", "-recorded_at", "pk")


def to_approve(*, viewer: Actor) -> QuerySet[Decision]:
    """Decisions that wait for the viewer as the head of the office, the oldest first; not those of a table."""
    may = visible(viewer=viewer, kind="case", compartment="headship", action="rw", field="case_id")
    kinds = country().procedure.kinds.values()
    waiting = {code for kind in kinds if kind.who == HEAD for code in kind.approves}
    later = Decision.objects.filter(
        case=OuterRef("case"), base_version__gt=OuterRef("base_version")
    )
    found = Decision.objects.filter(may, ~Exists(later), kind__in=waiting, case__imported=None)
    return found.select_related("case").order_by("day", "recorded_at", "pk")


def _kinds_to_tell() -> list[str]:
    """The kinds of decisions of which a victim must be told."""
    return [kind.code for kind in country().procedure.kinds.values() if kind.tells_victim]


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFoundProblem
    return row
