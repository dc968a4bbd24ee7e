"""Holds, notes, codes, and the lists of what is to be destroyed."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.cases.models import (
    Case,
    LegalHold,
    Note,
    Person,
    RetentionEntry,
    RetentionList,
    ViewCode,
)
from arasha.cases.selectors.register import cases
from arasha.cases.terms_of_keeping import UNVERIFIED, class_of, due, ended, over_day
from arasha.country import country, local_day
from arasha.people.models import Institution, User
from arasha.people.roles import PROSECUTOR, SUPERVISOR
from arasha.people.selectors import posts_held
from arasha.problems import NotFoundProblem


@dataclass(frozen=True, slots=True)
class Term:
    """By which class a case is kept, and until when; `over` None: nobody knows, or it has not ended."""

    retention: str
    over: dt.date | None
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    case: Case
    term: Term


def holds(*, viewer: Actor, case: Case) -> QuerySet[LegalHold]:
    """Every hold there is or was on a case, newest first."""
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    return LegalHold.objects.filter(may, case=case).order_by("-from_at", "key")


def notes(*, viewer: Actor, case: Case) -> QuerySet[Note]:
    may = visible(viewer=viewer, kind="case", compartment="notes", field="case_id")
    return Note.objects.filter(may, case=case).order_by("-made_at", "key")


def view_codes(*, viewer: Actor, case: Case) -> QuerySet[ViewCode]:
    """Every code that was given in a case, newest first, and to whom."""
    may = visible(viewer=viewer, kind="case", compartment="identity", field="case_id")
    found = ViewCode.objects.filter(may, case=case).select_related("person")
    return found.order_by("-made_at", "key")


def may_have_code(*, viewer: Actor, case: Case) -> QuerySet[Person]:
    """The victims of a case and those who act for them, who have no live code."""
    may = visible(viewer=viewer, kind="case", compartment="identity", action="rw", field="case_id")
    roles = country().vocabularies["person_roles"]
    fit = roles.meaning("victim") | roles.meaning("represents")
    with_code = ViewCode.objects.filter(case=case, revoked_at=None).values("person")
    found = Person.objects.filter(may, case=case, role__in=fit).exclude(pk__in=with_code)
    return found.order_by("added_at", "code")


def term_of(*, viewer: Actor, case: Case) -> Term | None:
    """How long a case is kept, as far as the pack knows; None: it is of no class."""
    found = ended(cases(viewer=viewer).filter(pk=case.pk)).first()
    return _term(found) if found and class_of(found) else None


def retention_offices(*, viewer: Actor, at: dt.datetime) -> QuerySet[Institution]:
    """The offices for which the viewer may make a list."""
    held = posts_held(viewer=viewer, at=at).filter(role__in=(PROSECUTOR, SUPERVISOR))
    found = Institution.objects.filter(pk__in=held.values("institution_id"), kind="prosecutor")
    return found.order_by("code")


def proposals(*, viewer: Actor, office: Institution | None, at: dt.datetime) -> QuerySet[Case]:
    """The cases of an office whose time is over, by what the pack knows; `proposed` says why."""
    return due(cases(viewer=viewer).filter(holder=office), day=local_day(at))


def proposed(*, viewer: Actor, found: Collection[Case]) -> list[Proposal]:
    return [Proposal(each, _term(each)) for each in found]


def retention_lists(*, viewer: Actor) -> QuerySet[RetentionList]:
    """Newest first, with how many cases each has and how many were taken out."""
    may = visible(viewer=viewer, kind="retention_list", compartment="card")
    taken = Count("entries", filter=~Q(entries__taken_out=""))
    found = RetentionList.objects.filter(may).select_related("institution")
    return found.annotate(listed=Count("entries"), taken=taken).order_by("-made_at", "key")


def find_retention_list(*, viewer: Actor, key: uuid.UUID) -> RetentionList:
    found = retention_lists(viewer=viewer).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def may_change_list(*, viewer: Actor, listed: RetentionList) -> bool:
    may = visible(viewer=viewer, kind="retention_list", compartment="card", action="rw")
    return RetentionList.objects.filter(may, pk=listed.pk).exists()


def retention_entries(*, viewer: Actor, listed: RetentionList) -> QuerySet[RetentionEntry]:
    may = visible(viewer=viewer, kind="retention_list", compartment="card", field="of_list_id")
    found = RetentionEntry.objects.filter(may, of_list=listed).select_related("case")
    return found.order_by("case__number")


def lists_to_answer(*, viewer: Actor, at: dt.datetime) -> QuerySet[RetentionList]:
    """Lists that wait for the viewer: somebody else made them in an office that the viewer leads."""
    led = posts_held(viewer=viewer, at=at).filter(role=SUPERVISOR).values("institution_id")
    found = retention_lists(viewer=viewer).filter(institution__in=led)
    return found.filter(agreed_at=None, withdrawn_at=None).exclude(made_by_key=viewer.key)


def lists_agreed(*, viewer: Actor) -> QuerySet[RetentionList]:
    """What the system's own job is to carry out, the oldest first."""
    found = retention_lists(viewer=viewer).filter(agreed_at__isnull=False, withdrawn_at=None)
    return found.filter(carried_out_at=None).order_by("agreed_at", "key")


def names_of(*, viewer: Actor, keys: Collection[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """Colleagues by name, for what they signed."""
    found = User.objects.filter(pk__in={key for key in keys if key})
    return dict(found.values_list("pk", "full_name"))


def _term(case: Case) -> Term:
    term = class_of(case)
    if term is None or term.keep is None:
        return Term(term.code if term else "", None, is_verified=True)
    is_final = country().procedure.stages[case.stage].is_final
    ended_day: dt.date | None = getattr(case, "ended_day", None)
    over = over_day(term.keep, ended_day) if is_final and ended_day else None
    return Term(term.code, over, is_verified=term.keep.checked != UNVERIFIED)
