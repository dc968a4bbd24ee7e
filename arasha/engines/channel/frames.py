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


def heads(data: bytes, at: int = 0) -> Iterator[tuple[int, int, int]]:
    """The type, where its body begins and its length: of each head that is here whole, up to the end."""
    while at < len(data) and data[at] != END and len(data) - at >= START.size:
        type_, length = START.unpack_from(data, at)
        at += START.size
        yield type_, at, length
        at += length


def parse_frames(data: bytes) -> Iterator[Frame]:
    """Read frames up to the end. Raises ChannelError at one that is longer than what is there."""
    end = 0
    for type_, begin, length in heads(data):
        end = begin + length
        if end > len(data):
            raise ChannelError(f"a frame of {length:,} bytes, {len(data) - begin:,} are left")
        yield Frame(type_, data[begin:end])
    if data[end:].strip(b"\0"):
        raise ChannelError("behind the last frame stands something else than zeros")
