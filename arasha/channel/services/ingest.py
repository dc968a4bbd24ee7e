"""Keys that bundles are sealed to: made ahead, signed by the keepers, destroyed soon after their end."""

import datetime as dt

from django.db import transaction

from arasha.channel import keyring
from arasha.channel.models import IngestKey
from arasha.wire import ingest

# A bundle may lie in a relay or on a stick for so long and is still opened.
KEPT_AFTER = dt.timedelta(days=14)


@transaction.atomic
def make_keys(*, count: int, each: dt.timedelta, from_day: dt.date) -> list[ingest.IngestKey]:
    """Make keys for `count` periods that follow one another; returns the public halves to be signed.

    Who signs them, and when they are believed, is the keepers' business: nothing here is trusted yet.
    """
    made = []
    for number in range(count):
        first = from_day + number * each
        secret = ingest.new_secret()
        key = secret.public(from_day=first, until_day=first + each - dt.timedelta(days=1))
        keyring.keep(secret, key_id=key.key_id)
        IngestKey.objects.create(key_id=key.key_id, from_day=key.from_day, until_day=key.until_day)
        made.append(key)
    return made


def destroy_old(*, day: dt.date, at: dt.datetime) -> int:
    """Destroy the secret halves of keys whose time is over. Returns how many."""
    over = IngestKey.objects.filter(destroyed_at=None, until_day__lt=day - KEPT_AFTER)
    for key in over:
        keyring.destroy(bytes(key.key_id))
        key.destroyed_at = at
        key.save(update_fields=["destroyed_at"])
    return len(over)
