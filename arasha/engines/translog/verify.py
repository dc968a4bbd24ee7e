"""Checking inclusion and consistency without the tree (RFC 9162, 2.1.3.2 and 2.1.4.2)."""

from collections.abc import Sequence

from arasha.engines.translog.hashes import EMPTY_ROOT, HASH_BYTES, node_hash


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Tell whether `proof` leads from the leaf hash at `index` to the root of `size` leaves."""
    if not 0 <= index < size or not _are_hashes([leaf, root, *proof]):
        return False
    node, last, reached = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node % 2 or node == last:
            reached = node_hash(sibling, reached)
            node, last = _to_left_child_end(node, last)
        else:
            reached = node_hash(reached, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and reached == root


def verify_consistency(
    old_size: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> bool:
    """Tell whether `proof` shows that the tree of `size` leaves begins with the old one."""
    if not 0 <= old_size <= size or not _are_hashes([old_root, root, *proof]):
        return False
    if old_size == size:
        return not proof and old_root == root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    # If the old tree is perfect, its root is the first node, and the proof leaves it out.
    is_perfect = old_size & (old_size - 1) == 0
    path = [old_root, *proof] if is_perfect else list(proof)
    return bool(path) and _leads_to_both(old_size, size, path) == (old_root, root)


def _leads_to_both(old_size: int, size: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    node, last = old_size - 1, size - 1
    while node % 2:
        node, last = node >> 1, last >> 1
    old_reached = reached = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if node % 2 or node == last:
            old_reached, reached = node_hash(sibling, old_reached), node_hash(sibling, reached)
            node, last = _to_left_child_end(node, last)
        else:
            reached = node_hash(reached, sibling)
        node, last = node >> 1, last >> 1
    return (old_reached, reached) if last == 0 else None


def _to_left_child_end(node: int, last: int) -> tuple[int, int]:
    """Climb the levels on which a node at the right border has no sibling."""
    while node and not node % 2:
        node, last = node >> 1, last >> 1
    return node, last


def _are_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
