import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from arasha.actors import Actor
from arasha.people.models import Appointment, Institution, Post, User


def in_force(day: dt.date, prefix: str = "") -> Q:
    """Rows whose from_day/until_day (inclusive) hold on `day`."""
    return Q(**{f"{prefix}from_day__lte": day}) & (
        Q(**{f"{prefix}until_day__isnull": True}) | Q(**{f"{prefix}until_day__gte": day})
    )


def posts_of(*, viewer: Actor, user_key: uuid.UUID | str, day: dt.date) -> QuerySet[Post]:
    """The posts that a person holds on a day."""
    return Post.objects.filter(
        in_force(day, "appointments__"),
        appointments__user_id=user_key,
        appointments__user__left_at__isnull=True,
    ).distinct()


def commanders_of(*, viewer: Actor, place_key: uuid.UUID, day: dt.date) -> QuerySet[Institution]:
    """The institutions that command a place on a day."""
    return Institution.objects.filter(in_force(day, "commands__"), commands__place_id=place_key)


def heads_of(*, viewer: Actor, place_key: uuid.UUID, day: dt.date) -> QuerySet[Appointment]:
    """Who was in charge of this place on that day."""
    return Appointment.objects.filter(
        in_force(day), post__place_id=place_key, post__role="head"
    ).select_related("user", "post__institution")


def find_user(*, viewer: Actor, key: uuid.UUID | str) -> User | None:
    return User.objects.filter(pk=key).first()
