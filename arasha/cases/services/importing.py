"""A table of another register: uploaded, mapped, taken in whole or not at all, given up."""

import datetime as dt
import gc
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from django.db import transaction

from arasha.access import services as access
from arasha.access.policy import INSTITUTION
from arasha.actors import Actor
from arasha.cases.errors import (
    ImportOverError,
    LinesRefusedError,
    NothingToTakeError,
    NotMappedError,
    NotYourOfficeError,
    SameFileError,
)
from arasha.cases.importing import progress
from arasha.cases.importing.preview import checked, hash_of, table_in, table_of
from arasha.cases.importing.rows import Answers, Rows, rows_of
from arasha.cases.importing.statistics import read_form
from arasha.cases.models import Import, ImportedCase, ImportedFigure
from arasha.cases.selectors.imports import offices_entering
from arasha.cases.services.entering import enter
from arasha.country import local_day
from arasha.journal import services as journal
from arasha.people.models import Institution
from arasha.problems import ChangedMeanwhileProblem
from arasha.references import Reference

REGISTER, STATISTICS = "register", "statistics"
UPLOADED, PREVIEWED, IN, UNDONE, GIVEN_UP = "uploaded", "previewed", "in", "undone", "given_up"
OPEN = (UPLOADED, PREVIEWED)


@transaction.atomic
def upload(
    *,
    institution: Institution,
    form: str,
    file_name: str,
    content: bytes,
    by: Actor,
    at: dt.datetime,
) -> Import:
    """Keep a file until it is in or given up. Sent twice, it is kept once.

    Raises NotYourOfficeError, UnreadableTableError, SameFileError.
    """
    if not offices_entering(viewer=by, at=at).filter(pk=institution.pk).exists():
        raise NotYourOfficeError
    table, sha256 = table_in(content, file_name), hash_of(content)
    same = Import.objects.filter(institution=institution, sha256=sha256, form=form)
    if same.filter(state=IN).exists():
        raise SameFileError
    if waiting := same.filter(state__in=OPEN, uploaded_by_key=by.key).first():
        return waiting
    key = uuid.uuid4()
    access.grant(
        subject_kind="case_import",
        subject_key=key,
        holder_kind=INSTITUTION,
        holder_key=institution.pk,
        basis="assigned",
        by=by,
        at=at,
    )
    made = Import.objects.create(
        key=key,
        institution=institution,
        form=form,
        file_name=_plain(file_name),
        sha256=sha256,
        content=content,
        state=UPLOADED,
        rows=len(table.rows),
        uploaded_at=at,
        uploaded_by_key=uuid.UUID(by.key),
    )
    _record("import.uploaded", made, by=by, at=at)
    return made


