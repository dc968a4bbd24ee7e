"""Replies as their writers find them: in buckets of one size, so that asking says nearly nothing."""

from arasha.actors import Actor
from arasha.appeals.models import Reply

PREFIX_DIGITS = 2  # hexadecimal: 256 buckets, each shared by many writers


def replies_by_prefix(*, viewer: Actor, prefix: str, most: int) -> list[tuple[bytes, bytes]]:
    """(tag, sealed reply) of the newest replies whose tag begins so (hexadecimal), at most `most`.

    Open to everybody: a tag says nothing to whoever cannot compute it, a reply opens for its writer.
    """
    low = bytes.fromhex(prefix).ljust(16, b"\x00")
    high = bytes.fromhex(prefix).ljust(16, b"\xff")
    found = Reply.objects.filter(tag__gte=low, tag__lte=high, appeal__erased_day__isnull=True)
    rows = found.order_by("-on_day", "tag").values_list("tag", "sealed")[:most]
    return [(bytes(tag), bytes(sealed)) for tag, sealed in rows]
