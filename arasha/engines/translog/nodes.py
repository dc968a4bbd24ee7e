"""The nodes of a tree, read from its tiles wherever they lie, and new nodes laid over them."""

from collections.abc import Callable, Iterable
from functools import cached_property

from arasha.engines.notes import MalformedError
from arasha.engines.translog.hashes import HASH_BYTES, node_hash
from arasha.engines.translog.tiles import HEIGHT, WIDTH, Tile, read_hash_tile
from arasha.engines.translog.tree import NodeStore, append, root


class Triangle:
    """A hash tile and the nodes above it, up to the root of the tile."""

    def __init__(self, hashes: list[bytes]) -> None:
        self._hashes = hashes

    @classmethod
    def read(cls, tile: Tile, data: bytes) -> "Triangle":
        """Read the content of a hash tile. Raises MalformedError if it has not the tile's width."""
        if len(data) != tile.width * HASH_BYTES:
            raise MalformedError(f"{tile.path} has {len(data)} bytes, not {tile.width} hashes")
        return cls(read_hash_tile(data))

    def node(self, up: int, place: int) -> bytes:
        """The node so many levels above the hashes of the tile."""
        return self._rows[up][place]

    @cached_property
    def _rows(self) -> list[list[bytes]]:
        rows = [self._hashes]
        while len(rows[-1]) > 1:
            row = rows[-1]
            rows.append([node_hash(*pair) for pair in zip(row[::2], row[1::2], strict=False)])
        return rows


class TileNodes:
    """A NodeStore that only reads: `read` returns a hash tile of this size's tree.

    What it gives is what somebody published: nothing is true of it until it leads to a signed root.
    """

    def __init__(self, read: Callable[[Tile], Triangle], size: int) -> None:
        self._read, self._size = read, size
        self._triangles: dict[tuple[int, int], Triangle] = {}

    def get(self, level: int, index: int) -> bytes:
        tile_level, up = divmod(level, HEIGHT)
        first = index << up
        return self._triangle(tile_level, first // WIDTH).node(up, first % WIDTH >> up)

    def put(self, level: int, index: int, node: bytes) -> None:
        raise TypeError("published tiles are never changed")

    def _triangle(self, level: int, index: int) -> Triangle:
        if (level, index) not in self._triangles:
            width = min(WIDTH, (self._size >> HEIGHT * level) - index * WIDTH)
            self._triangles[level, index] = self._read(Tile(level, index, width))
        return self._triangles[level, index]


class Grown:
    """A NodeStore that keeps new nodes and reads the others from an older one."""

    def __init__(self, published: NodeStore) -> None:
        self._published = published
        self._new: dict[tuple[int, int], bytes] = {}

    def get(self, level: int, index: int) -> bytes:
        return self._new.get((level, index)) or self._published.get(level, index)

    def put(self, level: int, index: int, node: bytes) -> None:
        self._new[level, index] = node


def grown(published: NodeStore, size: int, leaf_hashes: Iterable[bytes]) -> tuple[Grown, bytes]:
    """Return the tree that grows from `size` leaves by these, and its root.

    If that root is signed, also the older nodes that it was computed from are true.
    """
    nodes = Grown(published)
    return nodes, root(nodes, append(nodes, size, leaf_hashes))
