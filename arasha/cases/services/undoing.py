"""An import is taken back whole: as if the table had never come, but for the journal."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q

from arasha.access import services as access
from arasha.actors import Actor
from arasha.cases.errors import ImportOverError, NotYoursToUndoError, WorkedOnError
from arasha.cases.holds import refuse_held
from arasha.cases.models import (
    Allegation,
    Case,
    Classification,
    Deadline,
    Decision,
    Extension,
    Identity,
    Import,
    ImportedCase,
    ImportedFigure,
    LawChange,
    Number,
    Person,
    Proceeding,
    Reminder,
    SameEvent,
    Suspension,
    TakenBack,
)
from arasha.cases.selectors.imports import may_undo, worked_on
from arasha.cases.services.importing import IN, UNDONE
from arasha.cases.versions import refuse_erased
from arasha.journal import services as journal

MOST_NAMED = 10
KEYS_AT_ONCE = 500
# What a table brought, and what the tick found of it; whatever else hangs on a case, somebody made.
OF_A_CASE: tuple[type[Model], ...] = (
    LawChange, Reminder, Suspension, Extension, Deadline, Decision, Proceeding, Classification,
    Identity, Person, Number, Allegation,
)  # fmt: skip


@transaction.atomic
def undo(*, imported: Import, on_behalf: Actor, by: Actor, at: dt.datetime) -> Import:
    """Take all cases of an import out again. Done already, it stays done.

    `on_behalf`: who asked for it. Raises NotYoursToUndoError, ImportOverError, WorkedOnError, HeldError,
    ErasedError.
    """
    if not may_undo(viewer=on_behalf, imported=imported, at=at):
        raise NotYoursToUndoError
    locked = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if locked.state == UNDONE:
        return locked
    if locked.state != IN:
        raise ImportOverError
    keys = list(ImportedCase.objects.filter(of_import=locked).values_list("case_id", flat=True))
    for some in _some(keys):
        list(Case.objects.select_for_update(of=("self",)).filter(pk__in=some))
    _refuse_touched(locked, keys, by=by)
    for some in _some(keys):
        _remove(some, locked, by=by, at=at)
    ImportedFigure.objects.filter(of_import=locked).delete()
    locked.state, locked.undone_at, locked.undone_by_key = UNDONE, at, UUID(on_behalf.key)
    locked.save(update_fields=["state", "undone_at", "undone_by_key"])
    journal.record(
        act="import.undone",
        subject_kind="case_import",
        subject_key=locked.key,
        by=by,
        at=at,
        on_behalf_key=UUID(on_behalf.key),
    )
    return locked


def _refuse_touched(imported: Import, keys: list[UUID], *, by: Actor) -> None:
    touched = worked_on(viewer=by, imported=imported)
    if touched:
        named = ", ".join(case.number for case in touched[:MOST_NAMED])
        raise WorkedOnError(cases=named if len(touched) <= MOST_NAMED else f"{named} …")
    refuse_held(keys)
    for some in _some(keys):
        refuse_erased(*some)


def _remove(keys: list[UUID], imported: Import, *, by: Actor, at: dt.datetime) -> None:
    access.withdraw_all(
        subject_kind="case", subject_keys=keys, reason_code="import.undone", by=by, at=at
    )
    SameEvent.objects.filter(Q(case__in=keys) | Q(other__in=keys)).delete()
    for model in OF_A_CASE:
        model._default_manager.filter(case__in=keys).delete()
    ImportedCase.objects.filter(case__in=keys).delete()
    Case.objects.filter(pk__in=keys).delete()
    TakenBack.objects.bulk_create(
        TakenBack(gone=key, kind="case", of_import=imported, taken_back_at=at) for key in keys
    )


def _some(keys: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(keys), KEYS_AT_ONCE):
        yield keys[start : start + KEYS_AT_ONCE]
