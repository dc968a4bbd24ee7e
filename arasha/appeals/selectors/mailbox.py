"""Replies as their writers find them: in buckets of one size, so that asking says nearly nothing."""

from arasha.actors import Actor
from arasha.appeals.models import Reply
from arasha.engines.sealing import TAG_BYTES

TAG_DIGITS = 2 * TAG_BYTES  # in hexadecimal


def replies_by_prefix(*, viewer: Actor, prefix: str, most: int) -> list[tuple[bytes, bytes]]:
    """(tag, sealed reply) of the newest replies whose tag begins so (hexadecimal), at most `most`.

    Open to everybody: a tag says nothing to whoever cannot compute it, a reply opens for its writer.
    """
    low, high = (bytes.fromhex(prefix.ljust(TAG_DIGITS, digit)) for digit in "0f")
    found = Reply.objects.filter(tag__gte=low, tag__lte=high)
    rows = found.order_by("-on_day", "tag").values_list("tag", "sealed")[:most]
    return [(bytes(tag), bytes(sealed)) for tag, sealed in rows]
