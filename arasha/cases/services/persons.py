"""The people of a case: entered, and corrected as more becomes known."""

import datetime as dt

from django.db import models, transaction

from arasha.actors import Actor
from arasha.cases.errors.people import BornLaterError, NamesakeError
from arasha.cases.models import Case, Identity, Person
from arasha.cases.telling_apart import About, Who, namesake, next_code
from arasha.cases.versions import entered_before, locked, locked_at, raise_version
from arasha.country import local_day
from arasha.journal import services as journal


@transaction.atomic
def add_person(
    *, case: Case, about: About, who: Who, base_version: int, by: Actor, at: dt.datetime
) -> Person:
    """Enter somebody under a code of the case. Sent twice, it is entered once.

    Raises ChangedMeanwhileProblem, NamesakeError, BornLaterError.
    """
    held = locked(case)
    if held.version != base_version:
        return entered_before(_same(held, about, who))
    _refuse_impossible(held, who, at=at)
    person = Person.objects.create(
        case=held, code=next_code(held, about.role), added_at=at, **about.fields()
    )
    Identity.objects.create(case=held, person=person, **who.fields())
    raise_version(held)
    journal.record(act="case.person_added", subject_kind="case", subject_key=held.key, by=by, at=at)
    return person


@transaction.atomic
def correct_person(
    *, person: Person, about: About, who: Who, base_version: int, by: Actor, at: dt.datetime
) -> Person:
    """Write what is known of somebody now. The code stays, whatever becomes of the role.

    Raises ChangedMeanwhileProblem, NamesakeError, BornLaterError.
    """
    held = locked_at(person.case, base_version)
    _refuse_impossible(held, who, at=at, besides=person)
    Person.objects.filter(pk=person.pk).update(**about.fields())
    Identity.objects.update_or_create(person=person, defaults={"case": held, **who.fields()})
    raise_version(held)
    journal.record(
        act="case.person_corrected", subject_kind="case", subject_key=held.key, by=by, at=at
    )
    person.refresh_from_db()
    return person


def _refuse_impossible(
    case: Case, who: Who, *, at: dt.datetime, besides: Person | None = None
) -> None:
    if who.born.first and who.born.first > local_day(at):
        raise BornLaterError
    if same := namesake(case, who, besides=besides):
        raise NamesakeError(code=same.person.code)


def _same(case: Case, about: About, who: Who) -> models.QuerySet[Person]:
    of_identity = {f"identity__{name}": value for name, value in who.fields().items()}
    return case.persons.filter(**about.fields(), **of_identity)
