"""One-time tokens of the people who carry sticks: who brought one in stands in the journal."""

import datetime as dt
import secrets

from django.db import transaction

from arasha.actors import Actor
from arasha.channel.errors.carrying import UnknownTokenError
from arasha.channel.models import CarryToken
from arasha.engines.channel.stick import label_of
from arasha.journal import services as journal

TOKEN_BYTES = 25  # 200 bits
LETTERS_A_WORD = 5


@transaction.atomic
def issue_token(*, by: Actor, at: dt.datetime) -> str:
    """Return a token for one stick, in groups of letters that can be typed; it is kept nowhere."""
    letters = secrets.token_hex(TOKEN_BYTES)
    starts = range(0, len(letters), LETTERS_A_WORD)
    words = [letters[start : start + LETTERS_A_WORD] for start in starts]
    token = " ".join(words)
    made = CarryToken.objects.create(label=label_of(token), issued_at=at)
    _record("stick.token_issued", made, by=by, at=at)
    return token


@transaction.atomic
def redeem_token(*, label: bytes, by: Actor, at: dt.datetime) -> CarryToken:
    """Let in the stick with this label, once. Raises UnknownTokenError, also for a used one."""
    token = CarryToken.objects.select_for_update().filter(label=label, used_at=None).first()
    if token is None:
        raise UnknownTokenError
    token.used_at = at
    token.save(update_fields=["used_at"])
    _record("stick.brought", token, by=by, at=at)
    return token


def _record(act: str, token: CarryToken, *, by: Actor, at: dt.datetime) -> None:
    journal.record(act=act, subject_kind="carry_token", subject_key=token.pk, by=by, at=at)
