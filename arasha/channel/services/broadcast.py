"""The stream that goes to every terminal alike. It only grows; old replies in it become noise."""

import datetime as dt
import logging
import secrets
from collections.abc import Callable, Iterable
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import F

from arasha.actors import ANONYMOUS
from arasha.channel.models import Bookmark, BroadcastRecord
from arasha.channel.selectors import arriving
from arasha.engines.channel.pages import PAGE_BYTES, Kind, Record, page_at

FRESH_BYTES = 32
logger = logging.getLogger("arasha.loops")


@transaction.atomic
def broadcast(*, records: Iterable[Record]) -> int:
    """Append records in their order, without those that went before. Returns how many went.

    Two at the same time would write at the same byte: the second one fails, and its tick comes again.
    """
    position, done = arriving.length(viewer=ANONYMOUS), 0
    for record in records:
        written = record.to_bytes()
        digest = sha256(written).digest()
        if BroadcastRecord.objects.filter(sha256=digest).exists():
            continue
        BroadcastRecord.objects.create(
            position=position, kind=record.kind, body=record.body, sha256=digest
        )
        position, done = position + len(written), done + 1
    return done


@transaction.atomic
def overwrite(*, positions: Iterable[int]) -> int:
    """Put noise of the same length in place of these records. Returns how many."""
    done = sum(map(_overwrite, BroadcastRecord.objects.filter(position__in=list(positions))))
    if done:  # something new, so that no process goes on giving pages out of its memory
        broadcast(records=[_noise(FRESH_BYTES)])
    return done


@transaction.atomic
def move_on(*, at: dt.datetime) -> int:
    """Put the stream of a restored server on pages that nobody has asked for. Returns the first of them.

    Whoever read further than this copy reaches is sent there, and reads all of it anew. It had less than
    a page for each second since 1970, so that it never comes to a place where it was before.
    """
    after = page_at(arriving.length(viewer=ANONYMOUS)) + 1
    began, begins = arriving.first_page(viewer=ANONYMOUS), max(int(at.timestamp()), after)
    distance = (begins - began) * PAGE_BYTES
    BroadcastRecord.objects.update(position=F("position") + distance)
    return begins


def _overwrite(row: BroadcastRecord) -> bool:
    noise = _noise(len(row.body))
    row.kind, row.body = noise.kind, noise.body
    row.sha256 = sha256(noise.to_bytes()).digest()
    row.save(update_fields=["kind", "body", "sha256"])
    return True


def _noise(size: int) -> Record:
    return Record(Kind.FILLER, secrets.token_bytes(size))


def unless_another_writes(*, tell: Callable[[], int]) -> int:
    """What `tell` wrote; nothing if another machine wrote at the same byte: the next tick writes behind it."""
    try:
        return tell()
    except IntegrityError as error:
        why = str(error).partition("\n")[0]
        logger.warning("Nothing was written to the stream, the next tick tries again: %s", why)
        return 0


def put_bookmark(*, source: str, at: str) -> None:
    """Note how far a source was copied."""
    Bookmark.objects.update_or_create(pk=source, defaults={"at": at})
