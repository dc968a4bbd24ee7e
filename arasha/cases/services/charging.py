"""Charges: a person under a provision, in the wording that the rules name."""

import datetime as dt

from django.db import transaction

from arasha.actors import Actor
from arasha.cases import law
from arasha.cases.deciding.errors import (
    ActDayNeededError,
    ActDayOutsideError,
    ChargedAlreadyError,
    ChargeWithdrawnError,
    DayInFutureError,
    DayTooEarlyError,
    NotCoveredError,
    NotSuspectError,
)
from arasha.cases.deciding.states import CHARGED, NOT_YET_JUDGED, SUSPECT
from arasha.cases.models import Allegation, Case, Charge, Person
from arasha.cases.versions import locked_at, raise_version, refuse_erased
from arasha.country import country, local_day
from arasha.journal import services as journal


@transaction.atomic
def charge(
    *,
    person: Person,
    conduct: str,
    part: int | None,
    day: dt.date,
    act_day: dt.date | None = None,
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> Charge:
    """Charge a person; which provision in which wording it is, the rules say. Sent twice, entered once.

    `act_day`: the last day of the act as the charge names it, needed where the wording changed within the
    days that were told. Raises ChangedMeanwhileProblem, NotSuspectError, DayInFutureError,
    DayTooEarlyError, ActDayNeededError, ActDayOutsideError, NotCoveredError, ChargedAlreadyError.
    """
    case = person.case
    refuse_erased(case.pk)
    if case.version != base_version and (same := _same(person, conduct, part, day)):
        return same
    held = locked_at(case, base_version)
    if person.role not in country().vocabularies["person_roles"].meaning("suspect"):
        raise NotSuspectError(code=person.code)
    allegation = law.founding(held)
    _refuse_day(allegation, day, act_day, today=local_day(at))
    facts = law.Facts(conduct, part, person.capacity or law.as_corrected(allegation).capacity)
    question = law.provision_question(allegation=allegation, facts=facts, act_day=act_day)
    asked = law.ask(question)
    provision, since = _named(asked)
    if person.charges.filter(provision=provision, withdrawn_day=None).exists():
        raise ChargedAlreadyError(code=person.code)
    state = CHARGED if person.state in NOT_YET_JUDGED else person.state
    made = Charge.objects.create(
        case=held,
        person=person,
        provision=provision,
        provision_from_day=since,
        conduct=conduct,
        part=part,
        state=state,
        day=day,
        law_question=question,
        law_answer=asked,
        pack_hash=asked["pack_hash"],
    )
    Person.objects.filter(pk=person.pk).update(state=state)
    raise_version(held)
    _record("case.charged", held, by=by, at=at)
    return made


@transaction.atomic
def withdraw_charge(
    *, charge: Charge, day: dt.date, base_version: int, by: Actor, at: dt.datetime
) -> Charge:
    """The charge stands no more; it stays in the register with the day on which it ended.

    Raises ChangedMeanwhileProblem, ChargeWithdrawnError, DayInFutureError, DayTooEarlyError.
    """
    held = locked_at(charge.case, base_version)
    fresh = Charge.objects.get(pk=charge.pk)
    if fresh.withdrawn_day is not None:
        raise ChargeWithdrawnError
    if day > local_day(at):
        raise DayInFutureError
    if day < fresh.day:
        raise DayTooEarlyError(day=fresh.day.isoformat())
    fresh.withdrawn_day = day
    fresh.save(update_fields=["withdrawn_day"])
    person = fresh.person
    if person.state == CHARGED and not person.charges.filter(withdrawn_day=None).exists():
        Person.objects.filter(pk=person.pk).update(state=SUSPECT)
    raise_version(held)
    _record("case.charge_withdrawn", held, by=by, at=at)
    return fresh


def _same(person: Person, conduct: str, part: int | None, day: dt.date) -> Charge | None:
    return person.charges.filter(conduct=conduct, part=part, day=day, withdrawn_day=None).first()


def _refuse_day(
    allegation: Allegation, day: dt.date, act_day: dt.date | None, *, today: dt.date
) -> None:
    if day > today:
        raise DayInFutureError
    first, last = law.as_corrected(allegation).happened_from, law.last_day_of_act(allegation)
    if act_day is not None and not (first or dt.date.min) <= act_day <= last:
        raise ActDayOutsideError(first=first.isoformat() if first else "…", last=last.isoformat())
    if day < (act_day or first or dt.date.min):
        raise DayTooEarlyError(day=(act_day or first or day).isoformat())


def _named(asked: law.Answer) -> tuple[str, dt.date | None]:
    """The provision and the first day of its wording."""
    answer = asked["answers"][0]
    if answer["depends"]:
        raise ActDayNeededError
    if answer["value"] is None:
        raise NotCoveredError
    since = answer["steps"][0]["version_from"]
    return str(answer["value"]), dt.date.fromisoformat(since) if since else None


def _record(act: str, case: Case, *, by: Actor, at: dt.datetime) -> None:
    journal.record(act=act, subject_kind="case", subject_key=case.key, by=by, at=at)
