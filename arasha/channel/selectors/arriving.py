import datetime as dt
import uuid
from collections.abc import Collection
from functools import lru_cache

from django.db.models import BinaryField, Func
from django.db.models.functions import Length

from arasha.actors import Actor
from arasha.channel.models import Bookmark, BroadcastRecord, DeliveryDay, Piece, Refusal, Taken
from arasha.channel.models.arriving import Beginning
from arasha.engines.channel import up
from arasha.engines.channel.down import Became, State
from arasha.engines.channel.frames import START
from arasha.engines.channel.pages import (
    PAGE_BYTES,
    TAG_BYTES,
    Kind,
    Record,
    page_at,
    signpost,
)
from arasha.engines.channel.sending import bitmap
from arasha.places.models import Device

PAGES_KEPT = 16


def device_of(*, viewer: Actor, terminal: uuid.UUID) -> Device | None:
    """The enrolled device with this key, unless it is revoked."""
    known = Device.objects.select_related("place").filter(revoked_at=None)
    return known.filter(pk=terminal).first()


def settled(*, viewer: Actor, names: Collection[bytes]) -> set[bytes]:
    """Those of these objects that need no more pieces: taken or refused."""
    gone = [
        each.objects.filter(pk__in=names).values_list("pk", flat=True) for each in (Taken, Refusal)
    ]
    return {bytes(name) for found in gone for name in found}


def state_of(*, viewer: Actor, name: bytes) -> State:
    """What became of an object, as far as pieces tell; whether a filing is kept, its leaf tells."""
    if refused := Refusal.objects.filter(pk=name).first():
        return State(name, Became.REFUSED, refused.problem.encode())
    if Taken.objects.filter(pk=name).exists():
        return State(name, Became.KEPT)
    rows = list(Piece.objects.filter(object=name).values_list("total", "number"))
    if not rows:
        return State(name, Became.UNKNOWN)
    total = rows[0][0]
    here = {number for each, number in rows if each == total}
    return State(name, Became.PARTLY, bitmap(here, pieces=up.pieces_of(total)))


def waiting_for(*, viewer: Actor, leaf: bytes) -> set[bytes]:
    """The attachments that came before their filing, by the leaf hash with which they begin."""
    named = Piece.objects.alias(leaf=Beginning("data")).filter(leaf=leaf)
    first = named.filter(kind=up.Kind.ATTACHMENT, number=0)
    return {bytes(name) for name in first.values_list("object", flat=True)}


def length(*, viewer: Actor) -> int:
    """How many bytes the stream to the terminals has."""
    last = BroadcastRecord.objects.order_by("-position").first()
    return last.position + START.size + len(last.body) if last else 0


def page(*, viewer: Actor, number: int) -> bytes:
    """A page of the stream, for everybody; zeros while there is none.

    Whoever asks for one that it does not have is sent to its first one, and reads it anew: the
    stream was moved on, or something that is no gateway led there.
    """
    written = BroadcastRecord.objects.annotate(bytes=Length("body"))
    newest = written.order_by("-position").values_list("position", "sha256", "bytes").first()
    if newest is None:
        return bytes(PAGE_BYTES)
    position, digest, size = newest
    begin = first_page(viewer=viewer)
    if not begin <= number <= page_at(position + START.size + size):
        return signpost(begin)
    return _page(number, position, bytes(digest))


def first_page(*, viewer: Actor) -> int:
    """The page on which the stream begins: 0 until the server was restored."""
    position = BroadcastRecord.objects.order_by("position").values_list("position", flat=True)
    return page_at(position.first() or 0)


@lru_cache(maxsize=PAGES_KEPT)
def _page(number: int, newest: int, sha256: bytes) -> bytes:
    """The page, as long as that record is the newest one."""
    start, end = number * PAGE_BYTES, (number + 1) * PAGE_BYTES
    before = BroadcastRecord.objects.filter(position__lte=start).order_by("-position")[:1]
    inside = BroadcastRecord.objects.filter(position__gt=start, position__lt=end)
    rows = [*before, *inside.order_by("position")]
    written = b"".join(Record(row.kind, bytes(row.body)).to_bytes() for row in rows)
    skipped = start - rows[0].position if rows else 0
    return written[skipped : skipped + PAGE_BYTES].ljust(PAGE_BYTES, b"\0")


def delivery(*, viewer: Actor, terminal: uuid.UUID, chain: int, day: dt.date) -> DeliveryDay | None:
    """What came of a chain on a day that is over, for whoever knows the terminal's UUID."""
    closed = DeliveryDay.objects.select_related("chain").exclude(leaf_hash=None)
    return closed.filter(chain__device_id=terminal, chain__number=chain, day=day).first()


def deliveries(
    *, viewer: Actor, terminal: uuid.UUID, chain: int, since: dt.date
) -> list[DeliveryDay]:
    """The days of a chain that are over, from a day on."""
    closed = DeliveryDay.objects.select_related("chain").exclude(leaf_hash=None)
    mine = closed.filter(chain__device_id=terminal, chain__number=chain, day__gte=since)
    return list(mine.order_by("day"))


def replies_told(*, viewer: Actor) -> dict[int, bytes]:
    """The tag of each reply in the stream, by the byte where its record begins."""
    told = BroadcastRecord.objects.filter(kind=Kind.REPLY)
    tags = told.annotate(
        tag=Func("body", 1, TAG_BYTES, function="SUBSTR", output_field=BinaryField())
    )
    return {position: bytes(tag) for position, tag in tags.values_list("position", "tag")}


def bookmark(*, viewer: Actor, source: str) -> str:
    """How far a source was copied into the stream; empty if never."""
    found = Bookmark.objects.filter(pk=source).first()
    return found.at if found else ""
