"""Documents of a case, by the compartment in which they lie."""

import uuid
from typing import cast

from django.db.models import QuerySet

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.cases.compartments import TABLES, Kept
from arasha.cases.models import Case
from arasha.problems import NotFoundProblem


def documents(*, viewer: Actor, case: Case, compartment: str = "evidence") -> QuerySet[Kept]:
    """The documents of one compartment, newest first, each with its custody; withdrawn ones, too."""
    may = visible(viewer=viewer, kind="case", compartment=compartment, field="case_id")
    found = TABLES[compartment]._default_manager.filter(may, case=case)
    ordered = found.prefetch_related("custody").order_by("-added_at", "key")
    return cast("QuerySet[Kept]", ordered)


def documents_in_force(*, viewer: Actor, case: Case) -> list[Kept]:
    """All that the viewer may read of a case, oldest first, without what was withdrawn."""
    found = [
        each
        for compartment in TABLES
        for each in documents(viewer=viewer, case=case, compartment=compartment)
        if each.withdrawn_at is None
    ]
    return sorted(found, key=lambda each: (each.added_at, each.key))


def find_document(*, viewer: Actor, case: Case, key: uuid.UUID) -> Kept:
    """One document. Raises NotFoundProblem, the same for unknown and forbidden."""
    for compartment in TABLES:
        found = documents(viewer=viewer, case=case, compartment=compartment)
        if document := found.filter(pk=key).first():
            return document
    raise NotFoundProblem
