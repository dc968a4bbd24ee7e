"""Who may keep colleagues with a conflict of interest from a record, and whom."""

import datetime as dt
import uuid

from django.db.models import QuerySet

from arasha.access.models import Bar, Grant
from arasha.access.policy import INSTITUTION
from arasha.access.selectors import live, may_ask_who
from arasha.actors import Actor
from arasha.country import local_day
from arasha.people.models import Institution, User
from arasha.people.selectors import in_force, posts_held

LEADS = "supervisor"


def holders_led(
    *, viewer: Actor, kind: str, key: uuid.UUID, at: dt.datetime
) -> QuerySet[Institution]:
    """The institutions that hold a record and that the viewer leads; none to whom it is closed."""
    if not may_ask_who(viewer=viewer, kind=kind, key=key):
        return Institution.objects.none()
    held = Grant.objects.filter(
        live(at), subject_kind=kind, subject_key=key, holder_kind=INSTITUTION, basis="assigned"
    )
    led = posts_held(viewer=viewer, at=at).filter(role=LEADS)
    return Institution.objects.filter(pk__in=led.values("institution_id")).filter(
        pk__in=held.values("holder_key")
    )


def may_bar(*, viewer: Actor, kind: str, key: uuid.UUID, at: dt.datetime) -> bool:
    return holders_led(viewer=viewer, kind=kind, key=key, at=at).exists()


def colleagues(*, viewer: Actor, kind: str, key: uuid.UUID, at: dt.datetime) -> QuerySet[User]:
    """Everybody who holds a post in an institution that holds the record and that the viewer leads."""
    led = holders_led(viewer=viewer, kind=kind, key=key, at=at)
    found = User.objects.filter(
        in_force(local_day(at), "appointments__"),
        appointments__post__institution__in=led,
        left_at__isnull=True,
    )
    return found.distinct().order_by("full_name")


def bars_on(*, viewer: Actor, kind: str, key: uuid.UUID, at: dt.datetime) -> QuerySet[Bar]:
    """Every bar there is or was on a record, newest first, for who may put one up."""
    found = Bar.objects.filter(subject_kind=kind, subject_key=key).order_by("-since_at", "key")
    return found if may_bar(viewer=viewer, kind=kind, key=key, at=at) else found.none()
