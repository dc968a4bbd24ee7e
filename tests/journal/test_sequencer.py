import datetime as dt
import uuid
from shutil import rmtree

import pytest
from django.db import transaction

from arasha.actors import TICK
from arasha.engines.notes import NOTE, SignerKey
from arasha.journal import services
from arasha.journal.epochs import PADDED_TO, something_waits
from arasha.journal.errors import LogAheadError, LogContradictsError, LogDamagedError
from arasha.journal.lastcheckpoint import LastCheckpoint, State, SwappedError
from arasha.journal.log import Log
from arasha.journal.models import Epoch, Leaf
from arasha.journal.sequencer import advance
from tests.journal.conftest import pend
from tests.journal.reading import published, pymerkle_root

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 26, 12, tzinfo=dt.UTC)


def test_pending_leaves_are_published_in_the_order_of_their_hashes(log: Log) -> None:
    hashes = pend(range(5))

    advance(log, at=NOON, padded=False)

    placed = Leaf.objects.order_by("index")
    assert [bytes(leaf.hash) for leaf in placed] == sorted(hashes)
    assert [e.decode() for e in published(log.folder.path).entries] == [p.text for p in placed]


@pytest.mark.parametrize("sizes", [[1, 1, 1], [255, 1, 1], [256, 256], [300, 1, 700, 3], [1025]])
def test_every_epoch_has_the_root_that_another_library_finds(log: Log, sizes: list[int]) -> None:
    first = 0
    for size in sizes:
        pend(range(first, first + size))
        advance(log, at=NOON, padded=False)
        first += size

        seen = published(log.folder.path)
        assert (seen.size, seen.root) == (first, pymerkle_root(seen.entries))


def test_a_leaf_keeps_its_place_for_ever(log: Log) -> None:
    pend(range(300))
    advance(log, at=NOON, padded=False)
    before = published(log.folder.path).entries
    pend(range(300, 700))
    advance(log, at=NOON, padded=False)

    assert published(log.folder.path).entries[:300] == before


def test_nothing_new_makes_no_epoch(log: Log) -> None:
    pend(range(3))
    advance(log, at=NOON, padded=False)

    assert advance(log, at=NOON, padded=False) is None
    assert not something_waits()


def test_reads_alone_are_something_to_publish(log: Log) -> None:
    services.record_reads(viewer=TICK, subjects=[("case", uuid.UUID(int=7))], at=NOON)
    assert something_waits()

    advance(log, at=NOON, padded=False)

    assert published(log.folder.path).size == 1


@pytest.mark.parametrize("waiting", [0, 1, 200, 256, 257])
def test_a_padded_epoch_tells_only_how_many_tiles_it_fills(log: Log, waiting: int) -> None:
    pend(range(waiting))
    advance(log, at=NOON, padded=True)

    seen = published(log.folder.path)
    assert seen.size == max(1, -(-waiting // PADDED_TO)) * PADDED_TO
    assert {entry.split(b"\n")[1] for entry in seen.entries} == {b"event"}


def test_a_clock_that_runs_backwards_makes_no_epoch_earlier_than_the_last(log: Log) -> None:
    pend(range(1))
    advance(log, at=NOON, padded=False)
    pend(range(1, 2))
    advance(log, at=NOON - dt.timedelta(days=3), padded=False)

    assert [epoch.at for epoch in Epoch.objects.order_by("number")] == [NOON, NOON]


def test_partial_tiles_go_when_the_full_one_is_there(log: Log) -> None:
    pend(range(200))
    advance(log, at=NOON, padded=False)
    assert (log.folder.path / "tile/0/000.p/200").exists()
    pend(range(200, 300))
    advance(log, at=NOON, padded=False)

    assert not (log.folder.path / "tile/0/000.p").exists()
    assert (log.folder.path / "tile/0/000").stat().st_size == 256 * 32


def test_a_lost_folder_is_written_anew_from_the_database_with_the_same_bytes(log: Log) -> None:
    for first in (0, 300):
        pend(range(first, first + 300))
        advance(log, at=NOON, padded=False)
    before, checkpoint = (
        published(log.folder.path),
        (log.folder.path / "checkpoint").read_bytes(),
    )
    rmtree(log.folder.path)

    advance(log, at=NOON, padded=False)

    assert published(log.folder.path) == before
    assert (log.folder.path / "checkpoint").read_bytes() == checkpoint


def test_a_missing_tile_stops_the_signature(log: Log) -> None:
    pend(range(3))
    advance(log, at=NOON, padded=False)
    (log.folder.path / "tile/0/000.p/3").unlink()
    pend(range(3, 5))

    with pytest.raises(LogDamagedError, match=r"tile/0/000\.p/3 is missing"):
        advance(log, at=NOON, padded=False)
    assert published(log.folder.path).size == 3


def test_a_changed_tile_stops_the_signature(log: Log) -> None:
    pend(range(3))
    advance(log, at=NOON, padded=False)
    tile = log.folder.path / "tile/0/000.p/3"
    tile.write_bytes(b"\x00" + tile.read_bytes()[1:])
    pend(range(3, 5))

    with pytest.raises(LogDamagedError, match="do not lead to the root of 3 leaves"):
        advance(log, at=NOON, padded=False)
    assert published(log.folder.path).size == 3


def test_a_restored_database_behind_the_record_signs_nothing(log: Log) -> None:
    pend(range(2))
    advance(log, at=NOON, padded=False)
    log.last.swap(log.last.read(), State(9, b"r" * 32))
    pend(range(2, 4))

    with pytest.raises(LogAheadError, match=r"log is ahead of this database.*Restore"):
        advance(log, at=NOON, padded=False)
    assert published(log.folder.path).size == 2
    assert Leaf.objects.filter(epoch=None).count() == 2


def test_a_database_behind_the_folder_signs_nothing_either(log: Log) -> None:
    """The record is lost with the machine, but the published files are still there."""
    with transaction.atomic():
        pend(range(2))
        advance(log, at=NOON, padded=False)
        transaction.set_rollback(True)
    log.last.path.unlink()
    pend(range(1))

    with pytest.raises(LogAheadError, match="2 leaves"):
        advance(log, at=NOON, padded=False)


def test_another_history_of_the_same_size_signs_nothing(log: Log) -> None:
    pend(range(2))
    advance(log, at=NOON, padded=False)
    log.last.swap(log.last.read(), State(2, b"r" * 32))

    with pytest.raises(LogContradictsError, match="at 2 leaves"):
        advance(log, at=NOON, padded=False)


def test_only_one_of_two_swaps_wins(log: Log) -> None:
    nothing = log.last.read()
    other = LastCheckpoint(log.last.path)
    other.swap(nothing, State(1, b"a" * 32))

    with pytest.raises(SwappedError):
        log.last.swap(nothing, State(1, b"b" * 32))
    assert log.last.read() == State(1, b"a" * 32)


def test_cosignatures_stay_when_there_is_nothing_new(log: Log) -> None:
    pend(range(2))
    advance(log, at=NOON, padded=False)
    where = log.folder.path / "checkpoint"
    cosigned = where.read_bytes() + "— witness.example AAAAAAAA\n".encode()
    where.write_bytes(cosigned)

    advance(log, at=NOON, padded=False)

    assert where.read_bytes() == cosigned


def test_the_key_names_the_log(log: Log) -> None:
    pend(range(1))
    advance(log, at=NOON, padded=False)
    stranger = SignerKey("test.example/log", NOTE, b"x" * 32)

    first_line = (log.folder.path / "checkpoint").read_text().splitlines()[0]
    assert first_line == stranger.name == log.signer.name
