"""Keys that bundles are sealed to: made ahead, signed by the keepers, destroyed soon after their end."""

import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import Actor
from arasha.channel import keyring
from arasha.channel.models import IngestKey
from arasha.journal import services as journal
from arasha.wire import ingest

# A bundle may lie in a relay or on a stick for so long and is still opened.
KEPT_AFTER = dt.timedelta(days=14)
ONE_DAY = dt.timedelta(days=1)


def make_keys(
    *, count: int, each: dt.timedelta, from_day: dt.date, by: Actor, at: dt.datetime
) -> list[ingest.IngestKey]:
    """Make keys for `count` periods that follow one another; returns the public halves to be signed.

    Who signs them, and when they are believed, is the keepers' business: nothing here is trusted yet.
    """
    starts = [from_day + number * each for number in range(count)]
    return [_make(first, first + each - ONE_DAY, by=by, at=at) for first in starts]


def destroy_old(*, day: dt.date, by: Actor, at: dt.datetime) -> int:
    """Destroy the secret halves of keys whose time is over. Returns how many."""
    over = IngestKey.objects.filter(destroyed_at=None, until_day__lt=day - KEPT_AFTER)
    return sum(_destroy(bytes(each.key_id), by=by, at=at) for each in over)


def _make(first: dt.date, last: dt.date, *, by: Actor, at: dt.datetime) -> ingest.IngestKey:
    secret = ingest.new_secret()
    key = secret.public(from_day=first, until_day=last)
    # The row stands before there is a secret: one without a row would never be destroyed.
    with transaction.atomic():
        IngestKey.objects.create(key_id=key.key_id, from_day=first, until_day=last)
        _record("ingest_key.made", key.key_id, by=by, at=at)
    keyring.keep(secret, key_id=key.key_id)
    return key


@transaction.atomic
def _destroy(key_id: bytes, *, by: Actor, at: dt.datetime) -> bool:
    key = IngestKey.objects.select_for_update().get(pk=key_id)
    if key.destroyed_at is not None:
        return False
    keyring.destroy(key_id)
    key.destroyed_at = at
    key.save(update_fields=["destroyed_at"])
    _record("ingest_key.destroyed", key_id, by=by, at=at)
    return True


def _record(act: str, key_id: bytes, *, by: Actor, at: dt.datetime) -> None:
    journal.record(
        act=act, subject_kind="ingest_key", subject_key=uuid.UUID(bytes=key_id), by=by, at=at
    )
