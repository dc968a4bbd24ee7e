import datetime as dt

from allauth.mfa.models import Authenticator
from django.db import transaction

from arasha.actors import ANONYMOUS, Actor
from arasha.journal import services as journal
from arasha.people import selectors
from arasha.people.duties import require_manager_of
from arasha.people.errors import (
    HasLeftError,
    LinkDeadError,
    RestorationClosedError,
    SecondPersonNeededError,
)
from arasha.people.models import Restoration, User
from arasha.people.services.leaving import end_sessions
from arasha.people.tokens import new_token

VALID_FOR = dt.timedelta(hours=1)


@transaction.atomic
def ask_restoration(*, user: User, by: Actor, at: dt.datetime) -> Restoration:
    """First hand: say that a person has lost their passkey. Nothing changes yet."""
    if user.left_at is not None:
        raise HasLeftError(name=user.full_name)
    require_manager_of(user=user, by=by, at=at)
    asked = Restoration.objects.create(user=user, asked_by_key=by.key, asked_at=at)
    _record("restoration.asked", asked, by=by, at=at)
    return asked


@transaction.atomic
def confirm_restoration(*, restoration: Restoration, by: Actor, at: dt.datetime) -> str:
    """Second hand: remove the old passkeys and codes, end all sessions, make a link for one hour.

    Returns the token, kept nowhere. Opening keys for sealed appeals are not touched: they live in
    the person's reader, and colleagues cannot restore them. Raises SecondPersonNeededError,
    RestorationClosedError.
    """
    require_manager_of(user=restoration.user, by=by, at=at)
    if by.key == restoration.asked_by_key:
        raise SecondPersonNeededError
    locked = Restoration.objects.select_for_update().get(pk=restoration.pk)
    if locked.confirmed_at or locked.withdrawn_at:
        raise RestorationClosedError
    token, locked.token_hash = new_token()
    locked.confirmed_by_key, locked.confirmed_at = by.key, at
    locked.expires_at = at + VALID_FOR
    locked.save()
    _lock_out(locked.user)
    _record("restoration.confirmed", locked, by=by, at=at)
    return token


@transaction.atomic
def withdraw_restoration(*, restoration: Restoration, by: Actor, at: dt.datetime) -> Restoration:
    """Take a request back before it is confirmed."""
    require_manager_of(user=restoration.user, by=by, at=at)
    locked = Restoration.objects.select_for_update().get(pk=restoration.pk)
    if locked.confirmed_at or locked.withdrawn_at:
        raise RestorationClosedError
    locked.withdrawn_at = at
    locked.save(update_fields=["withdrawn_at"])
    _record("restoration.withdrawn", locked, by=by, at=at)
    return locked


@transaction.atomic
def restore(*, token: str, password: str, at: dt.datetime) -> User:
    """Use the link: a new password, and the way is free to make a new passkey. Raises LinkDeadError."""
    restoration = selectors.restoration_behind(viewer=ANONYMOUS, token=token, at=at)
    if restoration is None or not _claim(restoration, at=at):
        raise LinkDeadError
    user = restoration.user
    user.set_password(password)
    user.save(update_fields=["password"])
    _record("restoration.used", restoration, by=Actor.user(user.pk), at=at)
    return user


def _claim(restoration: Restoration, *, at: dt.datetime) -> bool:
    """True for the first of two clicks."""
    unused = Restoration.objects.filter(pk=restoration.pk, used_at__isnull=True)
    return unused.update(used_at=at) == 1


def _lock_out(user: User) -> None:
    """Until the link is used nobody signs in: without authenticators a password alone would do."""
    Authenticator.objects.filter(user_id=user.pk).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions(user=user)


def _record(act: str, restoration: Restoration, *, by: Actor, at: dt.datetime) -> None:
    journal.record(act=act, subject_kind="person", subject_key=restoration.user_id, by=by, at=at)
