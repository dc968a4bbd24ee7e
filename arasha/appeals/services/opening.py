"""From the desk to the officer's own reader, and the reader's work there until it ends."""

import datetime as dt
import hashlib
import secrets
import uuid

from django.db import transaction

from arasha.actors import ANONYMOUS, Actor
from arasha.appeals import selectors
from arasha.appeals.errors.reader import ErrandSpentError, SessionOverError
from arasha.appeals.errors.work import AlreadyErasedError
from arasha.appeals.locking import locked
from arasha.appeals.models import Appeal, Errand, ErrandKind, ReaderSession, State
from arasha.appeals.recording import record, record_own
from arasha.appeals.selectors import ERRAND_LASTS
from arasha.appeals.services import duty
from arasha.country import local_day
from arasha.notices import services as notices
from arasha.problems import NotFoundProblem

UNTIL_OPENED = ("appeal.arrived", "appeal.unopened")  # bells that somebody's opening stops
# A session's last use is written no oftener: a page of headers must not write for each request.
NOTED_EVERY = dt.timedelta(seconds=10)


@transaction.atomic
def begin_errand(
    *,
    kind: ErrandKind,
    by: Actor,
    at: dt.datetime,
    appeal: Appeal | None = None,
    language: str = "",
) -> str:
    """Make a one-time token with which the officer's own reader comes to the desk.

    `language`: in which the officer sees the desk now; empty: the one they chose for themselves.

    Raises NotFoundProblem for whoever reads no appeals, or may not open this one.
    """
    if not selectors.is_officer(viewer=by, at=at):
        raise NotFoundProblem
    if appeal is not None and not selectors.may_open(viewer=by, appeal=appeal, at=at):
        raise NotFoundProblem
    token = secrets.token_urlsafe(32)
    Errand.objects.create(
        token_hash=hash_of(token=token),
        kind=kind,
        appeal=appeal,
        user_key=uuid.UUID(by.key),
        language=language,
        expires_at=at + ERRAND_LASTS,
    )
    if appeal is None:
        record_own("reader.errand_begun", by=by, at=at)
    else:
        record("appeal.opening_begun", appeal.pk, by=by, at=at)
    return token


@transaction.atomic
def redeem_errand(*, token: str, at: dt.datetime) -> tuple[Errand, str]:
    """Spend an errand's token: the reader's session begins. Returns the errand and its token.

    Raises ErrandSpentError, and NotFoundProblem if the officer was barred or left meanwhile.
    """
    live = selectors.errand_behind(viewer=ANONYMOUS, token_hash=hash_of(token=token), at=at)
    errand = live.select_for_update(of=("self",)).first()
    if errand is None:
        raise ErrandSpentError
    errand.used_at = at
    errand.save(update_fields=["used_at"])
    officer = Actor.user(errand.user_key)
    if not selectors.is_officer(viewer=officer, at=at):
        raise NotFoundProblem
    session = secrets.token_urlsafe(32)
    ReaderSession.objects.create(
        token_hash=hash_of(token=session), user_key=errand.user_key, began_at=at, used_at=at
    )
    record_own("reader.begun", by=officer, at=at)
    return errand, session


@transaction.atomic
def use_session(*, token: str, at: dt.datetime) -> Actor:
    """Say for whom a session's token speaks, and note that it is in use. Raises SessionOverError."""
    session = selectors.session_behind(viewer=ANONYMOUS, token_hash=hash_of(token=token), at=at)
    if session is None:
        raise SessionOverError
    if at - session.used_at > NOTED_EVERY:
        ReaderSession.objects.filter(pk=session.pk).update(used_at=at)
    return Actor.user(session.user_key)


@transaction.atomic
def end_session(*, token: str, by: Actor, at: dt.datetime) -> None:
    """End one session of the reader."""
    ReaderSession.objects.filter(
        token_hash=hash_of(token=token), user_key=by.key, ended_at__isnull=True
    ).update(ended_at=at)
    record_own("reader.ended", by=by, at=at)


@transaction.atomic
def end_sessions(*, by: Actor, at: dt.datetime) -> int:
    """End all sessions of an officer who signs out of the desk. Returns how many."""
    running = ReaderSession.objects.filter(user_key=by.key, ended_at__isnull=True)
    ended = running.update(ended_at=at)
    if ended:
        record_own("reader.ended", by=by, at=at)
    return ended


@transaction.atomic
def open_appeal(*, appeal: Appeal, by: Actor, at: dt.datetime) -> Appeal:
    """Hand an appeal's ciphertext to its officer: from now on it counts as opened.

    Raises NotFoundProblem, AlreadyErasedError.
    """
    if not selectors.may_open(viewer=by, appeal=appeal, at=at):
        raise NotFoundProblem
    if appeal.erased_day is not None:
        raise AlreadyErasedError
    opened = appeal
    if appeal.opened_day is None:
        opened = locked(appeal)
        opened.opened_day = opened.opened_day or local_day(at)
        opened.state = State.OPENED if opened.state == State.RECEIVED else opened.state
        opened.save(update_fields=["opened_day", "state"])
        for kind in UNTIL_OPENED:
            notices.handled(subject_kind="appeal", subject_key=opened.pk, kind=kind, by=by, at=at)
    duty.answer_call(appeal=opened, by=by, at=at)
    record("appeal.opened", opened.pk, by=by, at=at)
    return opened


@transaction.atomic
def note_fetch(*, what: str, by: Actor, at: dt.datetime) -> None:
    """Record that an officer's reader fetched a page of `what`: cards, or headers."""
    record_own(f"reader.{what}_fetched", by=by, at=at)


def hash_of(*, token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
