"""A log as others can fetch it: the same files in a folder or on any web server. Nothing is believed yet."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from arasha.engines.notes import MalformedError, Note, filing_code, parse_note
from arasha.engines.translog import Tile, TileNodes, entry_bundle, read_entry_bundle
from arasha.engines.translog.hashes import HASH_BYTES
from arasha.engines.translog.tiles import WIDTH
from arasha.wire.client import Client, UnreachableError

CHECKPOINT, WITNESSED, POLICY = "checkpoint", "witnessed", "policy"
CODES, TIMESTAMPS = "code", "timestamps"
PREFIX_DIGITS = 4
WEB = ("http://", "https://")


class NotPublishedError(Exception):
    """A file that the log must have is not there."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a code file says of a leaf: where it is, and the day of its epoch."""

    leaf_hash: bytes
    index: int
    day: dt.date

    @classmethod
    def parse(cls, line: str) -> "Place":
        """Raises MalformedError."""
        try:
            leaf_hash, index, day = line.split(" ")
            return cls(bytes.fromhex(leaf_hash), int(index), dt.date.fromisoformat(day))
        except ValueError as problem:
            raise MalformedError(f"not a line of a code file: {line[:100]!r}") from problem


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
        return _cut(self.file(Tile(tile.level, tile.index).path), tile)

    def nodes(self, size: int) -> TileNodes:
        return TileNodes(self.tile, size)

    def entries(self, start: int, size: int) -> Iterator[bytes]:
        """Yield the entries from place `start` up to a size that was published."""
        for first in range(start - start % WIDTH, size, WIDTH):
            tile = Tile(None, first // WIDTH, min(WIDTH, size - first))
            entries = read_entry_bundle(self.tile(tile))
            if len(entries) != tile.width:
                raise MalformedError(f"{tile.path} has {len(entries)} entries, not {tile.width}")
            yield from entries[max(0, start - first) :]

    def place_of(self, leaf_hash: bytes) -> Place | None:
        """What the log itself says about the place and the day of a leaf."""
        content = self.read(code_file(leaf_hash)) or b""
        places = map(Place.parse, whole_lines(content).decode("ascii", "replace").splitlines())
        return next((place for place in places if place.leaf_hash == leaf_hash), None)


def code_file(leaf_hash: bytes) -> str:
    """The name of the file that tells where the leaf is."""
    return f"{CODES}/{filing_code(leaf_hash)[:PREFIX_DIGITS]}"


def whole_lines(content: bytes) -> bytes:
    """A code file without a last line that is just being written."""
    return content[: content.rfind(b"\n") + 1]


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


def _cut(data: bytes, tile: Tile) -> bytes:
    if tile.level is not None:
        return data[: tile.width * HASH_BYTES]
    return entry_bundle(read_entry_bundle(data)[: tile.width])
