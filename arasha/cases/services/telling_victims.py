"""Whether the victim was told of a decision: by whom it must be, when, and how."""

import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import Actor
from arasha.cases.deciding.errors import (
    DayInFutureError,
    DayTooEarlyError,
    NotToBeToldError,
    NotVictimError,
    UnknownCodeError,
)
from arasha.cases.models import Decision, Person, Telling
from arasha.cases.versions import locked_at, raise_version, refuse_erased
from arasha.country import country, local_day
from arasha.journal import services as journal


@transaction.atomic
def tell_victim(
    *,
    decision: Decision,
    person: Person | None,
    way: str,
    day: dt.date,
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> Telling:
    """Enter that a victim was told, or could not be. Sent twice, it is entered once.

    `person` None: no victim is entered by name. Raises ChangedMeanwhileProblem, NotToBeToldError,
    NotVictimError, UnknownCodeError, DayInFutureError, DayTooEarlyError.
    """
    refuse_erased(decision.case_id)
    if same := decision.tellings.filter(person=person, way=way, day=day).first():
        return same
    held = locked_at(decision.case, base_version)
    kinds = country().procedure.kinds
    if decision.kind not in kinds or not kinds[decision.kind].tells_victim:
        raise NotToBeToldError
    _refuse_wrong(decision, person, way, day, today=local_day(at))
    made = Telling.objects.create(
        case=held,
        decision=decision,
        person=person,
        way=way,
        day=day,
        recorded_at=at,
        recorded_by_key=uuid.UUID(by.key),
    )
    raise_version(held)
    journal.record(
        act="case.victim_told",
        subject_kind="case",
        subject_key=held.key,
        by=by,
        at=at,
        reason_code=way,
    )
    return made


def _refuse_wrong(
    decision: Decision, person: Person | None, way: str, day: dt.date, *, today: dt.date
) -> None:
    vocabularies = country().vocabularies
    if way not in vocabularies["telling_ways"].terms:
        raise UnknownCodeError(code=way)
    if person is not None and (
        person.case_id != decision.case_id
        or person.role not in vocabularies["person_roles"].meaning("victim")
    ):
        raise NotVictimError(code=person.code)
    if day > today:
        raise DayInFutureError
    if day < decision.day:
        raise DayTooEarlyError(day=decision.day.isoformat())
