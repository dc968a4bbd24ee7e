"""The log on disk: tiles, bundles of entries, codes and the checkpoint, as any mirror serves them."""

import datetime as dt
import fcntl
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from shutil import rmtree

from arasha.engines.notes import Note, filing_code, first_with_code, parse_note
from arasha.engines.translog import (
    Checkpoint,
    Tile,
    entry_bundle,
    node_hash,
    read_entry_bundle,
    read_hash_tile,
)
from arasha.engines.translog.hashes import HASH_BYTES
from arasha.engines.translog.tiles import HEIGHT, WIDTH
from arasha.journal.errors import LogDamagedError
from arasha.journal.lastcheckpoint import NOTHING_SIGNED, State

CHECKPOINT = "checkpoint"
WITNESSED = "witnessed"  # the newest checkpoint that had enough cosignatures; the same form
CODES = "code"
TIMESTAMPS = "timestamps"
PREFIX_DIGITS = 4
HEX_DIGITS = 2 * HASH_BYTES
TILES_KEPT = 256  # about 10 MB; the upper ones are in every proof
ONE_BY_ONE = 500  # above that many files, asking the whole disk once is much faster


@dataclass(frozen=True, slots=True, order=True)
class CodeLine:
    """One line of a code file: a leaf, where it is, and the day of its epoch."""

    leaf_hash: bytes
    index: int
    day: dt.date

    @classmethod
    def parse(cls, line: str) -> "CodeLine":
        leaf_hash, index, day = line.split(" ")
        return cls(bytes.fromhex(leaf_hash), int(index), dt.date.fromisoformat(day))

    def __str__(self) -> str:
        return f"{self.leaf_hash.hex()} {self.index} {self.day.isoformat()}\n"


