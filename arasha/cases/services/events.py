"""Who did what to whom: events, the acts in them, and who had which part."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction

from arasha.actors import Actor
from arasha.cases.errors.people import (
    AlreadyInvolvedError,
    EventInFutureError,
    NoStateChangeError,
    NotOfThisCaseError,
    OwnVictimError,
)
from arasha.cases.models import Act, Case, Event, Involvement, Person
from arasha.cases.versions import entered_before, locked, locked_at, raise_version
from arasha.country import local_day
from arasha.engines.dates import UNKNOWN, Partial
from arasha.journal import services as journal
from arasha.places.models import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Where and when, as far as somebody knows: a place of the register, or words, or neither."""

    place: Place | None = None
    where: str = ""
    day: Partial = field(default=UNKNOWN)
    words: str = ""  # the date as it was told

    def fields(self) -> dict[str, object]:
        return {
            "place": self.place,
            "where": self.where,
            "first_day": self.day.first,
            "last_day": self.day.last,
            "words": self.words,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done to whom; a victim whom nobody knows yet is None."""

    victim: Person | None = None
    methods: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    harm: str = ""

    def fields(self) -> dict[str, object]:
        return {
            "victim": self.victim,
            "methods": list(self.methods),
            "criteria": list(self.criteria),
            "harm": self.harm,
        }


@transaction.atomic
def add_event(
    *, case: Case, happened: Happened, base_version: int, by: Actor, at: dt.datetime
) -> Event:
    """Enter something that happened. Sent twice, it is entered once.

    Raises ChangedMeanwhileProblem, EventInFutureError.
    """
    held = locked(case)
    if held.version != base_version:
        return entered_before(held.events.filter(**happened.fields()))
    _refuse_future(happened, at=at)
    event = Event.objects.create(case=held, added_at=at, **happened.fields())
    raise_version(held)
    journal.record(act="case.event_added", subject_kind="case", subject_key=held.key, by=by, at=at)
    return event


@transaction.atomic
def correct_event(
    *, event: Event, happened: Happened, base_version: int, by: Actor, at: dt.datetime
) -> Event:
    """Write where and when it happened as far as it is known now.

    Raises ChangedMeanwhileProblem, EventInFutureError.
    """
    held = locked_at(event.case, base_version)
    _refuse_future(happened, at=at)
    Event.objects.filter(pk=event.pk).update(**happened.fields())
    raise_version(held)
    journal.record(
        act="case.event_corrected", subject_kind="case", subject_key=held.key, by=by, at=at
    )
    event.refresh_from_db()
    return event


@transaction.atomic
def add_act(*, event: Event, done: Done, base_version: int, by: Actor, at: dt.datetime) -> Act:
    """Enter one act against one person. Sent twice, it is entered once.

    Raises ChangedMeanwhileProblem, NotOfThisCaseError.
    """
    held = locked(event.case)
    if held.version != base_version:
        return entered_before(event.acts.filter(**done.fields()))
    _refuse_stranger(held, done.victim)
    act = Act.objects.create(case=held, event=event, added_at=at, **done.fields())
    raise_version(held)
    journal.record(act="case.act_added", subject_kind="case", subject_key=held.key, by=by, at=at)
    return act


@transaction.atomic
def correct_act(*, act: Act, done: Done, base_version: int, by: Actor, at: dt.datetime) -> Act:
    """Write what was done as far as it is known now.

    Raises ChangedMeanwhileProblem, NotOfThisCaseError, OwnVictimError.
    """
    held = locked_at(act.case, base_version)
    _refuse_stranger(held, done.victim)
    if done.victim and act.involvements.filter(person=done.victim).exists():
        raise OwnVictimError
    Act.objects.filter(pk=act.pk).update(**done.fields())
    raise_version(held)
    journal.record(
        act="case.act_corrected", subject_kind="case", subject_key=held.key, by=by, at=at
    )
    act.refresh_from_db()
    return act


@transaction.atomic
def involve(
    *,
    act: Act,
    person: Person,
    degree: str,
    capacity: str,
    state: str,
    since_day: dt.date,
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> Involvement:
    """Enter somebody's part in an act. Sent twice, it is entered once.

    Raises ChangedMeanwhileProblem, NotOfThisCaseError, OwnVictimError, AlreadyInvolvedError.
    """
    held = locked(act.case)
    said = {"degree": degree, "capacity": capacity, "state": state, "since_day": since_day}
    if held.version != base_version:
        return entered_before(act.involvements.filter(person=person, **said))
    _refuse_stranger(held, person)
    if person.pk == act.victim_id:
        raise OwnVictimError
    if act.involvements.filter(person=person, degree=degree).exists():
        raise AlreadyInvolvedError
    part = Involvement.objects.create(case=held, act=act, person=person, **said)
    raise_version(held)
    journal.record(act="case.involved", subject_kind="case", subject_key=held.key, by=by, at=at)
    return part


@transaction.atomic
def change_state(
    *,
    part: Involvement,
    state: str,
    since_day: dt.date,
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> Involvement:
    """Write how somebody's part is regarded now: alleged, charged, convicted.

    Raises ChangedMeanwhileProblem, NoStateChangeError.
    """
    held = locked(part.case)
    now = Involvement.objects.filter(pk=part.pk)
    if held.version != base_version:
        return entered_before(now.filter(state=state, since_day=since_day))
    if since_day < part.since_day:
        raise NoStateChangeError(day=part.since_day.isoformat())
    now.update(state=state, since_day=since_day)
    raise_version(held)
    journal.record(
        act="case.involvement_changed", subject_kind="case", subject_key=held.key, by=by, at=at
    )
    part.refresh_from_db()
    return part


def _refuse_future(happened: Happened, *, at: dt.datetime) -> None:
    if happened.day.first and happened.day.first > local_day(at):
        raise EventInFutureError


def _refuse_stranger(case: Case, person: Person | None) -> None:
    if person is not None and person.case_id != case.pk:
        raise NotOfThisCaseError
