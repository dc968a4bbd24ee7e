"""Files on a stick, read and written a record at a time: a day of a prison is gigabytes."""

import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.stick import (
    HEAD,
    MOST_RECORDS,
    RECORD_BYTES,
    Head,
    Kind,
    Record,
    Way,
    end_record,
)

SUFFIX = ".bin"  # and before it chance: the name of a file says nothing


def write_files(stick: Path, head: Head, records: Iterable[Record]) -> list[Path]:
    """Write as many files as it takes, at least one, each durable and whole before it has its name.

    Raises OSError if the stick does not take it; a file that has its name stays good.
    """
    written: list[Path] = []
    waiting = iter(records)
    first = next(waiting, None)
    while first is not None or not written:
        some = chain([first] if first is not None else [], islice(waiting, MOST_RECORDS - 1))
        written.append(_write(stick, head, some))
        first = next(waiting, None)
    return written


def files_on(stick: Path, way: Way) -> Iterator["StickFile"]:
    """The files on a stick that go this way; whatever else lies there is passed over."""
    for path in sorted(stick.glob(f"*{SUFFIX}")):
        # A pipe would be waited for without end; a link leads to what is not on the stick.
        if path.is_symlink() or not path.is_file():
            continue
        try:
            with path.open("rb") as file:
                head = Head.parse(file.read(HEAD.size))
        except ChannelError:
            continue
        if head.way == way:
            yield StickFile(path, head)


@dataclass(slots=True)
class FilesRead:
    """How many files of a stick were read, how many records of them were spoilt, and how many files ended early."""

    files: int = 0
    spoilt: int = 0
    cut_off: int = 0

    def count(self, file: "StickFile") -> None:
        """Count a file whose records were walked to their end."""
        self.files += 1
        self.spoilt += file.spoilt
        self.cut_off += not (file.is_whole or file.spoilt)


class StickFile:
    """One file. `spoilt` and `is_whole` are known once `records` has been walked to its end."""

    def __init__(self, path: Path, head: Head) -> None:
        self.path = path
        self.head = head
        self.spoilt = 0  # records that could not be read
        self.is_whole = False  # every record that was written is here and was read

    def records(self) -> Iterator[Record]:
        """Yield what can be read, without the last record. Raises OSError."""
        self.spoilt, self.is_whole, read = 0, False, 0
        with self.path.open("rb") as file:
            file.seek(HEAD.size)
            while data := file.read(RECORD_BYTES):
                try:
                    record = Record.parse(data)
                except ChannelError:
                    self.spoilt += 1
                    continue
                if record.kind is Kind.END:
                    self.is_whole = record.number == read
                    return
                read += 1
                yield record


def _write(stick: Path, head: Head, records: Iterable[Record]) -> Path:
    path = stick / f"{secrets.token_hex(8)}{SUFFIX}"
    beside = path.with_suffix(".part")
    try:
        with beside.open("xb") as file:
            file.write(head.to_bytes())
            count = sum(file.write(each.to_bytes()) for each in records) // RECORD_BYTES
            file.write(end_record(count).to_bytes())
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside.rename(path)
