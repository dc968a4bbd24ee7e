"""The minutes of a day in which a terminal was heard: 180 bytes, a bit for each, the first bit first."""

MINUTES = 24 * 60
HOUR = (1 << 60) - 1
NONE = bytes(MINUTES // 8)


def with_minute(minutes: bytes, minute: int) -> bytes:
    """The same day with one more minute (0 to 1,439) in which it was heard."""
    changed = bytearray(minutes)
    changed[minute // 8] |= 0x80 >> minute % 8
    return bytes(changed)


def last_minute(minutes: bytes) -> int | None:
    """The last minute in which it was heard, or None."""
    bits = int.from_bytes(minutes, "big")
    return MINUTES - 1 - ((bits & -bits).bit_length() - 1) if bits else None


def hours_heard(minutes: bytes) -> int:
    """In how many of the 24 hours it was heard at all."""
    bits = int.from_bytes(minutes, "big")
    return sum(bool(bits >> start & HOUR) for start in range(0, MINUTES, 60))
