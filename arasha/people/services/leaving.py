import datetime as dt

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import QuerySet

from arasha.actors import JOB, Actor
from arasha.country import local_day
from arasha.journal import services as journal
from arasha.people.duties import require_manager_of
from arasha.people.errors import HasLeftError
from arasha.people.models import Appointment, Restoration, User
from arasha.people.selectors import in_force, institutions_managed


@transaction.atomic
def leave(*, user: User, by: Actor, at: dt.datetime) -> User:
    """Somebody has left: posts end, sessions end, and with the posts every grant, at once.

    Whoever still holds a post in an institution that is not the manager's keeps that post and the
    account. Nothing of what they did is touched. Raises HasLeftError, NotYourselfError,
    NotYourPeopleError.
    """
    if user.left_at is not None:
        raise HasLeftError(name=user.full_name)
    require_manager_of(user=user, by=by, at=at)
    _end(_appointments_under(user, by=by, at=at), day=local_day(at))
    if not user.appointments.filter(in_force(local_day(at))).exists():
        user.left_at, user.is_active = at, False
        user.save(update_fields=["left_at", "is_active"])
    end_sessions(user=user)
    Restoration.objects.filter(user=user, used_at=None).update(withdrawn_at=at, token_hash=None)
    journal.record(act="person.left", subject_kind="person", subject_key=user.pk, by=by, at=at)
    return user


def end_sessions(*, user: User) -> None:
    """Sign a person out everywhere."""
    for session in UserSession.objects.filter(user_id=user.pk):
        session.end()


def _appointments_under(user: User, *, by: Actor, at: dt.datetime) -> QuerySet[Appointment]:
    if by.kind == JOB:
        return user.appointments.all()
    managed = institutions_managed(viewer=by, at=at).values("pk")
    return user.appointments.filter(post__institution__in=managed)


def _end(appointments: QuerySet[Appointment], *, day: dt.date) -> None:
    """Yesterday was the last day: what ended today would still hold until midnight."""
    appointments.filter(from_day__gte=day).delete()
    appointments.filter(in_force(day)).update(until_day=day - dt.timedelta(days=1))
