"""What the line to the terminals asks of appeals: nothing that says what is in one, or whose it is."""

import datetime as dt

from arasha.actors import Actor
from arasha.appeals.models import Appeal, Reply


def received_on(*, viewer: Actor, leaf_hash: bytes) -> dt.date | None:
    """The day on which the appeal with this leaf came; None if there is no such appeal."""
    found = Appeal.objects.filter(leaf_hash=leaf_hash)
    return found.values_list("received_day", flat=True).first()


def reply_tags(*, viewer: Actor, day: dt.date) -> set[bytes]:
    """The tags of all replies that are kept and were written on a day or later."""
    return set(map(bytes, Reply.objects.filter(on_day__gte=day).values_list("tag", flat=True)))


def replies_since(*, viewer: Actor, day: dt.date | None) -> list[tuple[bytes, bytes]]:
    """(tag, sealed reply) of the replies written on a day or later; of all with None. Sealed, for everybody."""
    found = Reply.objects.filter(on_day__gte=day) if day else Reply.objects.all()
    return [(bytes(tag), bytes(sealed)) for tag, sealed in found.values_list("tag", "sealed")]
