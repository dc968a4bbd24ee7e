"""A log as others can fetch it: the same files in a folder or on any web server. Nothing is believed yet."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from arasha.engines.notes import MalformedError, Note, filing_code, parse_note
from arasha.engines.translog import Tile, TileNodes, Triangle, entry_bundle, read_entry_bundle
from arasha.engines.translog.hashes import HASH_BYTES
from arasha.engines.translog.tiles import WIDTH
from arasha.wire.client import Client, UnreachableError

CHECKPOINT, POLICY = "checkpoint", "policy"
WITNESSED = "witnessed"  # the newest checkpoint that had enough cosignatures; the same form
CODES, TIMESTAMPS = "code", "timestamps"
PREFIX_DIGITS = 4
WEB = ("http://", "https://")


class NotPublishedError(Exception):
    """A file that the log must have is not there."""


@dataclass(frozen=True, slots=True, order=True)
class CodeLine:
    """One line of a code file: a leaf, where it is, and the day of its epoch."""

    leaf_hash: bytes
    index: int
    day: dt.date

    @classmethod
    def parse(cls, line: str) -> "CodeLine":
        """Raises MalformedError."""
        try:
            leaf_hash, index, day = line.split(" ")
            return cls(bytes.fromhex(leaf_hash), int(index), dt.date.fromisoformat(day))
        except ValueError as problem:
            raise MalformedError(f"not a line of a code file: {line[:100]!r}") from problem

    def __str__(self) -> str:
        return f"{self.leaf_hash.hex()} {self.index} {self.day.isoformat()}\n"


@dataclass(frozen=True, slots=True)
class Published:
    """`read` returns a file by its name under the log's prefix, or None if it is not there."""

    where: str
    read: Callable[[str], bytes | None]

    def file(self, name: str) -> bytes:
        """Return a file that must be there. Raises NotPublishedError, UnreachableError."""
        content = self.read(name)
        if content is None:
            raise NotPublishedError(f"{self.where} has no file {name}")
        return content

    def checkpoint(self) -> Note:
        """Raises NotPublishedError, UnreachableError, MalformedError."""
        return parse_note(self.file(CHECKPOINT))

    def tile(self, tile: Tile) -> bytes:
        """Return a tile or bundle, cut from the full one where that has replaced it."""
        content = self.read(tile.path)
        if content is not None:
            return content
        return cut(self.file(Tile(tile.level, tile.index).path), tile)

    def nodes(self, size: int) -> TileNodes:
        return TileNodes(lambda tile: Triangle.read(tile, self.tile(tile)), size)

    def entries(self, start: int, size: int) -> Iterator[bytes]:
        """Yield the entries from place `start` up to a size that was published."""
        for first in range(start - start % WIDTH, size, WIDTH):
            tile = Tile(None, first // WIDTH, min(WIDTH, size - first))
            entries = read_entry_bundle(self.tile(tile))
            if len(entries) != tile.width:
                raise MalformedError(f"{tile.path} has {len(entries)} entries, not {tile.width}")
            yield from entries[max(0, start - first) :]

    def place_of(self, leaf_hash: bytes) -> CodeLine | None:
        """What the log itself says about the place and the day of a leaf."""
        lines = self.code_lines(code_file(leaf_hash))
        return next((line for line in lines if line.leaf_hash == leaf_hash), None)

    def code_lines(self, name: str) -> Iterator[CodeLine]:
        """The lines of a code file; none if it is not there. Raises MalformedError."""
        content = whole_lines(self.read(name) or b"")
        return map(CodeLine.parse, content.decode("ascii", "replace").splitlines())


def code_file(leaf_hash: bytes) -> str:
    """The name of the file that tells where the leaf is."""
    return f"{CODES}/{filing_code(leaf_hash)[:PREFIX_DIGITS]}"


def whole_lines(content: bytes) -> bytes:
    """A code file without half a last line, or the zeros that a power cut leaves."""
    written = content.find(b"\0")
    return content[: content.rfind(b"\n", 0, len(content) if written < 0 else written) + 1]


def published_at(where: str, *, timeout: float = 20) -> Published:
    """A log at an address (http, https) or in a folder."""
    if where.startswith(WEB):
        return Published(where.rstrip("/"), _reader(Client(where, timeout=timeout)))
    return Published(where, lambda name: _read_file(Path(where) / name))


def _reader(client: Client) -> Callable[[str], bytes | None]:
    def read(name: str) -> bytes | None:
        answer = client.ask("GET", f"/{name}")
        if answer.status == 404:
            return None
        if answer.status != 200:
            raise UnreachableError(f"{client.base}/{name} answers with {answer.status}")
        return answer.body

    return read


def _read_file(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def cut(data: bytes, tile: Tile) -> bytes:
    """What a narrower tile holds, from the content of the full one in its place."""
    if tile.level is not None:
        return data[: tile.width * HASH_BYTES]
    return entry_bundle(read_entry_bundle(data)[: tile.width])
