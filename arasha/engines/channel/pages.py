"""What goes to every terminal alike: one stream of records in pages of one size.

Nothing in it is secret, and nothing is believed because it stands there: replies are sealed, files
of the root of trust are signed, checkpoints are notes.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum

from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.frames import END, START, heads

PAGE_BYTES = 65_536
TAG_BYTES = 16  # before each reply
REPLY_DAYS = 400  # so long a reply stands in the stream, and at a terminal
LARGEST_RECORD = 1_048_576  # bytes
NUMBER = "[0-9]{1,15}"  # of a page, as an address names it: no stream is longer
SIGN = struct.Struct(">16sQ")
SIGN_TITLE = b"arasha moved v1\n"
HIGHEST_START = 10**12  # the page on which a stream may begin


class Kind(IntEnum):
    """What a record is. A reader passes over a number that it does not know."""

    REPLY = 1  # the tag (16 bytes), then the sealed reply
    TRUST = 2  # a file of the root of trust: the length of its name (1 byte), the name, the file
    CHECKPOINT = 3  # a signed note of the log
    DIRECTORY = 4  # canonical JSON: names of bodies and places
    FILLER = 5  # noise where a reply stood that is not kept any more: what is behind it stays in its place


@dataclass(frozen=True, slots=True)
class Record:
    """`kind` may be a number that this version does not know."""

    kind: int
    body: bytes

    def to_bytes(self) -> bytes:
        """Raises ChannelError if it is empty or too long."""
        if self.kind == 0 or not 1 <= len(self.body) <= LARGEST_RECORD:
            raise ChannelError(
                f"a record has 1 to {LARGEST_RECORD:,} bytes, got {len(self.body):,}"
            )
        return START.pack(self.kind, len(self.body)) + self.body


def page_at(position: int) -> int:
    """The number (from 0) of the page on which the byte at this position of the stream stands."""
    return position // PAGE_BYTES


def signpost(first: int) -> bytes:
    """What stands on a page that the stream does not have: it begins on the page `first`.

    It fills its page, so that nothing that is sent to one person could be one.
    """
    return (SIGN.pack(SIGN_TITLE, first) * (PAGE_BYTES // SIGN.size + 1))[:PAGE_BYTES]


def sent_to(page: bytes) -> int | None:
    """The page to which a signpost sends; None if this is none."""
    if len(page) != PAGE_BYTES:
        return None
    _, first = SIGN.unpack_from(page)
    return first if first <= HIGHEST_START and page == signpost(first) else None


class Following:
    """Reads records out of pages as they come. Begins at a page on which a record begins.

    A page that is not full ends in zeros; it is asked for again and gives only what is new.
    """

    def __init__(self, page: int = 0) -> None:
        self.page = page
        self._before = b""  # of a record that began on pages before this one
        self._given = 0  # bytes of `_before` and this page that were given out as records

    @classmethod
    def at(cls, position: int) -> "Following":
        """Go on where the `position` of an earlier one was."""
        following = cls(page_at(position))
        following._given = position % PAGE_BYTES
        return following

    @property
    def position(self) -> int:
        """The byte of the stream where the first record begins that was not given out yet."""
        return self.page * PAGE_BYTES - len(self._before) + self._given

    def read(self, data: bytes) -> list[Record]:
        """Take the page `self.page` in; `self.page` is then the one to ask for. Raises ChannelError."""
        if len(data) != PAGE_BYTES:
            raise ChannelError(f"a page has {PAGE_BYTES:,} bytes, got {len(data):,}")
        stream = self._before + data
        records, end, is_full = _records(stream, self._given)
        if is_full:
            self.page += 1
            self._before, self._given = stream[end:], 0
        else:
            self._given = end
        return records


def _records(stream: bytes, at: int) -> tuple[list[Record], int, bool]:
    """The whole records from `at`, where they end, and whether the stream goes on behind them."""
    found: list[Record] = []
    for kind, begin, length in heads(stream, at):
        if not 1 <= length <= LARGEST_RECORD:
            raise ChannelError(f"a record of {length:,} bytes, at most {LARGEST_RECORD:,} are read")
        if begin + length > len(stream):
            break
        at = begin + length
        found.append(Record(kind, stream[begin:at]))
    return found, at, at == len(stream) or stream[at] != END
