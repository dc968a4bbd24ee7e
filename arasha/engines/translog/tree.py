"""A growing RFC 6962 tree over a store of its perfect subtrees, and proofs from it."""

from collections.abc import Iterable
from typing import Protocol

from arasha.engines.translog.hashes import (
    EMPTY_ROOT,
    HASH_BYTES,
    joined,
    left_width,
    node_hash,
)

Range = tuple[int, int]
Node = tuple[int, int]


class NodeStore(Protocol):
    """Keeps the root of each perfect subtree: node (level, index) spans 2^level leaves.

    Nodes never change. A store may be a table, a cache, or tiles.
    """

    def get(self, level: int, index: int) -> bytes:
        """Return the 32 bytes of a node that was put."""
        ...

    def put(self, level: int, index: int, node: bytes) -> None:
        """Keep a node; putting the same node again changes nothing."""
        ...


def append(store: NodeStore, size: int, leaf_hashes: Iterable[bytes]) -> int:
    """Add leaves to a tree of `size` leaves and return its new size.

    Everything is derived from the leaves: after a crash, the same call again is harmless.
    """
    row = list(leaf_hashes)
    _refuse_bad_leaves(row)
    new_size, first, level = size + len(row), size, 0
    while row:
        for index, node in enumerate(row, first):
            store.put(level, index, node)
        if first % 2:
            first -= 1
            row.insert(0, store.get(level, first))
        row = [node_hash(*pair) for pair in zip(row[::2], row[1::2], strict=False)]
        first, level = first // 2, level + 1
    return new_size


def _refuse_bad_leaves(row: list[bytes]) -> None:
    for position, leaf in enumerate(row):
        if len(leaf) != HASH_BYTES:
            raise ValueError(f"leaf hash {position} must have 32 bytes, got {len(leaf)}")


def root(store: NodeStore, size: int) -> bytes:
    """Return the root of the first `size` leaves."""
    return _root_of_range(store, (0, size)) if size else EMPTY_ROOT


def inclusion_proof(store: NodeStore, index: int, size: int) -> list[bytes]:
    """Prove that leaf `index` is in the tree of `size` leaves (RFC 6962, 2.1.1).

    Hashes from the leaf's sibling up to the root's child. Raises ValueError unless index < size.
    """
    return [_root_of_range(store, leaves) for leaves in _inclusion_ranges(index, size)]


def consistency_proof(store: NodeStore, old_size: int, size: int) -> list[bytes]:
    """Prove that the tree of `size` leaves begins with that of `old_size` (RFC 6962, 2.1.2).

    Empty if the sizes are the same or the old tree was empty. Raises ValueError if it is larger.
    """
    return [_root_of_range(store, leaves) for leaves in _consistency_ranges(old_size, size)]


def nodes_for_root(size: int) -> list[Node]:
    """Return the nodes that `root` reads: a store far away can fetch them at once."""
    return _cover((0, size))


def nodes_for_inclusion(index: int, size: int) -> list[Node]:
    """Return the nodes that `inclusion_proof` reads."""
    return [node for leaves in _inclusion_ranges(index, size) for node in _cover(leaves)]


def nodes_for_consistency(old_size: int, size: int) -> list[Node]:
    """Return the nodes that `consistency_proof` reads."""
    return [node for leaves in _consistency_ranges(old_size, size) for node in _cover(leaves)]


def _inclusion_ranges(index: int, size: int) -> list[Range]:
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    (start, end), ranges = (0, size), list[Range]()
    while end - start > 1:
        middle = start + left_width(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def _consistency_ranges(old_size: int, size: int) -> list[Range]:
    if not 0 <= old_size <= size:
        raise ValueError(f"a tree of {size} leaves cannot begin with one of {old_size}")
    if old_size in {0, size}:
        return []
    (start, end), ranges = (0, size), list[Range]()
    while end != old_size:
        middle = start + left_width(end - start)
        if old_size <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    # The old root itself is known to the verifier; any other last subtree has to be told.
    return ([(start, end)] if start else []) + ranges[::-1]


def _root_of_range(store: NodeStore, leaves: Range) -> bytes:
    return joined([store.get(level, index) for level, index in _cover(leaves)])


def _cover(leaves: Range) -> list[Node]:
    """Return the perfect subtrees over a range that starts at a multiple of its widest one."""
    start, end = leaves
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes
