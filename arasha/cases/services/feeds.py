"""The secret address of somebody's own calendar: made, shown once, revoked."""

import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import Actor
from arasha.cases.models import CalendarFeed
from arasha.journal import services as journal
from arasha.people.tokens import new_token


@transaction.atomic
def make_feed(*, has_numbers: bool, language: str, by: Actor, at: dt.datetime) -> str:
    """Return the token of a new address for `by`; an address they had before answers no more.

    Nobody can read the token again: its hash alone is kept.
    """
    token, token_hash = new_token()
    made = {
        "token_hash": token_hash,
        "made_at": at,
        "has_numbers": has_numbers,
        "language": language,
    }
    CalendarFeed.objects.update_or_create(user_key=by.key, defaults=made)
    _record("feed.made", by=by, at=at)
    return token


@transaction.atomic
def revoke_feed(*, by: Actor, at: dt.datetime) -> bool:
    """The address answers no more. False: there was none."""
    gone, _each = CalendarFeed.objects.filter(user_key=by.key).delete()
    if gone:
        _record("feed.revoked", by=by, at=at)
    return bool(gone)


def _record(act: str, *, by: Actor, at: dt.datetime) -> None:
    journal.record(act=act, subject_kind="person", subject_key=uuid.UUID(by.key), by=by, at=at)
