"""One-time links by which a newcomer becomes a member of the demo cast."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from arasha.actors import WORLD
from arasha.people import services as people
from arasha.people.models import Appointment

LASTS = dt.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    post: str
    url: str


def links(*, at: dt.datetime) -> list[Link]:
    """A fresh link for everybody who holds a post."""
    language = get_language() or "en"
    held = Appointment.objects.select_related("user", "post__institution").order_by(
        "post__institution__code", "user__full_name"
    )
    return [
        Link(
            name=one.user.full_name,
            post=f"{_in(one.post.title, language)}, {_in(one.post.institution.name, language)}",
            url=settings.ARASHA_DESK_URL + reverse("sign_in", args=[_token(one, at)]),
        )
        for one in held
    ]


def _token(appointment: Appointment, at: dt.datetime) -> str:
    return people.make_sign_in_link(user=appointment.user, by=WORLD, at=at, valid_for=LASTS)


def _in(words: dict[str, str], language: str) -> str:
    return words.get(language) or next(iter(words.values()))
