"""The log on disk: tiles, bundles of entries, codes and the checkpoint, as any mirror serves them."""

import fcntl
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from shutil import rmtree

from arasha.engines.notes import MalformedError, Note, first_with_code, parse_note
from arasha.engines.translog import Checkpoint, Tile, TileNodes, Triangle
from arasha.engines.translog.hashes import HASH_BYTES
from arasha.engines.translog.tiles import WIDTH
from arasha.journal.errors import LogDamagedError
from arasha.journal.lastcheckpoint import NOTHING_SIGNED, State
from arasha.wire.published import (
    CHECKPOINT,
    CODES,
    PREFIX_DIGITS,
    TIMESTAMPS,
    CodeLine,
    code_file,
    cut,
    whole_lines,
)

HEX_DIGITS = 2 * HASH_BYTES
TILES_KEPT = 256  # about 10 MB; the upper ones are in every proof
ONE_BY_ONE = 500  # above that many files, asking the whole disk once is much faster


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
                return cut(where.read_bytes(), tile)
        raise LogDamagedError(fault=f"{tile.path} is missing")

    def nodes(self, size: int) -> TileNodes:
        """The nodes of the tree of this size, read from its tiles."""
        return TileNodes(self._triangle, size)

    def _triangle(self, tile: Tile) -> Triangle:
        where = f"{self.path}/{tile.path}"
        try:
            return _triangle_of(where, tile, os.stat(where).st_mtime_ns)  # noqa: PTH116 - many times as fast
        except FileNotFoundError:
            return Triangle.read(tile, self.read(tile))
        except MalformedError as error:
            raise LogDamagedError(fault=str(error)) from error

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
        return whole_lines(content).decode().splitlines()

    def add_codes(self, lines: Iterable[CodeLine]) -> None:
        """Enter leaves into their code files; entering them again changes nothing.

        The lines are appended: to write ten thousand files anew takes a disk many times as long.
        What a crash cut off is cut away first; what is beyond the checkpoint no reader believes.
        """
        by_file = defaultdict(list)
        for line in lines:
            by_file[code_file(line.leaf_hash)].append(str(line).encode())
        codes = self.path / CODES
        codes.mkdir(parents=True, exist_ok=True)
        self._folders.add(codes)
        for name, new in by_file.items():
            where = f"{self.path}/{name}"
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


@lru_cache(maxsize=TILES_KEPT)
def _triangle_of(where: str, tile: Tile, changed_ns: int) -> Triangle:
    """A tile never changes; one with another time of change is another file."""
    with open(where, "rb") as file:  # noqa: PTH123 - many times as fast
        return Triangle.read(tile, file.read())


def _append(where: str, lines: Collection[bytes]) -> None:
    """Append the lines that are not there, behind the last whole one."""
    handle = os.open(where, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        content = _content(handle)
        if (whole := whole_lines(content)) != content:
            os.ftruncate(handle, len(whole))
        known = set(whole.splitlines(keepends=True))
        rest = memoryview(b"".join(line for line in lines if line not in known))
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


def _content(handle: int) -> bytes:
    return os.pread(handle, os.fstat(handle).st_size, 0)


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