class LogFolder:
    """Reads and writes the files of one log. A file is there whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._beside: dict[Path, Path] = {}
        self._appended: list[str] = []
        self._folders: set[Path] = set()

    def checkpoint(self, name: str = CHECKPOINT) -> Note | None:
        """The signed checkpoint in force, or None before the first."""
        try:
            return parse_note((self.path / name).read_bytes())
        except FileNotFoundError:
            return None

    def state(self) -> State:
        """The state that the published checkpoint states."""
        note = self.checkpoint()
        if note is None:
            return NOTHING_SIGNED
        stated = Checkpoint.parse(note.text)
        return State(stated.size, stated.root)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Let one process at a time replace the checkpoint; who dies gives the turn back."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / ".turn").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def size(self) -> int:
        """How many leaves are published."""
        note = self.checkpoint()
        return Checkpoint.parse(note.text).size if note else 0

    def read(self, tile: Tile) -> bytes:
        """Return a tile, cut from the full one where that has replaced it.

        Raises LogDamagedError if neither is there.
        """
        for candidate in (tile, Tile(tile.level, tile.index)):
            where = self.path / candidate.path
            if where.exists():
                return _cut(where.read_bytes(), tile)
        raise LogDamagedError(fault=f"{tile.path} is missing")

    def codes(self, prefix: str) -> list[CodeLine]:
        """The leaves whose filing code starts with these four digits, in the order of their places."""
        return [CodeLine.parse(line) for line in self._lines(prefix)]

    def line_of(self, code: str) -> CodeLine | None:
        """The leaf with this filing code, published or about to be."""
        lines = self._lines(code[:PREFIX_DIGITS])
        place = first_with_code(code, (bytes.fromhex(line[:HEX_DIGITS]) for line in lines))
        return None if place is None else CodeLine.parse(lines[place])

    def _lines(self, prefix: str) -> list[str]:
        try:
            content = (self.path / CODES / prefix).read_bytes()
        except FileNotFoundError:
            return []
        return content[: _whole(content)].decode().splitlines()

    def add_codes(self, lines: Iterable[CodeLine]) -> None:
        """Enter leaves into their code files; entering them again changes nothing.

        The lines are appended: to write ten thousand files anew takes a disk many times as long.
        What a crash cut off is cut away first; what is beyond the checkpoint no reader believes.
        """
        by_prefix = defaultdict(list)
        for line in lines:
            by_prefix[filing_code(line.leaf_hash)[:PREFIX_DIGITS]].append(str(line).encode())
        codes = self.path / CODES
        codes.mkdir(parents=True, exist_ok=True)
        self._folders.add(codes)
        for prefix, new in by_prefix.items():
            where = f"{codes}/{prefix}"
            _append(where, new)
            self._appended.append(where)

    def write(self, name: str, data: bytes) -> None:
        """Lay a file beside its place; `settle` puts it there."""
        where = self.path / name
        if where.parent not in self._folders:
            where.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(where.parent)
        beside = where.with_name(f".{where.name}.new")
        beside.write_bytes(data)
        self._beside[where] = beside

    def settle(self) -> None:
        """Put what was written in its place: each file whole or not at all, also in a power cut."""
        _sync_files([*self._beside.values(), *self._appended])
        for where, beside in self._beside.items():
            beside.replace(where)
        for folder in self._folders:
            _sync(folder)
        self._appended.clear()
        self._beside.clear()
        self._folders.clear()

    def prune(self, tiles: Iterable[Tile]) -> None:
        """Delete partial tiles that full ones have replaced."""
        for tile in tiles:
            if tile.width == WIDTH:
                rmtree(self.path / f"{tile.path}.p", ignore_errors=True)

    def files(self) -> Iterator[str]:
        """Names of the files that no tile is: codes and timestamps."""
        for folder, pattern in ((CODES, "[0-9]" * PREFIX_DIGITS), (TIMESTAMPS, "[0-9]*")):
            for where in sorted((self.path / folder).glob(pattern)):
                yield f"{folder}/{where.name}"


class Nodes:
    """The tree's nodes, read from the tiles of one size (a NodeStore that only reads)."""

    def __init__(self, folder: LogFolder, size: int) -> None:
        self.folder, self.size = folder, size
        self._tiles: dict[tuple[int, int], _Triangle] = {}

    def get(self, level: int, index: int) -> bytes:
        tile_level, up = divmod(level, HEIGHT)
        first = index << up
        triangle = self._triangle(tile_level, first // WIDTH)
        return triangle.node(up, first % WIDTH >> up)

    def put(self, level: int, index: int, node: bytes) -> None:
        raise TypeError("published tiles are never changed")

    def _triangle(self, level: int, index: int) -> "_Triangle":
        if (level, index) not in self._tiles:
            width = min(WIDTH, (self.size >> HEIGHT * level) - index * WIDTH)
            self._tiles[level, index] = self._read(Tile(level, index, width))
        return self._tiles[level, index]

    def _read(self, tile: Tile) -> "_Triangle":
        where = f"{self.folder.path}/{tile.path}"
        with suppress(FileNotFoundError):
            return _tile_of(where, os.stat(where).st_mtime_ns)  # noqa: PTH116 - many times as fast
        return _Triangle(read_hash_tile(self.folder.read(tile)))


class GrowingNodes:
    """Published nodes with new ones laid over them."""

    def __init__(self, published: Nodes) -> None:
        self.published = published
        self.new: dict[tuple[int, int], bytes] = {}

    def get(self, level: int, index: int) -> bytes:
        return self.new.get((level, index)) or self.published.get(level, index)

    def put(self, level: int, index: int, node: bytes) -> None:
        self.new[level, index] = node


class _Triangle:
    """A hash tile and the nodes above it, up to the root of the tile."""

    def __init__(self, hashes: list[bytes]) -> None:
        self.hashes = hashes

    def node(self, up: int, place: int) -> bytes:
        return self.rows[up][place]

    @cached_property
    def rows(self) -> list[list[bytes]]:
        rows = [self.hashes]
        while len(rows[-1]) > 1:
            row = rows[-1]
            rows.append([node_hash(*pair) for pair in zip(row[::2], row[1::2], strict=False)])
        return rows


@lru_cache(maxsize=TILES_KEPT)
def _tile_of(where: str, changed_ns: int) -> _Triangle:
    """A tile never changes; one with another time of change is another file."""
    with open(where, "rb") as file:  # noqa: PTH123 - many times as fast
        return _Triangle(read_hash_tile(file.read()))


def _cut(data: bytes, tile: Tile) -> bytes:
    if tile.level is not None:
        return data[: tile.width * HASH_BYTES]
    return entry_bundle(read_entry_bundle(data)[: tile.width])


def _append(where: str, lines: Collection[bytes]) -> None:
    """Append the lines that are not there, behind the last whole one."""
    handle = os.open(where, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        content = _content(handle)
        if (whole := _whole(content)) < len(content):
            os.ftruncate(handle, whole)
            content = content[:whole]
        known = set(content.splitlines(keepends=True))
        rest = memoryview(b"".join(line for line in lines if line not in known))
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


def _content(handle: int) -> bytes:
    return os.pread(handle, os.fstat(handle).st_size, 0)


def _whole(content: bytes) -> int:
    """How many bytes of a code file are whole lines; a power cut may leave half a line, or zeros."""
    written = content.find(b"\0")
    return content.rfind(b"\n", 0, len(content) if written < 0 else written) + 1


def _sync_files(files: Collection[Path | str]) -> None:
    if len(files) > ONE_BY_ONE:
        os.sync()
        return
    for file in files:
        _sync(file)


def _sync(path: Path | str) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
