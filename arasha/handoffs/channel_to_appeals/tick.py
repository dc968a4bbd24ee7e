"""Replies go to every terminal, sealed, in an order that says nothing."""

import datetime as dt
import secrets
from functools import partial

from django.db import transaction

from arasha.actors import TICK
from arasha.appeals.selectors.arriving import reply_tags
from arasha.channel import services as channel
from arasha.channel.selectors.arriving import bookmark, replies_told
from arasha.country import local_day
from arasha.engines.channel.pages import REPLY_DAYS
from arasha.handoffs.channel_to_appeals.selectors import reply_records

REPLIES, FORGOTTEN = "replies", "forgotten"
# An act that began before midnight may end after a tick of the new day.
AGAIN = dt.timedelta(days=1)


def tick(*, at: dt.datetime) -> int:
    """Write the replies that are new into the stream, and noise over old ones. Returns how many."""
    day = local_day(at)
    acts = (partial(_tell_replies, day=day), partial(_forget, day=day))
    return sum(channel.unless_another_writes(tell=each) for each in acts)


@transaction.atomic
def _tell_replies(*, day: dt.date) -> int:
    said = bookmark(viewer=TICK, source=REPLIES)
    since = dt.date.fromisoformat(said) - AGAIN if said else None
    records = list(reply_records(viewer=TICK, since=since))
    secrets.SystemRandom().shuffle(records)
    done = channel.broadcast(records=records)
    channel.put_bookmark(source=REPLIES, at=day.isoformat())
    return done


@transaction.atomic
def _forget(*, day: dt.date) -> int:
    """Once a day: overwrite the replies that were erased with their appeals, or are too old."""
    if bookmark(viewer=TICK, source=FORGOTTEN) == day.isoformat():
        return 0
    # First what was told: whatever is told meanwhile is not among it.
    told = replies_told(viewer=TICK)
    kept = reply_tags(viewer=TICK, day=day - dt.timedelta(days=REPLY_DAYS))
    done = channel.overwrite(positions=[where for where, tag in told.items() if tag not in kept])
    channel.put_bookmark(source=FORGOTTEN, at=day.isoformat())
    return done
