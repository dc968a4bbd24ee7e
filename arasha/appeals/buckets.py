"""A bucket of sealed replies as bytes of one length, so that its size says nothing.

Each place holds the 16 bytes of a tag, the length of the sealed reply in two bytes (big-endian), the
reply itself, and zeros; a place whose length is zero is empty.
"""

from collections.abc import Sequence

from arasha.engines.sealing import TAG_BYTES

# Of 420,000 (70,000 appeals a year, a letter and five states each) about 6 fall into one of 65,536 buckets.
MOST_REPLIES = 32
PLACE_BYTES = 10 * 1024  # a reply with the header of the largest kind of key fits
LENGTH_BYTES = 2


def packed(replies: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Lay (tag, sealed reply) into their places; always MOST_REPLIES * PLACE_BYTES bytes."""
    places = [
        (tag + len(sealed).to_bytes(LENGTH_BYTES, "big") + sealed).ljust(PLACE_BYTES, b"\0")
        for tag, sealed in replies[:MOST_REPLIES]
    ]
    return b"".join(places).ljust(MOST_REPLIES * PLACE_BYTES, b"\0")


def unpacked(bucket: bytes) -> list[tuple[bytes, bytes]]:
    """Take the replies out of a bucket again."""
    places = [bucket[at : at + PLACE_BYTES] for at in range(0, len(bucket), PLACE_BYTES)]
    found = []
    for place in places:
        start = TAG_BYTES + LENGTH_BYTES
        length = int.from_bytes(place[TAG_BYTES:start], "big")
        if length:
            found.append((place[:TAG_BYTES], place[start : start + length]))
    return found
