"""The cases a viewer may see, and what stands in their summary."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import F, Q, QuerySet

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.cases.models import Allegation, Case, Deadline, Decision, Number
from arasha.cases.selectors.names import cases_with_name
from arasha.country import country
from arasha.journal.digests import READ
from arasha.journal.selectors import entries_of
from arasha.problems import NotFoundProblem
from arasha.references import fold_number

OPEN = "open"  # not a stage: all on which somebody works, by the country's procedure


def cases(*, viewer: Actor, text: str = "", stage: str = "") -> QuerySet[Case]:
    """The cases a viewer may see; `stage` OPEN: those still open, most urgent first, else newest first."""
    found = Case.objects.filter(
        visible(viewer=viewer, kind="case", compartment="summary")
    ).select_related("place__region", "holder")
    if folded := fold_number(text):
        named = cases_with_name(viewer=viewer, text=text)
        found = found.filter(_has_number(folded) | Q(pk__in=named))
    if stage == OPEN:
        urgent = F("next_due_at").asc(nulls_last=True)
        return found.filter(stage__in=country().procedure.open_stages).order_by(
            urgent, "-registered_at", "key"
        )
    if stage:
        found = found.filter(stage=stage)
    return found.order_by("-registered_at", "key")


def cases_with_number(*, viewer: Actor, text: str) -> QuerySet[Case]:
    """The cases a viewer may see by our number or one that another body gave."""
    folded = fold_number(text)
    return cases(viewer=viewer).filter(_has_number(folded)) if folded else Case.objects.none()


def cases_in_hand(*, viewer: Actor) -> QuerySet[Case]:
    """The open cases that the viewer may change."""
    may = visible(viewer=viewer, kind="case", compartment="summary", action="rw")
    return cases(viewer=viewer, stage=OPEN).filter(may)


def find_case(*, viewer: Actor, key: uuid.UUID) -> Case:
    """One case. Raises NotFoundProblem, the same for unknown and forbidden."""
    case = cases(viewer=viewer).filter(pk=key).first()
    if case is None:
        raise NotFoundProblem
    return case


def may_read(*, viewer: Actor, case: Case, compartment: str) -> bool:
    may = visible(viewer=viewer, kind="case", compartment=compartment)
    return Case.objects.filter(may, pk=case.pk).exists()


def may_change(*, viewer: Actor, case: Case, compartment: str = "summary") -> bool:
    """Whether the viewer may write there. Nobody writes into what was destroyed."""
    may = visible(viewer=viewer, kind="case", compartment=compartment, action="rw")
    return Case.objects.filter(may, pk=case.pk, erased_at=None).exists()


def allegations(*, viewer: Actor, case: Case) -> QuerySet[Allegation]:
    """What is said to have happened: once it is a case, whoever may see that of the case."""
    may = visible(viewer=viewer, kind="case", compartment="allegation", field="case")
    return Allegation.objects.filter(may, case=case).select_related("place").order_by("received_at")


def find_allegation(*, viewer: Actor, key: uuid.UUID) -> Allegation:
    may = visible(viewer=viewer, kind="allegation", compartment="account")
    found = Allegation.objects.filter(may, pk=key).select_related("place").first()
    if found is None:
        raise NotFoundProblem
    return found


def decisions(*, viewer: Actor, case: Case) -> QuerySet[Decision]:
    """The decisions of a case, in the order in which they were entered."""
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    return Decision.objects.filter(may, case=case).order_by("base_version")


def clocks(*, viewer: Actor, case: Case) -> QuerySet[Deadline]:
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    found = Deadline.objects.filter(may, case=case).prefetch_related("suspensions")
    return found.order_by("due_at")


def acts_on(*, viewer: Actor, case: Case) -> QuerySet[Any]:
    """What was done with a case that was found for the viewer, what was entered last first; looking is none."""
    found = entries_of(viewer=viewer, subject_kind="case", subject_key=case.key)
    return found.exclude(act=READ).order_by("-recorded_at", "-at", "key")


def numbers(*, viewer: Actor, case: Case) -> QuerySet[Number]:
    """The numbers that other bodies gave to a case."""
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    return Number.objects.filter(may, case=case).order_by("given_day", "pk")


def overdue(*, viewer: Actor, at: dt.datetime) -> QuerySet[Case]:
    return cases(viewer=viewer, stage=OPEN).filter(next_due_at__lt=at)


def _has_number(folded: str) -> Q:
    # The keys first: an index answers each half of the question, and none answers both in one.
    others = Number.objects.filter(folded=folded).values_list("case_id", flat=True)
    # Our own number is stored with dashes; KZ20260131 is found as KZ-2026-0131.
    return Q(number__in=_spellings(folded)) | Q(pk__in=list(others))


def _spellings(folded: str) -> list[str]:
    letters = folded.rstrip("0123456789")
    digits = folded[len(letters) :]
    return [folded, f"{letters}-{digits[:4]}-{digits[4:]}"]
