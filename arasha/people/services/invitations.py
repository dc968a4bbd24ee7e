import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from arasha.actors import ANONYMOUS, JOB, Actor
from arasha.country import local_day
from arasha.journal import services as journal
from arasha.people import selectors
from arasha.people.duties import require_manager
from arasha.people.errors import (
    AddressTakenError,
    InvitationClosedError,
    LinkDeadError,
    ListFaultsError,
    NotYourPeopleError,
    SecondPersonNeededError,
)
from arasha.people.lists import read_list
from arasha.people.models import Appointment, Invitation, Post, User
from arasha.people.tokens import new_token

VALID_FOR = dt.timedelta(days=7)


@transaction.atomic
def invite(
    *, email: str, full_name: str, post: Post, by: Actor, at: dt.datetime, language: str = ""
) -> Invitation:
    """First hand: name a person for a post. The invitation opens nothing until it is confirmed."""
    require_manager(institution=post.institution, by=by, at=at)
    address = email.strip().lower()
    if _address_taken(address, at=at):
        raise AddressTakenError(email=address)
    invitation = Invitation.objects.create(
        email=address,
        full_name=full_name,
        language=language,
        post=post,
        invited_by_key=by.key,
        invited_at=at,
    )
    _record("invitation.made", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def invite_list(*, text: str, post: Post, by: Actor, at: dt.datetime) -> Sequence[Invitation]:
    """Invite everybody on a pasted list, or nobody: raises ListFaultsError with every bad line."""
    require_manager(institution=post.institution, by=by, at=at)
    people, faults = read_list(text, languages=[code for code, _name in settings.LANGUAGES])
    faults += [
        (line.number, _("%(email)s has an account or an invitation.") % {"email": line.email})
        for line in people
        if _address_taken(line.email, at=at)
    ]
    if faults:
        raise ListFaultsError(lines=sorted(faults))
    return [
        invite(
            email=line.email,
            full_name=line.full_name,
            language=line.language,
            post=post,
            by=by,
            at=at,
        )
        for line in people
    ]


@transaction.atomic
def confirm_invitation(*, invitation: Invitation, by: Actor, at: dt.datetime) -> str:
    """Second hand: make the invitation valid for seven days. Returns the token, kept nowhere.

    Raises SecondPersonNeededError for whoever invited, InvitationClosedError.
    """
    require_manager(institution=invitation.post.institution, by=by, at=at)
    if by.key == invitation.invited_by_key:
        raise SecondPersonNeededError
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.confirmed_at or locked.withdrawn_at:
        raise InvitationClosedError
    token, locked.token_hash = new_token()
    locked.confirmed_by_key, locked.confirmed_at = by.key, at
    locked.expires_at = at + VALID_FOR
    locked.save()
    _record("invitation.confirmed", locked, by=by, at=at)
    return token


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor, at: dt.datetime) -> Invitation:
    """Close an invitation: one people-manager is enough."""
    require_manager(institution=invitation.post.institution, by=by, at=at)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at or locked.withdrawn_at:
        raise InvitationClosedError
    locked.withdrawn_at = at
    locked.save(update_fields=["withdrawn_at"])
    _record("invitation.withdrawn", locked, by=by, at=at)
    return locked


@transaction.atomic
def accept_invitation(*, token: str, password: str, language: str, at: dt.datetime) -> User:
    """Turn a valid invitation into an account with its post. Raises LinkDeadError."""
    invitation = selectors.invitation_behind(viewer=ANONYMOUS, token=token, at=at)
    if invitation is None or not _claim(invitation, at=at):
        raise LinkDeadError
    user = User(
        email=invitation.email,
        full_name=invitation.full_name,
        language=language or invitation.language,
    )
    user.set_password(password)
    user.save(force_insert=True)
    Appointment.objects.create(user=user, post=invitation.post, from_day=local_day(at))
    _record("invitation.accepted", invitation, by=Actor.user(user.pk), at=at)
    return user


@transaction.atomic
def add_person(
    *, email: str, full_name: str, by: Actor, at: dt.datetime, language: str = ""
) -> User:
    """An account without an invitation, for the system's own jobs: the first people of an empty server.

    It has no password, so that nobody signs in before a link was made for them.
    """
    if by.kind != JOB:
        raise NotYourPeopleError
    address = email.strip().lower()
    if _address_taken(address, at=at):
        raise AddressTakenError(email=address)
    user = User(email=address, full_name=full_name, language=language)
    user.set_unusable_password()
    user.save(force_insert=True)
    journal.record(act="person.added", subject_kind="person", subject_key=user.pk, by=by, at=at)
    return user


def _claim(invitation: Invitation, *, at: dt.datetime) -> bool:
    """True for the first of two clicks, and only while nobody has withdrawn it."""
    unused = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    return unused.update(accepted_at=at) == 1


def _address_taken(address: str, *, at: dt.datetime) -> bool:
    waiting = Invitation.objects.filter(
        Q(expires_at__isnull=True) | Q(expires_at__gt=at),
        email=address,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
    )
    return waiting.exists() or User.objects.filter(email__iexact=address).exists()


def _record(act: str, invitation: Invitation, *, by: Actor, at: dt.datetime) -> None:
    journal.record(act=act, subject_kind="invitation", subject_key=invitation.pk, by=by, at=at)
