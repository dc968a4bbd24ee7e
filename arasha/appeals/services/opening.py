import datetime as dt
import hashlib
import secrets
import uuid

from django.db import transaction

from arasha.actors import Actor
from arasha.appeals import selectors
from arasha.appeals.errors import (
    OpeningSpentError,
)
from arasha.appeals.models import (
    Appeal,
    Opening,
    State,
)
from arasha.country import local_day
from arasha.journal import services as journal
from arasha.problems import NotFoundProblem

OPENING_LASTS = dt.timedelta(minutes=2)


@transaction.atomic
def begin_opening(*, appeal: Appeal, by: Actor, at: dt.datetime) -> str:
    """Make a one-time token by which the officer's own reader may fetch this envelope once.

    Raises NotFoundProblem for whoever may not open it.
    """
    if not selectors.may_open(viewer=by, appeal=appeal, at=at):
        raise NotFoundProblem
    token = secrets.token_urlsafe(32)
    Opening.objects.create(
        token_hash=hash_of(token=token),
        appeal=appeal,
        user_key=uuid.UUID(by.key),
        expires_at=at + OPENING_LASTS,
    )
    journal.record(
        act="appeal.opening_begun", subject_kind="appeal", subject_key=appeal.key, by=by, at=at
    )
    return token


@transaction.atomic
def redeem_opening(*, token: str, at: dt.datetime) -> Appeal:
    """Spend a token: the envelope is handed over and the appeal counts as opened.

    Raises OpeningSpentError, and NotFoundProblem if the officer was barred or left meanwhile.
    """
    spent = Opening.objects.filter(
        token_hash=hash_of(token=token), used_at__isnull=True, expires_at__gt=at
    ).update(used_at=at)
    if not spent:
        raise OpeningSpentError
    opening = Opening.objects.select_related("appeal__ciphertext").get(
        token_hash=hash_of(token=token)
    )
    officer, appeal = Actor.user(opening.user_key), opening.appeal
    if not selectors.may_open(viewer=officer, appeal=appeal, at=at):
        raise NotFoundProblem
    if appeal.opened_day is None:
        appeal.opened_day, appeal.state = local_day(at), State.OPENED
        appeal.save(update_fields=["opened_day", "state"])
    journal.record(
        act="appeal.opened", subject_kind="appeal", subject_key=appeal.key, by=officer, at=at
    )
    return appeal


def hash_of(*, token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
