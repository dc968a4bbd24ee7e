"""Who saves upon an old version wins nothing: one door for every act that changes what others saw."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from arasha.cases.models import Case
from arasha.problems import ChangedMeanwhileProblem

Row = TypeVar("Row", bound=Model)


def locked(case: Case) -> Case:
    """The case as it stands now, held until the transaction ends."""
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)


def locked_at(case: Case, base_version: int) -> Case:
    """The same, if it is still what the writer saw. Raises ChangedMeanwhileProblem."""
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
