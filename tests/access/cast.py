"""People in posts, and records with grants: what the tests of access are made of."""

import datetime as dt
import uuid

from arasha.access import services
from arasha.access.models import Grant
from arasha.access.policy import INSTITUTION, PERSON
from arasha.actors import WORLD, Actor
from arasha.people.models import Appointment, Institution, Post, User

NOW = dt.datetime.now(dt.UTC)
LONG_AGO = NOW - dt.timedelta(days=30)
YESTERDAY = NOW - dt.timedelta(days=1)
TOMORROW = NOW + dt.timedelta(days=1)


def institution(parent: Institution | None = None) -> Institution:
    return Institution.objects.create(
        code=uuid.uuid4().hex, kind="prosecutor", name={"en": "Prosecutor's office"}, parent=parent
    )


def person(
    role: str | None = None,
    at: Institution | None = None,
    *,
    on_duty: bool = False,
    until_day: dt.date | None = None,
) -> User:
    """Somebody; in a post if a role is named."""
    key = uuid.uuid4()
    user = User.objects.create(
        key=key, email=f"{key.hex}@arasha.example", full_name=f"Person {key.hex[:6]}"
    )
    if role is not None:
        appoint(user, role, at or institution(), on_duty=on_duty, until_day=until_day)
    return user


def appoint(
    user: User,
    role: str,
    at: Institution,
    *,
    on_duty: bool = False,
    until_day: dt.date | None = None,
) -> Post:
    post = Post.objects.create(institution=at, role=role, title={"en": role}, on_duty=on_duty)
    Appointment.objects.create(user=user, post=post, from_day=LONG_AGO.date(), until_day=until_day)
    return post


def give(
    kind: str,
    key: uuid.UUID,
    holder: User | Institution,
    basis: str,
    *,
    since_at: dt.datetime = LONG_AGO,
    until_at: dt.datetime | None = None,
    by: Actor = WORLD,
) -> Grant:
    return services.grant(
        subject_kind=kind,
        subject_key=key,
        holder_kind=PERSON if isinstance(holder, User) else INSTITUTION,
        holder_key=holder.pk,
        basis=basis,
        by=by,
        at=since_at,
        until_at=until_at,
    )


def keep_away(kind: str, key: uuid.UUID, user: User, reason_code: str = "accused") -> None:
    services.bar(
        subject_kind=kind,
        subject_key=key,
        user_key=user.pk,
        reason_code=reason_code,
        by=WORLD,
        at=LONG_AGO,
    )


def actor(user: User) -> Actor:
    return Actor.user(user.pk)
