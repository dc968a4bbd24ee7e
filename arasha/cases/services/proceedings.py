"""Proceedings: one run before one body. Most follow the decisions; some are opened by hand."""

import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import USER, Actor
from arasha.cases.deciding.errors import (
    ByDecisionOnlyError,
    DayInFutureError,
    DayTooEarlyError,
    ProceedingClosedError,
    UnknownCodeError,
)
from arasha.cases.models import Case, Proceeding, Step
from arasha.cases.versions import locked_at, raise_version, refuse_erased
from arasha.country import country, local_day
from arasha.journal import services as journal
from arasha.packs.procedure import DecisionKind


def follow_move(
    *,
    case: Case,
    kind: DecisionKind,
    moves_on: bool,
    body_name: str,
    day: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Proceeding | None:
    """Close and open what a decision closes and opens. Part of a decision, which records it.

    Returns the proceeding in which it was made: one that was open, or the one that it opens.
    """
    made_in = _open_by_moves(case)
    if not moves_on:
        return made_in
    for proceeding in case.proceedings.filter(kind__in=kind.closes, closed_day=None):
        proceeding.closed_day = day
        proceeding.save(update_fields=["closed_day"])
    if kind.opens is None:
        return made_in
    is_ours = kind.court is None and kind.who != "court"
    opened = Proceeding.objects.create(
        case=case,
        kind=kind.opens,
        body=case.holder if is_ours else None,
        body_name=body_name,
        opened_day=day,
    )
    return made_in or opened


@transaction.atomic
def open_proceeding(
    *,
    case: Case,
    kind: str,
    body_name: str,
    opened_day: dt.date,
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> Proceeding:
    """Enter a proceeding beside the criminal one: disciplinary, civil. Sent twice, it is entered once.

    Raises ChangedMeanwhileProblem, ByDecisionOnlyError, UnknownCodeError, DayInFutureError.
    """
    named = body_name.strip()
    refuse_erased(case.pk)
    if same := case.proceedings.filter(kind=kind, body_name=named, opened_day=opened_day).first():
        return same
    held = locked_at(case, base_version)
    if kind not in country().vocabularies["proceeding_kinds"].terms:
        raise UnknownCodeError(code=kind)
    if kind in kinds_by_decision():
        raise ByDecisionOnlyError
    if opened_day > local_day(at):
        raise DayInFutureError
    made = Proceeding.objects.create(case=held, kind=kind, body_name=named, opened_day=opened_day)
    raise_version(held)
    _record("case.proceeding_opened", held, kind, by=by, at=at)
    return made


@transaction.atomic
def close_proceeding(
    *, proceeding: Proceeding, closed_day: dt.date, base_version: int, by: Actor, at: dt.datetime
) -> Proceeding:
    """Enter that it is over. Raises what `open_proceeding` raises, DayTooEarlyError, ProceedingClosedError."""
    if proceeding.kind in kinds_by_decision():
        raise ByDecisionOnlyError
    held = locked_at(proceeding.case, base_version)
    fresh = Proceeding.objects.get(pk=proceeding.pk)
    _refuse_day_outside(fresh, closed_day, today=local_day(at))
    fresh.closed_day = closed_day
    fresh.save(update_fields=["closed_day"])
    raise_version(held)
    _record("case.proceeding_closed", held, fresh.kind, by=by, at=at)
    return fresh


@transaction.atomic
def add_step(
    *,
    proceeding: Proceeding,
    kind: str,
    day: dt.date,
    words: str = "",
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> Step:
    """Enter what was done in a proceeding. Sent twice, it is entered once.

    Raises ChangedMeanwhileProblem, UnknownCodeError, DayInFutureError, DayTooEarlyError,
    ProceedingClosedError.
    """
    said = words.strip()
    refuse_erased(proceeding.case_id)
    if same := proceeding.steps.filter(kind=kind, day=day, words=said).first():
        return same
    held = locked_at(proceeding.case, base_version)
    if kind not in country().vocabularies["step_kinds"].terms:
        raise UnknownCodeError(code=kind)
    _refuse_day_outside(proceeding, day, today=local_day(at))
    made = Step.objects.create(
        case=held,
        proceeding=proceeding,
        kind=kind,
        day=day,
        words=said,
        recorded_at=at,
        recorded_by_key=uuid.UUID(by.key) if by.kind == USER else None,
    )
    raise_version(held)
    _record("case.step_added", held, kind, by=by, at=at)
    return made


def kinds_by_decision() -> set[str]:
    """The kinds of proceedings that a decision opens; the others are opened by hand."""
    return {kind.opens for kind in country().procedure.kinds.values() if kind.opens}


def _open_by_moves(case: Case) -> Proceeding | None:
    found = case.proceedings.filter(kind__in=kinds_by_decision(), closed_day=None)
    return found.order_by("opened_day", "pk").last()


def _refuse_day_outside(proceeding: Proceeding, day: dt.date, *, today: dt.date) -> None:
    if day > today:
        raise DayInFutureError
    if day < proceeding.opened_day:
        raise DayTooEarlyError(day=proceeding.opened_day.isoformat())
    if proceeding.closed_day is not None and day > proceeding.closed_day:
        raise ProceedingClosedError(day=proceeding.closed_day.isoformat())


def _record(act: str, case: Case, reason_code: str, *, by: Actor, at: dt.datetime) -> None:
    journal.record(
        act=act,
        subject_kind="case",
        subject_key=case.key,
        by=by,
        at=at,
        reason_code=reason_code,
    )
