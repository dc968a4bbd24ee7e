"""The log as static files: hash tiles and entry bundles (C2SP tlog-tiles)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from arasha.engines.notes import MalformedError
from arasha.engines.translog.hashes import HASH_BYTES
from arasha.engines.translog.tree import NodeStore

WIDTH = 256
HEIGHT = 8  # levels of the tree that one tile spans
ENTRIES = "entries"

_PATH = re.compile(
    r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One file of the log; `level` is None for a bundle of entries, `width` 1 to 256."""

    level: int | None
    index: int
    width: int = WIDTH

    def __post_init__(self) -> None:
        if not 1 <= self.width <= WIDTH or self.index < 0 or not 0 <= (self.level or 0) <= 63:
            raise MalformedError(f"there is no such tile: {self.level}, {self.index}, {self.width}")

    @property
    def path(self) -> str:
        """Where it is served under the log's prefix, without a leading slash."""
        level = ENTRIES if self.level is None else self.level
        suffix = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{_numbered(self.index)}{suffix}"

    @classmethod
    def parse(cls, path: str) -> "Tile":
        """Read a path. Raises MalformedError for every spelling that `path` does not write."""
        parts = _PATH.fullmatch(path)
        if not parts:
            raise MalformedError(f"not the path of a tile: {path[:100]!r}")
        level = None if parts[1] == ENTRIES else int(parts[1])
        index = int(parts[2].replace("x", "").replace("/", ""))
        tile = cls(level, index, int(parts[3] or WIDTH))
        if tile.path != path:
            raise MalformedError(f"not the path of a tile: {path[:100]!r}")
        return tile


def _numbered(index: int) -> str:
    groups = f"{index:,}".split(",")
    groups = [f"{int(group):03d}" for group in groups]
    return "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])


def tiles_between(old_size: int, size: int) -> Iterator[Tile]:
    """Yield the tiles and bundles that a tree of `size` leaves has and one of `old_size` had not.

    From an old size of 0 these are all. The partial tiles of the old tree may then be deleted.
    """
    yield from _row(None, old_size, size)
    level = 0
    while size:
        yield from _row(level, old_size, size)
        level, old_size, size = level + 1, old_size // WIDTH, size // WIDTH


def _row(level: int | None, old_size: int, size: int) -> Iterator[Tile]:
    for index in range(old_size // WIDTH, size // WIDTH):
        yield Tile(level, index)
    if size % WIDTH and size != old_size:
        yield Tile(level, size // WIDTH, size % WIDTH)


def hash_tile(store: NodeStore, tile: Tile) -> bytes:
    """Return the content of a hash tile: its nodes, 32 bytes each."""
    if tile.level is None:
        raise ValueError(f"{tile.path} holds entries, not hashes")
    level, first = tile.level * HEIGHT, tile.index * WIDTH
    return b"".join(store.get(level, first + place) for place in range(tile.width))


def read_hash_tile(data: bytes) -> list[bytes]:
    """Return the hashes in a tile. Raises MalformedError unless they are 1 to 256."""
    if len(data) % HASH_BYTES or not 1 <= len(data) // HASH_BYTES <= WIDTH:
        raise MalformedError(f"a tile has 1 to 256 hashes of 32 bytes, got {len(data)} bytes")
    return [data[start : start + HASH_BYTES] for start in range(0, len(data), HASH_BYTES)]


def entry_bundle(entries: Sequence[bytes]) -> bytes:
    """Return 1 to 256 entries, each after its length as two bytes."""
    if not 1 <= len(entries) <= WIDTH:
        raise ValueError(f"a bundle has 1 to 256 entries, got {len(entries)}")
    return b"".join(_with_length(entry) for entry in entries)


def _with_length(entry: bytes) -> bytes:
    if len(entry) >= 1 << 16:
        raise ValueError(f"an entry has at most 65,535 bytes, got {len(entry):,}")
    return len(entry).to_bytes(2) + entry


def read_entry_bundle(data: bytes) -> list[bytes]:
    """Return the entries of a bundle. Raises MalformedError if it is cut off or too long."""
    entries, start = list[bytes](), 0
    while start < len(data):
        begin = start + 2
        start = begin + int.from_bytes(data[start:begin])
        if begin > len(data) or start > len(data):
            raise MalformedError(f"the bundle is cut off in entry {len(entries)}")
        entries.append(data[begin:start])
    if not 1 <= len(entries) <= WIDTH:
        raise MalformedError(f"a bundle has 1 to 256 entries, got {len(entries)}")
    return entries
