"""Institutions with their people, made through the services that the desk uses."""

import datetime as dt
import uuid

from arasha.actors import WORLD, Actor
from arasha.country import local_day
from arasha.people import services
from arasha.people.models import Institution, Post, User

NOW = dt.datetime.now(dt.UTC)
LONG_AGO = NOW - dt.timedelta(days=400)
SINCE = local_day(LONG_AGO)
NAME = {"kk": "Атауы", "ru": "Название", "en": "Name"}


def institution(kind: str = "prosecutor") -> Institution:
    return services.register_institution(
        code=uuid.uuid4().hex, kind=kind, name=NAME, by=WORLD, at=LONG_AGO
    )


def post(at: Institution, role: str = "prosecutor", *, manages_people: bool = False) -> Post:
    return services.open_post(
        institution=at,
        role=role,
        title=NAME,
        manages_people=manages_people,
        by=WORLD,
        at=LONG_AGO,
    )


def person(in_post: Post | None = None, name: str = "Aigerim Nurlan") -> User:
    """Somebody with an account, in a post if one is given."""
    address = f"{uuid.uuid4().hex}@arasha.example"
    user = services.add_person(email=address, full_name=name, by=WORLD, at=LONG_AGO)
    if in_post is not None:
        services.appoint(user=user, post=in_post, from_day=SINCE, by=WORLD, at=LONG_AGO)
    return user


def manager(at: Institution) -> User:
    return person(post(at, manages_people=True))


def registrar() -> User:
    return person(post(institution("ombudsperson"), "registrar"))


def actor(user: User) -> Actor:
    return Actor.user(user.pk)
