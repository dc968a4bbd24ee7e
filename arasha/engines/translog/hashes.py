"""The hashes of an RFC 6962 tree (section 2.1)."""

from collections.abc import Sequence
from functools import reduce
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()
HASH_BYTES = 32


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of an entry: SHA-256 with a zero byte before it."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256 with a one byte before its children."""
    return sha256(b"\x01" + left + right).digest()


def joined(subtrees: Sequence[bytes]) -> bytes:
    """Return the root over neighbouring perfect subtrees, given from left (largest) to right."""
    return reduce(lambda right, left: node_hash(left, right), reversed(subtrees))


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """Return the root over the leaf hashes of a whole tree, by the recursive definition."""
    if len(leaf_hashes) < 2:
        return leaf_hashes[0] if leaf_hashes else EMPTY_ROOT
    left = left_width(len(leaf_hashes))
    return node_hash(root_of(leaf_hashes[:left]), root_of(leaf_hashes[left:]))


def left_width(width: int) -> int:
    """Return the largest power of two below `width` (at least 2): the leaves of the left child."""
    return 1 << ((width - 1).bit_length() - 1)