@transaction.atomic
def map_columns(
    *,
    imported: Import,
    columns: Mapping[str, str],
    values: Mapping[str, str],
    until_day: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> Import:
    """Say what the columns mean, or say it anew. Raises ImportOverError."""
    locked = _open(imported)
    locked.mapping = {"columns": dict(columns), "values": dict(values)}
    locked.until_day, locked.state, locked.failed = until_day, PREVIEWED, ""
    locked.save(update_fields=["mapping", "until_day", "state", "failed"])
    _record("import.mapped", locked, by=by, at=at)
    return locked


@transaction.atomic
def ask_for(*, imported: Import, leaves_out: bool, by: Actor, at: dt.datetime) -> Import:
    """The word of the person: take it in. `leaves_out`: without the lines that have errors.

    Raises ImportOverError, NotMappedError.
    """
    locked = _open(imported)
    if locked.state != PREVIEWED:
        raise NotMappedError
    locked.leaves_out, locked.asked_at, locked.failed = leaves_out, at, ""
    locked.save(update_fields=["leaves_out", "asked_at", "failed"])
    return locked


def take_in(*, imported: Import, by: Actor, at: dt.datetime) -> Import:
    """Bring every line into the register, in one transaction. Called twice, it is done once.

    Raises ImportOverError, LinesRefusedError, NothingToTakeError, NumbersTakenMeanwhileError,
    ChangedMeanwhileProblem: then nothing is in.
    """
    if (fresh := Import.objects.get(pk=imported.pk)).state == IN:
        return fresh
    if imported.form == STATISTICS:
        return _keep_figures(imported, by=by, at=at)
    with _uncollected():
        return _take_lines(imported, by=by, at=at)


def _take_lines(imported: Import, *, by: Actor, at: dt.datetime) -> Import:
    # The law is asked before anything is locked: others go on writing meanwhile.
    rows, left_out = _ready(imported, by=by, at=at)
    with transaction.atomic():
        locked = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
        if locked.state == IN:
            return locked
        if (locked.state, locked.mapping) != (PREVIEWED, imported.mapping):
            raise ChangedMeanwhileProblem
        enter(rows=rows, act="case.imported", by=by, at=at)
        ImportedCase.objects.bulk_create(
            [ImportedCase(of_import=locked, line=r.line.line, case=r.case) for r in rows], 500
        )
        locked.state, locked.taken_in_at, locked.left_out = IN, at, left_out
        locked.content, locked.failed = None, ""
        locked.save(update_fields=["state", "taken_in_at", "left_out", "content", "failed"])
        _record("import.taken_in", locked, by=by, at=at)
    return locked


@contextmanager
def _uncollected() -> Iterator[None]:
    """All rows of a table stay until the last is written: to look for garbage among them costs a quarter more."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@transaction.atomic
def _keep_figures(imported: Import, *, by: Actor, at: dt.datetime) -> Import:
    """The numbers of a form: another source than ours, kept beside it and never mixed with it."""
    form = read_form(table_of(imported))
    locked = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if locked.state == IN:
        return locked
    if not form.figures or locked.until_day is None:
        raise NothingToTakeError
    if form.faults and not locked.leaves_out:
        raise LinesRefusedError(count=len({line for line, _heading, _text in form.faults}))
    ImportedFigure.objects.bulk_create(
        ImportedFigure(
            of_import=locked,
            row=place.row,
            column=place.column,
            until_day=locked.until_day,
            value=value,
        )
        for place, value in form.figures.items()
    )
    locked.state, locked.taken_in_at, locked.content = IN, at, None
    locked.save(update_fields=["state", "taken_in_at", "content"])
    _record("import.taken_in", locked, by=by, at=at)
    return locked


@transaction.atomic
def fail(*, imported: Import, code: str, by: Actor, at: dt.datetime) -> None:
    """Note why the worker did not take it in; its page says it. Nothing else has changed."""
    Import.objects.filter(pk=imported.pk, state=PREVIEWED).update(failed=code, asked_at=None)


@transaction.atomic
def give_up(*, imported: Import, by: Actor, at: dt.datetime) -> Import:
    """Throw the file away: it is not wanted. Raises ImportOverError."""
    locked = _open(imported)
    locked.state, locked.content = GIVEN_UP, None
    locked.save(update_fields=["state", "content"])
    _record("import.given_up", locked, by=by, at=at)
    return locked


def _ready(imported: Import, *, by: Actor, at: dt.datetime) -> tuple[list[Rows], int]:
    found = checked(imported, viewer=by, today=local_day(at))
    if found.refused and not imported.leaves_out:
        raise LinesRefusedError(count=len(found.refused))
    if not found.lines:
        raise NothingToTakeError
    make = partial(
        rows_of,
        holder=imported.institution,
        source=Reference("import", imported.key),
        answers=Answers(),
        is_classified=True,
        at=at,
    )
    counted = progress.counted(imported.key, found.lines)
    return [make(line) for line in counted], found.total - len(found.lines)


def _open(imported: Import) -> Import:
    locked = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if locked.state not in OPEN:
        raise ImportOverError
    return locked


def _plain(file_name: str) -> str:
    return "".join(c for c in file_name if c.isprintable())[-200:]


def _record(act: str, imported: Import, *, by: Actor, at: dt.datetime) -> None:
    journal.record(act=act, subject_kind="case_import", subject_key=imported.key, by=by, at=at)
