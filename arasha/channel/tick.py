"""What the channel does by itself: the leaves of days that are over, the stream, the end of old keys."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial

from django.conf import settings
from django.db import transaction

from arasha.actors import TICK
from arasha.channel import directory, services
from arasha.channel.selectors import arriving
from arasha.country import local_day
from arasha.engines.channel.pages import Kind, Record
from arasha.journal.folder import LogFolder
from arasha.trust.selectors import believed_since, trust_file, trust_names
from arasha.wire.trust.names import STAMP

TRUST, CHECKPOINT, DIRECTORY, SAID = "trust", "checkpoint", "directory", "said"
# Each stamp goes out under its lasting name: that is the file after which a terminal reads the others.
_OLD_STAMP = re.compile(r"[0-9]+\.timestamp\.json")


def tick(*, at: dt.datetime) -> int:
    """Close days, destroy keys, throw away what was abandoned. Returns how many of these it did."""
    day = local_day(at)
    return (
        services.close_days(at=at)
        + services.destroy_old(day=day, by=TICK, at=at)
        + services.forget_abandoned(day=day)
    )


def tell(*, at: dt.datetime) -> int:
    """Write what is new for every terminal into the stream. Returns how many records.

    What hinders one of them does not hinder the others.
    """
    directory_now = partial(_tell_directory, at=at)
    checkpoint_now = partial(_tell_checkpoint, day=local_day(at))
    return sum(
        services.unless_another_writes(tell=each)
        for each in (_tell_trust, directory_now, checkpoint_now)
    )


@transaction.atomic
def _tell_trust() -> int:
    since = believed_since(viewer=TICK)
    if since is None or arriving.bookmark(viewer=TICK, source=TRUST) == since.isoformat():
        return 0
    done = services.broadcast(records=_trust_records())
    services.put_bookmark(source=TRUST, at=since.isoformat())
    return done


def _trust_records() -> Iterator[Record]:
    names = [each for each in trust_names(viewer=TICK) if not _OLD_STAMP.fullmatch(each)]
    for name in [*names, STAMP]:
        if content := trust_file(viewer=TICK, name=name):
            yield Record(Kind.TRUST, bytes([len(name)]) + name.encode() + content)


@transaction.atomic
def _tell_directory(*, at: dt.datetime) -> int:
    content = directory.directory(viewer=TICK, day=local_day(at))
    digest = directory.digest_of(content)
    if arriving.bookmark(viewer=TICK, source=DIRECTORY) == digest:
        return 0
    said = directory.said_after(int(arriving.bookmark(viewer=TICK, source=SAID) or 0), at=at)
    done = services.broadcast(
        records=[Record(Kind.DIRECTORY, directory.signed(content, said=said))]
    )
    services.put_bookmark(source=DIRECTORY, at=digest)
    services.put_bookmark(source=SAID, at=str(said))
    return done


@transaction.atomic
def _tell_checkpoint(*, day: dt.date) -> int:
    note = LogFolder(settings.ARASHA_LOG_DIR).checkpoint()
    if note is None or arriving.bookmark(viewer=TICK, source=CHECKPOINT) == day.isoformat():
        return 0
    done = services.broadcast(records=[Record(Kind.CHECKPOINT, str(note).encode())])
    services.put_bookmark(source=CHECKPOINT, at=day.isoformat())
    return done
