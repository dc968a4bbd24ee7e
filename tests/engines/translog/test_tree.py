"""The tree against other people's vectors, against its own definition, and against pymerkle."""

import hashlib

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines import translog
from tests.engines.translog import vectors
from tests.engines.translog.small_log import Log, Nodes

HASHES = [translog.leaf_hash(entry) for entry in vectors.LEAVES]
SIZES = st.integers(1, 300)


def numbered(size: int) -> list[bytes]:
    return [hashlib.sha256(str(place).encode()).digest() for place in range(size)]


def grown(leaves: list[bytes]) -> Nodes:
    nodes = Nodes()
    translog.append(nodes, 0, leaves)
    return nodes


def unhexed(texts: list[str]) -> list[bytes]:
    return [bytes.fromhex(text) for text in texts]


def test_leaf_and_node_hashes_are_those_of_certificate_transparency() -> None:
    assert translog.leaf_hash(bytes(range(0x10, 0x20))).hex() == (
        "3bfb960453ebaebf33727da7a1f4db38acc051d381b6da20d6d4e88f0eabfd7a"
    )
    assert translog.node_hash(bytes(range(32)), bytes(range(32, 64))).hex() == (
        "1a378704c17da31e2d05b6d121c2bb2c7d76f6ee6fa8f983e596c2d034963c57"
    )


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert translog.root_of(HASHES[:size]) == vectors.ROOTS[size]
    assert translog.root(grown(HASHES[:size]), size) == vectors.ROOTS[size]


@pytest.mark.parametrize(("index", "path"), vectors.INCLUSION_IN_EIGHT.items())
def test_inclusion_proofs_are_those_of_certificate_transparency(
    index: int, path: list[str]
) -> None:
    assert translog.inclusion_proof(grown(HASHES), index, 8) == unhexed(path)


@pytest.mark.parametrize(("sizes", "path"), vectors.CONSISTENCY.items())
def test_consistency_proofs_are_those_of_certificate_transparency(
    sizes: tuple[int, int], path: list[str]
) -> None:
    old, new = sizes

    assert translog.consistency_proof(grown(HASHES), old, new) == unhexed(path)
    assert translog.verify_consistency(
        old, new, unhexed(path), vectors.ROOTS[old], vectors.ROOTS[new]
    )


def test_a_certificate_of_a_real_log_is_found_in_it() -> None:
    place = (vectors.REAL_INDEX, vectors.REAL_SIZE)

    assert translog.verify_inclusion(
        vectors.REAL_LEAF, *place, vectors.REAL_PATH, vectors.REAL_ROOT
    )
    assert not translog.verify_inclusion(
        vectors.REAL_LEAF, *place, vectors.REAL_PATH[:-1], vectors.REAL_ROOT
    )


@given(st.lists(st.integers(0, 40), max_size=12))
def test_batches_of_any_size_give_the_root_of_the_definition(batches: list[int]) -> None:
    leaves = numbered(sum(batches))
    log = Log()
    for batch in batches:
        log.append(leaves[log.size : log.size + batch])

    assert log.size == len(leaves)
    assert translog.root(log.nodes, log.size) == translog.root_of(leaves)


@given(SIZES, st.data())
def test_every_leaf_is_proved_and_no_other_leaf_is(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves = numbered(size)
    root, path = translog.root_of(leaves), translog.inclusion_proof(grown(leaves), index, size)

    assert translog.verify_inclusion(leaves[index], index, size, path, root)
    assert not translog.verify_inclusion(hashlib.sha256(b"other").digest(), index, size, path, root)
    assert not translog.verify_inclusion(leaves[index], index, size, [*path, root], root)


@given(st.integers(2, 300), st.data())
def test_a_proof_holds_at_one_place_only(size: int, data: st.DataObject) -> None:
    index, other = data.draw(
        st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True)
    )
    leaves = numbered(size)
    path = translog.inclusion_proof(grown(leaves), index, size)

    assert not translog.verify_inclusion(leaves[index], other, size, path, translog.root_of(leaves))


@given(SIZES, st.data())
def test_a_longer_tree_is_shown_to_begin_with_the_shorter(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, size))
    leaves = numbered(size)
    roots = translog.root_of(leaves[:old]), translog.root_of(leaves)
    proof = translog.consistency_proof(grown(leaves), old, size)

    assert translog.verify_consistency(old, size, proof, *roots)
    assert not translog.verify_consistency(old, size, [*proof, roots[1]], *roots)
    assert not translog.verify_consistency(
        old, size, proof, hashlib.sha256(b"other").digest(), roots[1]
    )


@given(st.integers(2, 300), st.data())
def test_a_rewritten_past_is_found_out(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    leaves = numbered(size)
    rewritten = [hashlib.sha256(b"other").digest(), *leaves[1:]]
    proof = translog.consistency_proof(grown(rewritten), old, size)

    assert not translog.verify_consistency(
        old, size, proof, translog.root_of(leaves[:old]), translog.root_of(rewritten)
    )


@given(SIZES, st.data())
def test_the_nodes_named_for_fetching_are_the_nodes_that_are_read(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    whole = grown(numbered(size))

    def only(named: list[tuple[int, int]]) -> Nodes:
        return Nodes({node: whole[node] for node in named})

    nodes = only(translog.nodes_for_inclusion(index, size))
    assert len(translog.inclusion_proof(nodes, index, size)) <= size.bit_length()
    nodes = only(translog.nodes_for_consistency(index, size))
    translog.consistency_proof(nodes, index, size)
    assert translog.root(only(translog.nodes_for_root(size)), size) == translog.root(whole, size)


def test_the_same_batch_after_a_crash_changes_nothing() -> None:
    leaves = numbered(500)
    nodes = grown(leaves[:300])
    translog.append(nodes, 300, leaves[300:])
    before = dict(nodes)

    assert translog.append(nodes, 300, leaves[300:]) == 500
    assert nodes == before


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 1000])
def test_pymerkle_gives_the_same_root_and_the_same_paths(size: int) -> None:
    leaves = [str(place).encode() for place in range(size)]
    theirs = pymerkle.InmemoryTree(algorithm="sha256")
    theirs.append_entries(leaves)
    nodes = grown([translog.leaf_hash(leaf) for leaf in leaves])

    assert translog.root(nodes, size) == theirs.get_root()
    for index in {0, size // 2, size - 1}:
        _, *path = theirs.prove_inclusion(index + 1).path
        assert translog.inclusion_proof(nodes, index, size) == path


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5), (10**30, 5)])
def test_a_leaf_that_is_not_there_cannot_be_proved(index: int, size: int) -> None:
    with pytest.raises(ValueError, match=f"no leaf {index} in a tree of {size}"):
        translog.inclusion_proof(grown(numbered(5)), index, size)
    assert not translog.verify_inclusion(bytes(32), index, size, [], bytes(32))


def test_a_shorter_tree_cannot_begin_with_a_longer() -> None:
    with pytest.raises(ValueError, match="5 leaves cannot begin with one of 6"):
        translog.consistency_proof(grown(numbered(6)), 6, 5)
    assert not translog.verify_consistency(6, 5, [], bytes(32), bytes(32))


def test_a_leaf_hash_of_another_length_is_refused_before_anything_is_kept() -> None:
    nodes = Nodes()

    with pytest.raises(ValueError, match="leaf hash 1 must have 32 bytes, got 31"):
        translog.append(nodes, 0, [bytes(32), bytes(31)])
    assert nodes == {}
