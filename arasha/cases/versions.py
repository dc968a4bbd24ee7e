"""The one door for every act on a case: nothing is saved upon an old version, or in what was destroyed."""

import uuid
from typing import TypeVar

from django.db.models import Model, QuerySet

from arasha.cases.errors.keeping import ErasedError
from arasha.cases.models import Case
from arasha.problems import ChangedMeanwhileProblem, NotFoundProblem, Problem

Row = TypeVar("Row", bound=Model)


def locked(case: Case) -> Case:
    """The case as it stands now, held until the transaction ends. Raises ErasedError."""
    held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if held.erased_at is not None:
        raise ErasedError
    return held


def refuse_erased(*keys: uuid.UUID | None) -> None:
    """The same where an act changes rows of a case and not the case itself. Raises ErasedError."""
    if Case.objects.filter(pk__in=[key for key in keys if key], erased_at__isnull=False).exists():
        raise ErasedError


def closed(case: Case) -> Problem:
    """What a page says that would write: the case was destroyed; else, as if there were no such page."""
    return NotFoundProblem() if case.erased_at is None else ErasedError()


def locked_at(case: Case, base_version: int) -> Case:
    """The same, if it is still what the writer saw. Raises ErasedError, ChangedMeanwhileProblem."""
    held = locked(case)
    if held.version != base_version:
        raise ChangedMeanwhileProblem
    return held


def raise_version(case: Case, *changed: str) -> None:
    """Save what changed of a locked case, as its next version."""
    case.version += 1
    case.save(update_fields=["version", *changed])


def entered_before(same: QuerySet[Row]) -> Row:
    """The row that says the same: a double click. Raises ChangedMeanwhileProblem if there is none."""
    found = same.first()
    if found is None:
        raise ChangedMeanwhileProblem
    return found
