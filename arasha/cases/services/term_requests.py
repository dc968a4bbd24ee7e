"""A victim asks that a term be set, and gets an answer."""

import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import Actor
from arasha.cases.errors import DayOutsideTermError, RefusalReasonError, RequestAnsweredError
from arasha.cases.models import Case, Person, TermRequest
from arasha.cases.versions import locked, raise_version
from arasha.country import local_day
from arasha.journal import services as journal
from arasha.problems import ChangedMeanwhileProblem


@transaction.atomic
def ask_for_term(
    *,
    case: Case,
    person: Person | None,
    day: dt.date,
    until_day: dt.date | None = None,
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> TermRequest:
    """Enter that a victim asked for a term on `day`, and until when they want it. Entered once.

    Raises ChangedMeanwhileProblem, DayOutsideTermError.
    """
    held = locked(case)
    same = held.term_requests.filter(
        person=person, asked_day=day, asked_until_day=until_day, answered_day=None
    ).first()
    if same is not None:
        return same
    if held.version != base_version:
        raise ChangedMeanwhileProblem
    _refuse_day(day, first=local_day(held.registered_at), at=at)
    if until_day and until_day < day:
        raise DayOutsideTermError(day=until_day.isoformat(), first=day.isoformat(), last="…")
    made = TermRequest.objects.create(
        case=held,
        person=person,
        asked_day=day,
        asked_until_day=until_day,
        made_by_key=uuid.UUID(by.key),
    )
    _record("case.term_asked", held, by=by, at=at)
    return made


@transaction.atomic
def answer_request(
    *,
    request: TermRequest,
    day: dt.date,
    until_day: dt.date | None,
    reason: str = "",
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> TermRequest:
    """Enter the answer of `day`: a term until a day, or none with the reasons.

    Raises ChangedMeanwhileProblem, RequestAnsweredError, RefusalReasonError, DayOutsideTermError.
    """
    held = locked(request.case)
    asked = TermRequest.objects.get(pk=request.pk)
    if asked.answered_day is not None:
        if (asked.answered_day, asked.set_until_day) == (day, until_day):
            return asked
        raise RequestAnsweredError
    if held.version != base_version:
        raise ChangedMeanwhileProblem
    _refuse_day(day, first=asked.asked_day, at=at)
    if until_day is None and not reason.strip():
        raise RefusalReasonError
    if until_day and until_day < day:
        raise DayOutsideTermError(day=until_day.isoformat(), first=day.isoformat(), last="…")
    asked.answered_day, asked.set_until_day, asked.reason = day, until_day, reason.strip()
    asked.save(update_fields=["answered_day", "set_until_day", "reason"])
    _record("case.term_set" if until_day else "case.term_not_set", held, by=by, at=at)
    return asked


def _refuse_day(day: dt.date, *, first: dt.date, at: dt.datetime) -> None:
    if not first <= day <= local_day(at):
        raise DayOutsideTermError(
            day=day.isoformat(), first=first.isoformat(), last=local_day(at).isoformat()
        )


def _record(act: str, case: Case, *, by: Actor, at: dt.datetime) -> None:
    raise_version(case)
    journal.record(act=act, subject_kind="case", subject_key=case.key, by=by, at=at)
