"""Tiles against the text of the standard, and back to the tree."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines import translog
from arasha.engines.notes import MalformedError
from arasha.engines.translog import Tile
from tests.engines.translog.small_log import Log, entries


def test_the_path_of_the_standards_example() -> None:
    assert Tile(0, 1234067).path == "tile/0/x001/x234/067"
    assert Tile(None, 5, 112).path == "tile/entries/005.p/112"


def test_a_tree_of_70_000_has_the_tiles_that_the_standard_counts() -> None:
    tiles = list(translog.tiles_between(0, 70_000))
    full = Counter(tile.level for tile in tiles if tile.width == 256)
    partial = {tile.level: tile.width for tile in tiles if tile.width < 256}

    assert full == {None: 273, 0: 273, 1: 1}
    assert partial == {None: 112, 0: 112, 1: 17, 2: 1}


def test_a_tree_of_256_has_one_full_tile_and_one_above_it() -> None:
    assert list(translog.tiles_between(0, 256)) == [Tile(None, 0), Tile(0, 0), Tile(1, 0, 1)]


@given(st.integers(0, 200_000), st.integers(0, 2_000))
def test_growing_writes_what_was_missing_and_nothing_twice(old: int, more: int) -> None:
    before, after = set(translog.tiles_between(0, old)), set(translog.tiles_between(0, old + more))
    written = list(translog.tiles_between(old, old + more))

    assert set(written) == after - before
    assert len(written) == len(set(written))


@given(st.none() | st.integers(0, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_a_path_is_read_back(level: int | None, index: int, width: int) -> None:
    tile = Tile(level, index, width)

    assert Tile.parse(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/64/000",
        "tile/00/000",
        "tile/0/0",
        "tile/0/x000/001",
        "tile/0/x001",
        "tile/0/001/002",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/999",
        "tile/0/000.p/007",
        "tile/entries/../../etc/passwd",
        "tile/0/٠٠٠",
        "tile/0/000\n",
        "tile/0/" + "x001/" * 5000 + "001",
    ],
)
def test_another_spelling_is_no_tile(path: str) -> None:
    with pytest.raises(MalformedError, match=r"no such tile|not the path of a tile"):
        Tile.parse(path)


def test_a_hash_tile_holds_the_roots_of_the_tiles_below(log: Log) -> None:
    below = translog.read_hash_tile(translog.hash_tile(log.nodes, Tile(0, 2)))
    above = translog.read_hash_tile(translog.hash_tile(log.nodes, Tile(1, 0, 3)))

    assert above[2] == translog.root_of(below)
    assert below[7] == log.nodes[0, 2 * 256 + 7]


def test_a_tree_is_rebuilt_from_its_bundles(log: Log) -> None:
    bundles = [
        translog.entry_bundle(entries(1000)[tile.index * 256 :][: tile.width])
        for tile in translog.tiles_between(0, 1000)
        if tile.level is None
    ]
    leaves = [translog.leaf_hash(e) for data in bundles for e in translog.read_entry_bundle(data)]

    assert translog.root_of(leaves) == translog.root(log.nodes, 1000)


def test_a_bundle_is_lengths_and_entries() -> None:
    assert translog.entry_bundle([b"", b"a", b"bc"]).hex() == "0000000161" + "00026263"


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_a_bundle_is_read_back_and_a_cut_one_is_noticed(written: list[bytes]) -> None:
    data = translog.entry_bundle(written)

    assert translog.read_entry_bundle(data) == written
    with pytest.raises(MalformedError):
        translog.read_entry_bundle(data + b"\x00")


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x00\x05abcd", b"\x00\x00" * 257])
def test_a_bad_bundle_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError, match="bundle"):
        translog.read_entry_bundle(data)


@pytest.mark.parametrize("data", [b"", bytes(31), bytes(32 * 257)])
def test_a_bad_hash_tile_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError, match="1 to 256 hashes of 32 bytes"):
        translog.read_hash_tile(data)


def test_what_a_bundle_cannot_hold_is_refused(log: Log) -> None:
    with pytest.raises(ValueError, match=r"65,535 bytes, got 65,536"):
        translog.entry_bundle([bytes(65_536)])
    with pytest.raises(ValueError, match="1 to 256 entries, got 0"):
        translog.entry_bundle([])
    with pytest.raises(ValueError, match="entries, not hashes"):
        translog.hash_tile(log.nodes, Tile(None, 0))
