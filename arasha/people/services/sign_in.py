import datetime as dt

from django.conf import settings
from django.db import transaction

from arasha.actors import Actor
from arasha.journal import services as journal
from arasha.people.errors import LinkDeadError, OnlyInDemoError
from arasha.people.models import SignInLink, User
from arasha.people.tokens import digest, new_token

VALID_FOR = dt.timedelta(minutes=10)


@transaction.atomic
def make_sign_in_link(
    *, user: User, by: Actor, at: dt.datetime, valid_for: dt.timedelta = VALID_FOR
) -> str:
    """The token of a link that signs a person in once. Raises OnlyInDemoError in a real build."""
    if not settings.ARASHA_DEMO_SIGN_IN:
        raise OnlyInDemoError
    token, token_hash = new_token()
    SignInLink.objects.create(user=user, token_hash=token_hash, expires_at=at + valid_for)
    journal.record(
        act="sign_in_link.made", subject_kind="person", subject_key=user.pk, by=by, at=at
    )
    return token


@transaction.atomic
def use_sign_in_link(*, token: str, at: dt.datetime) -> User:
    """Whoever the link is for. Raises OnlyInDemoError, LinkDeadError."""
    if not settings.ARASHA_DEMO_SIGN_IN:
        raise OnlyInDemoError
    link = (
        SignInLink.objects.select_for_update(of=("self",))
        .filter(
            token_hash=digest(token),
            expires_at__gt=at,
            used_at__isnull=True,
            user__left_at__isnull=True,
        )
        .first()
    )
    if link is None:
        raise LinkDeadError
    link.used_at = at
    link.save(update_fields=["used_at"])
    journal.record(
        act="sign_in_link.used",
        subject_kind="person",
        subject_key=link.user_id,
        by=Actor.user(link.user_id),
        at=at,
    )
    return link.user
