"""What a stick carries where there is no line: bundles out of the prison, answers and pages in.

A file is a head and then records of one size, each with its own hash: what a bad stick has spoilt
is passed over, and the rest counts. A last record says how many there are, so that a file that was
cut off is known as such.
"""

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from itertools import islice

from arasha.engines.channel.bundle import BUNDLE_BYTES
from arasha.engines.channel.delivery import MOST_BYTES
from arasha.engines.channel.down import ANSWER_BYTES
from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.pages import PAGE_BYTES

TITLE = b"arasha stick v1\n"
LABEL_BYTES = 16
NO_LABEL = bytes(LABEL_BYTES)
HEAD = struct.Struct(">16sB16sQ23x")
BODY_BYTES = 65_536  # a bundle, a page, or four answers
START = struct.Struct(">32sBQ")
RECORD_BYTES = START.size + BODY_BYTES
ANSWERS_A_RECORD = BODY_BYTES // ANSWER_BYTES
# A file of FAT32, which most sticks have, holds less than 4 GiB; whoever writes more begins another.
MOST_RECORDS = 16_384


class Way(IntEnum):
    """UP carries bundles to the gateway, DOWN what comes back to the relay."""

    UP = 1
    DOWN = 2


class Kind(IntEnum):
    """What a record is, and what its `number` says."""

    END = 0  # how many records stand before it
    BUNDLE = 1  # 0
    ANSWERS = 2  # how many
    PAGE = 3  # which
    DELIVERY = 4  # how many bytes: what the gateway says of the leaf of a day


@dataclass(frozen=True, slots=True)
class Head:
    """`label` names the monitor's token, zeros if there is none; a file back repeats it.

    `page`: in a file up the first page of the broadcast that the relay has not got whole.
    """

    way: Way
    label: bytes = NO_LABEL
    page: int = 0

    def to_bytes(self) -> bytes:
        """64 bytes. Raises ChannelError for a field out of form."""
        if len(self.label) != LABEL_BYTES or not 0 <= self.page < 2**64:
            raise ChannelError(f"a stick has a label of {LABEL_BYTES} bytes and a page from 0")
        return HEAD.pack(TITLE, self.way, self.label, self.page)

    @classmethod
    def parse(cls, data: bytes) -> "Head":
        """Raises ChannelError unless `data` is what `to_bytes` writes."""
        if len(data) != HEAD.size:
            raise ChannelError(f"a stick's file begins with {HEAD.size} bytes, got {len(data)}")
        title, way, label, page = HEAD.unpack(data)
        if title != TITLE or way not in iter(Way):
            raise ChannelError("this is no file of a stick")
        head = cls(Way(way), label, page)
        if head.to_bytes() != data:
            raise ChannelError("behind the head of a stick's file stands something else than zeros")
        return head


@dataclass(frozen=True, slots=True)
class Record:
    kind: Kind
    number: int
    body: bytes

    def to_bytes(self) -> bytes:
        """`RECORD_BYTES`. Raises ChannelError for a body that is too long."""
        if len(self.body) > BODY_BYTES or not 0 <= self.number < 2**64:
            raise ChannelError(f"a record holds {BODY_BYTES:,} bytes, got {len(self.body):,}")
        body = self.body.ljust(BODY_BYTES, b"\0")
        return START.pack(_hash(self.kind, self.number, body), self.kind, self.number) + body

    @classmethod
    def parse(cls, data: bytes) -> "Record":
        """Read one; END has an empty body. Raises ChannelError if it is cut off or spoilt."""
        if len(data) != RECORD_BYTES:
            raise ChannelError(f"a record has {RECORD_BYTES:,} bytes, got {len(data):,}")
        digest, kind, number = START.unpack_from(data)
        body = data[START.size :]
        if digest != _hash(kind, number, body):
            raise ChannelError("the record is spoilt: it has another hash")
        if kind not in iter(Kind):
            raise ChannelError(f"a record of the kind {kind}")
        return cls(Kind(kind), number, body[: _length(Kind(kind), number)])

    def answers(self) -> list[bytes]:
        """The answers in a record of ANSWERS, whole; nobody has read them yet."""
        return [self.body[at : at + ANSWER_BYTES] for at in range(0, len(self.body), ANSWER_BYTES)]


def bundle_record(bundle: bytes) -> Record:
    """Raises ChannelError for another length."""
    return Record(Kind.BUNDLE, 0, _sized(bundle, BUNDLE_BYTES))


def page_record(number: int, page: bytes) -> Record:
    """Raises ChannelError for another length."""
    return Record(Kind.PAGE, number, _sized(page, PAGE_BYTES))


def delivery_record(delivery: bytes) -> Record:
    """The bytes of a `ProvedDelivery`. Raises ChannelError if they are too long."""
    if len(delivery) > MOST_BYTES:
        raise ChannelError(f"{len(delivery):,} bytes are no delivery: at most {MOST_BYTES:,}")
    return Record(Kind.DELIVERY, len(delivery), delivery)


def answer_records(answers: Iterable[bytes]) -> Iterator[Record]:
    """Four answers a record, fewer in the last one. Raises ChannelError for another length."""
    waiting = iter(answers)
    while some := [_sized(each, ANSWER_BYTES) for each in islice(waiting, ANSWERS_A_RECORD)]:
        yield Record(Kind.ANSWERS, len(some), b"".join(some))


def end_record(count: int) -> Record:
    """The last record of a file, which says how many stand before it."""
    return Record(Kind.END, count, b"")


def label_of(words: str) -> bytes:
    """The label of a monitor's one-time token, however it was typed: spaces and case are nothing."""
    plain = "".join(unicodedata.normalize("NFKC", words).casefold().split())
    return sha256(b"arasha stick token v1\n" + plain.encode()).digest()[:LABEL_BYTES]


def _length(kind: Kind, number: int) -> int:
    match kind:
        case Kind.END:
            return 0
        case Kind.ANSWERS if 1 <= number <= ANSWERS_A_RECORD:
            return number * ANSWER_BYTES
        case Kind.DELIVERY if number <= MOST_BYTES:
            return number
        case Kind.ANSWERS | Kind.DELIVERY:
            raise ChannelError(f"a record that says {number:,} holds less")
    return BODY_BYTES


def _sized(data: bytes, size: int) -> bytes:
    if len(data) != size:
        raise ChannelError(f"a record of a stick needs {size:,} bytes, got {len(data):,}")
    return data


def _hash(kind: int, number: int, body: bytes) -> bytes:
    return sha256(struct.pack(">BQ", kind, number) + body).digest()
