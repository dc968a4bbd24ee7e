"""Places with terminals, and the people who keep them running."""

import datetime as dt
import uuid

from arasha.actors import WORLD, Actor
from arasha.channel.models import Heartbeat
from arasha.channel.upkeep.minutes import NONE, with_minute
from arasha.country import country, local_day
from arasha.people import services as people
from arasha.people.models import Institution, Post
from arasha.places import services as places
from arasha.places.models import Device, Place
from tests.people.cast import LONG_AGO, NAME, NOW, SINCE, institution, person

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
TODAY = local_day(NOW)


def place(*, official: bool = True) -> Place:
    region = places.register_region(code="samal", name=NAME)
    return places.register_place(
        code=uuid.uuid4().hex,
        name=NAME,
        region=region,
        kind="correctional-institution",
        official=official,
        by=WORLD,
        at=LONG_AGO,
    )


def terminal(at: Place | None = None, *, enrolled_at: dt.datetime = LONG_AGO) -> Device:
    return Device.objects.create(
        place=at or place(),
        kind="terminal",
        public_key=uuid.uuid4().bytes * 2,
        enrolled_at=enrolled_at,
    )


def somebody(role: str, *, leads: Place | None = None, office: Institution | None = None) -> Actor:
    """A person in a post; `leads`: the place whose post it is."""
    post: Post = people.open_post(
        institution=office or institution("ombudsperson"),
        role=role,
        title=NAME,
        place=leads,
        by=WORLD,
        at=LONG_AGO,
    )
    return Actor.user(person(post).pk)


def hear(device: Device, *, at: dt.datetime = NOW) -> None:
    """A bundle of the terminal came in this minute."""
    here = at.astimezone(country().timezone)
    row, _ = Heartbeat.objects.get_or_create(
        device=device, day=here.date(), defaults={"minutes": NONE}
    )
    row.minutes = with_minute(bytes(row.minutes), here.hour * 60 + here.minute)
    row.save()


__all__ = ["LONG_AGO", "NOW", "SINCE", "TODAY", "hear", "place", "somebody", "terminal"]
