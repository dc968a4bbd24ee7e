"""Who may change the registers: questions that refuse."""

import datetime as dt

from arasha.actors import JOB, USER, Actor
from arasha.country import local_day
from arasha.people import selectors
from arasha.people.errors import (
    NotForYouToKnowError,
    NotRegistrarError,
    NotYourPeopleError,
    NotYourselfError,
)
from arasha.people.models import Institution, User


def require_registrar(*, by: Actor, at: dt.datetime) -> None:
    if by.kind != JOB and not selectors.is_registrar(viewer=by, at=at):
        raise NotRegistrarError


def require_knowing(*, official: bool, by: Actor, at: dt.datetime) -> None:
    """An unofficial place is entered by those who may see it afterwards."""
    if not official and not selectors.knows_unofficial(viewer=by, at=at):
        raise NotForYouToKnowError


def require_manager(*, institution: Institution, by: Actor, at: dt.datetime) -> None:
    """Only its own people-managers manage the people of an institution."""
    if by.kind == JOB:
        return
    if not selectors.institutions_managed(viewer=by, at=at).filter(pk=institution.pk).exists():
        raise NotYourPeopleError


def require_somebody_else(*, user: User, by: Actor) -> None:
    """A post opens records: nobody gives one to themselves."""
    if by.kind == USER and by.key == str(user.pk):
        raise NotYourselfError


def require_manager_of(*, user: User, by: Actor, at: dt.datetime) -> None:
    """A people-manager of an institution where this person, somebody else, holds a post."""
    require_somebody_else(user=user, by=by)
    if by.kind == JOB:
        return
    theirs = selectors.posts_of(viewer=by, user_key=user.pk, day=local_day(at))
    managed = selectors.institutions_managed(viewer=by, at=at)
    if not managed.filter(pk__in=theirs.values("institution_id")).exists():
        raise NotYourPeopleError
