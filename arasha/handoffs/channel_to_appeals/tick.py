"""Replies go to every terminal, sealed, in an order that says nothing."""

import datetime as dt
import secrets
from functools import partial

from django.db import transaction

from arasha.actors import TICK
from arasha.channel import services as channel
from arasha.channel.selectors.arriving import bookmark
from arasha.country import local_day
from arasha.handoffs.channel_to_appeals.selectors import reply_records

REPLIES = "replies"
# An act that began before midnight may end after a tick of the new day.
AGAIN = dt.timedelta(days=1)


def tick(*, at: dt.datetime) -> int:
    """Write the replies that are new into the stream. Returns how many."""
    replies = partial(_tell_replies, day=local_day(at))
    return channel.unless_another_writes(tell=replies)


@transaction.atomic
def _tell_replies(*, day: dt.date) -> int:
    said = bookmark(viewer=TICK, source=REPLIES)
    since = dt.date.fromisoformat(said) - AGAIN if said else None
    records = list(reply_records(viewer=TICK, since=since))
    secrets.SystemRandom().shuffle(records)
    done = channel.broadcast(records=records)
    channel.put_bookmark(source=REPLIES, at=day.isoformat())
    return done
