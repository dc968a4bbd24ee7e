"""Tables that came from other registers: where each stands, and what it would meet here."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator
from typing import TypeVar

from django.db.models import QuerySet

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.cases.holds import held
from arasha.cases.models import Case, Identity, Import, ImportedCase, ImportedFigure, Number
from arasha.journal.selectors import touched_since
from arasha.people.models import Institution
from arasha.people.roles import CLERK, PROSECUTOR, SUPERVISOR
from arasha.people.selectors import posts_held
from arasha.places.models import Place
from arasha.places.selectors import places
from arasha.problems import NotFoundProblem

T = TypeVar("T")
KEYS_AT_ONCE = 500
# What a table itself wrote of its cases, or made happen by itself.
OWN_ACTS = ("case.imported", "case.clock_started", "access.granted")


def imports(*, viewer: Actor) -> QuerySet[Import]:
    may = visible(viewer=viewer, kind="case_import", compartment="rows")
    return Import.objects.filter(may).defer("content").order_by("-uploaded_at", "key")


def find_import(*, viewer: Actor, key: uuid.UUID) -> Import:
    found = imports(viewer=viewer).select_related("institution").filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def may_change_import(*, viewer: Actor, imported: Import) -> bool:
    may = visible(viewer=viewer, kind="case_import", compartment="rows", action="rw")
    return Import.objects.filter(may, pk=imported.pk).exists()


def offices_entering(*, viewer: Actor, at: dt.datetime) -> QuerySet[Institution]:
    """The offices for which somebody may enter cases: where they are clerk or prosecutor."""
    posts = posts_held(viewer=viewer, at=at).filter(role__in=(CLERK, PROSECUTOR))
    return Institution.objects.filter(pk__in=posts.values("institution_id")).order_by("code")


def may_undo(*, viewer: Actor, imported: Import, at: dt.datetime) -> bool:
    """Who imported it, and who leads the office."""
    if str(imported.uploaded_by_key) == viewer.key:
        return True
    posts = posts_held(viewer=viewer, at=at).filter(role=SUPERVISOR)
    return posts.filter(institution=imported.institution_id).exists()


def last_mapping(
    *, viewer: Actor, institution: Institution, form: str
) -> dict[str, dict[str, str]]:
    """What the office said of the columns of its last table."""
    earlier = imports(viewer=viewer).filter(institution=institution, form=form).exclude(mapping={})
    last = earlier.order_by("-uploaded_at").first()
    return last.mapping if last else {}


def places_known(*, viewer: Actor, region: str = "") -> QuerySet[Place]:
    return places(viewer=viewer, region=region)


def case_of_sheet(*, viewer: Actor, sheet: uuid.UUID) -> Case | None:
    """What became of a page that a clerk has sent already."""
    may = visible(viewer=viewer, kind="case", compartment="summary")
    return Case.objects.filter(may, allegations__source_key=sheet).first()


def known_numbers(*, viewer: Actor, numbers: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of these numbers (register, folded) those in the register, as far as the viewer sees it."""
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    found = set[tuple[str, str]]()
    for some in _some({folded for _register, folded in numbers}):
        rows = Number.objects.filter(may, folded__in=some)
        found |= set(rows.values_list("register", "folded"))
    return found & set(numbers)


def told_before(
    *, viewer: Actor, names: Collection[str], place: Place, first: dt.date, last: dt.date
) -> list[Case]:
    """Cases in which somebody of these folded names was at that place on one of these days."""
    may = visible(viewer=viewer, kind="case", compartment="identity", field="case_id")
    known = Identity.objects.filter(may, folded__in=list(names)).values("case_id")
    return list(
        Case.objects.filter(
            pk__in=known,
            allegations__place=place,
            allegations__happened_from__lte=last,
            allegations__happened_to__gte=first,
        ).distinct()[:5]
    )


def imported_cases(*, viewer: Actor, imported: Import) -> QuerySet[ImportedCase]:
    may = visible(viewer=viewer, kind="case_import", compartment="rows", field="of_import_id")
    found = ImportedCase.objects.filter(may, of_import=imported)
    return found.select_related("case").order_by("line")


def figures_of(*, viewer: Actor, imported: Import) -> QuerySet[ImportedFigure]:
    may = visible(viewer=viewer, kind="case_import", compartment="rows", field="of_import_id")
    return ImportedFigure.objects.filter(may, of_import=imported)


def worked_on(*, viewer: Actor, imported: Import) -> list[Case]:
    """The cases of an import in which somebody has done something since it came in, or which are held."""
    keys = [each.case_id for each in imported_cases(viewer=viewer, imported=imported)]
    touched = held(keys)
    for some in _some(keys):
        touched |= touched_since(
            viewer=viewer,
            subject_kind="case",
            subject_keys=some,
            since=imported.taken_in_at or imported.uploaded_at,
            beside=OWN_ACTS,
        )
    return list(Case.objects.filter(pk__in=touched).order_by("number"))


def _some(keys: Collection[T]) -> Iterator[list[T]]:
    listed = list(keys)
    for start in range(0, len(listed), KEYS_AT_ONCE):
        yield listed[start : start + KEYS_AT_ONCE]
