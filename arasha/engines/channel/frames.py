"""What stands inside bundles and answers: frames, then zeros up to the one size.

A frame is its type (1 byte), its length (4 bytes, big-endian) and its body; type 0 ends them. A
reader passes over a type that it does not know, so that an older gateway serves a newer terminal.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from arasha.engines.channel.errors import ChannelError

START = struct.Struct(">BI")
END = 0


@dataclass(frozen=True, slots=True)
class Frame:
    type: int
    body: bytes

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return START.size + len(self.body)


def pack_frames(frames: Iterable[Frame], *, size: int) -> bytes:
    """Write frames in their order, padded to `size` bytes. Raises ChannelError if they do not fit."""
    written = b"".join(START.pack(each.type, len(each.body)) + each.body for each in frames)
    if len(written) > size:
        raise ChannelError(f"the frames take {len(written):,} bytes, {size:,} fit")
    return written.ljust(size, b"\0")


def parse_frames(data: bytes) -> Iterator[Frame]:
    """Read frames up to the end. Raises ChannelError at one that is longer than what is there."""
    at = 0
    while at < len(data) and data[at] != END:
        if len(data) - at < START.size:
            raise ChannelError(f"a frame begins {len(data) - at} bytes before the end")
        type_, length = START.unpack_from(data, at)
        at += START.size
        if length > len(data) - at:
            raise ChannelError(f"a frame of {length:,} bytes, {len(data) - at:,} are left")
        yield Frame(type_, data[at : at + length])
        at += length
    if data[at:].strip(b"\0"):
        raise ChannelError("behind the last frame stands something else than zeros")
