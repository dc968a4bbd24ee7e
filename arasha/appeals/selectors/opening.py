"""Who stands behind a token: asked before anybody is known, so each row is found by a hash."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from arasha.actors import Actor
from arasha.appeals.models import Errand, ReaderSession
from arasha.people.models import User
from arasha.people.roles import OFFICER
from arasha.people.selectors import posts_held

ERRAND_LASTS = dt.timedelta(minutes=2)
SESSION_IDLES = dt.timedelta(minutes=15)
SESSION_LASTS = dt.timedelta(hours=8)


def is_officer(*, viewer: Actor, at: dt.datetime) -> bool:
    """Whether the viewer holds a post that reads appeals: others have no business in the reader."""
    return posts_held(viewer=viewer, at=at).filter(role=OFFICER).exists()


def errand_behind(*, viewer: Actor, token_hash: str, at: dt.datetime) -> QuerySet[Errand]:
    """The errand of a token that was not used yet and is not too old: one row or none."""
    return Errand.objects.filter(token_hash=token_hash, used_at__isnull=True, expires_at__gt=at)


def session_behind(*, viewer: Actor, token_hash: str, at: dt.datetime) -> ReaderSession | None:
    """The session of a token, unless it idled, ended, or its officer left."""
    at_work = User.objects.filter(pk=OuterRef("user_key"), is_active=True, left_at__isnull=True)
    return ReaderSession.objects.filter(
        Q(used_at__gt=at - SESSION_IDLES) & Q(began_at__gt=at - SESSION_LASTS),
        Exists(at_work),
        token_hash=token_hash,
        ended_at__isnull=True,
    ).first()
