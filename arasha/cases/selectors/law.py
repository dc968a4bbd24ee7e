"""What the law said of a case: its signed classifications, and where the rules changed since."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from arasha.access.selectors import Action, visible
from arasha.actors import Actor
from arasha.cases.models import Case, Classification, Decision, LawChange
from arasha.cases.selectors.register import cases_in_hand
from arasha.problems import NotFoundProblem


class Stored(NamedTuple):
    """An answer of the rules as it was kept, with its question."""

    kind: str
    key: uuid.UUID
    case_key: uuid.UUID
    question: dict[str, Any]
    answer: dict[str, Any]
    pack_hash: str


def classifications(*, viewer: Actor, case: Case) -> QuerySet[Classification]:
    """Every signed classification, the first one first: none is ever edited."""
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    return Classification.objects.filter(may, case=case).select_related("body").order_by("number")


def unclassified(*, viewer: Actor) -> QuerySet[Case]:
    """Cases in the viewer's hands whose classification nobody has signed yet."""
    return cases_in_hand(viewer=viewer).filter(conduct="")


def law_changes(
    *, viewer: Actor, case: Case | None = None, in_hand: bool = False
) -> QuerySet[LawChange]:
    """What the rules would say otherwise now and nobody has settled; of one case, the settled ones too.

    `in_hand`: only of cases that the viewer may change.
    """
    action: Action = "rw" if in_hand else "r"
    may = visible(viewer=viewer, kind="case", compartment="summary", action=action, field="case_id")
    found = (
        LawChange.objects.filter(may).select_related("case__holder").order_by("-found_at", "key")
    )
    return found.filter(settled_at=None) if case is None else found.filter(case=case)


def find_law_change(*, viewer: Actor, case: Case, key: uuid.UUID) -> LawChange:
    found = law_changes(viewer=viewer, case=case).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def latest_answers(*, viewer: Actor, cases: Sequence[Case]) -> Iterator[Stored]:
    """Of each case the answers of its last decision and of the classification in force."""
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    keys = [case.key for case in cases]
    for kind, model, order in (
        ("decision", Decision, "-base_version"),
        ("classification", Classification, "-number"),
    ):
        rows: QuerySet[Any] = model._default_manager.filter(may, case_id__in=keys)
        newest = rows.filter(case_id=OuterRef("case_id")).order_by(order).values("pk")[:1]
        for row in rows.filter(pk=Subquery(newest)).order_by("case_id"):
            yield Stored(
                kind, row.key, row.case_id, row.law_question, row.law_answer, row.pack_hash
            )
