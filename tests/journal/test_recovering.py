"""Yesterday's database comes back: nothing is signed, and what was published is not lost."""

import datetime as dt
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from django.db import IntegrityError, transaction

from arasha.engines.notes import filing_code
from arasha.engines.translog import leaf, leaf_hash
from arasha.journal import services
from arasha.journal.checks import faults_of_leaves, faults_of_log
from arasha.journal.errors import (
    CannotRecoverError,
    LogAheadError,
    LogContradictsError,
    NobodyAnswersError,
    NothingToRecoverError,
)
from arasha.journal.lastcheckpoint import LastCheckpoint, State
from arasha.journal.log import Log
from arasha.journal.models import Entry, Epoch, Leaf
from arasha.journal.outside import refuse_unless_newest
from arasha.journal.proofs import Receipts
from arasha.journal.recovering import recover
from arasha.journal.sequencer import advance
from arasha.journal.witnesses import ask_witnesses
from tests.journal.conftest import pend
from tests.journal.reading import published
from tests.journal.witnessing import NOON, neighbours, witnessed_by

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@contextmanager
def lost() -> Iterator[None]:
    """What the database learned meanwhile is gone, as after a restore."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def damaged(log: Log) -> Log:
    """300 leaves in the database, 600 in the published log."""
    pend(range(300))
    advance(log, at=NOON, padded=False)
    with lost():
        pend(range(300, 600))
        advance(log, at=NOON + DAY, padded=False)
    return log


def test_after_recovery_the_log_goes_on_where_it_was(damaged: Log) -> None:
    before = published(damaged.folder.path)

    done = recover(damaged, at=NOON + DAY)
    pend(range(600, 610))
    advance(damaged, at=NOON + DAY, padded=False)

    assert (done.size, done.leaves, done.without_record) == (600, 300, 300)
    after = published(damaged.folder.path)
    assert after.entries[:600] == before.entries
    assert after.size == 610
    assert not list(faults_of_log(damaged.folder, damaged.keys))
    assert not list(faults_of_leaves(damaged.folder))


def test_the_published_checkpoint_is_the_same_after_recovery(damaged: Log) -> None:
    before = (damaged.folder.path / "checkpoint").read_bytes()

    recover(damaged, at=NOON + DAY)

    assert (damaged.folder.path / "checkpoint").read_bytes() == before


def test_recovered_leaves_keep_their_days(damaged: Log) -> None:
    recover(damaged, at=NOON + 9 * DAY)

    last = Leaf.objects.get(index=599)
    found = Receipts(damaged.folder).find(filing_code(bytes(last.hash)))
    assert found is not None
    assert found.day == (NOON + DAY).date()
    assert Epoch.objects.order_by("-number")[0].at.date() == (NOON + DAY).date()


def test_a_record_that_is_sent_again_takes_its_old_leaf_once(damaged: Log) -> None:
    recover(damaged, at=NOON + DAY)
    text = Leaf.objects.get(index=450).text

    entry = file(text)
    assert entry.leaf is not None
    assert entry.leaf.index == 450
    assert Leaf.objects.filter(record_missing=True).count() == 299
    with pytest.raises(IntegrityError), transaction.atomic():
        file(text)
    assert Entry.objects.filter(leaf=entry.leaf).count() == 1


def file(text: str) -> Entry:
    return services.record_filing(
        act="appeal.filed",
        leaf_text=text,
        subject_kind="appeal",
        subject_key=uuid.uuid4(),
        at=NOON,
        grant_key=uuid.uuid4(),
    )


def test_a_record_that_waits_already_only_gets_its_place(log: Log) -> None:
    """It was sent again before anybody recovered anything, or the backup was made before its epoch."""
    pend(range(3))
    advance(log, at=NOON, padded=False)
    kept = leaf("event", b"k" * 32).decode()
    with lost():
        file(kept)
        advance(log, at=NOON, padded=False)
    entry = file(kept)

    done = recover(log, at=NOON)

    assert (done.leaves, done.without_record) == (1, 0)
    assert Leaf.objects.get(entries=entry).index == 3


def test_a_filing_of_the_days_since_waits_for_the_next_epoch(damaged: Log) -> None:
    new = leaf("event", b"n" * 32).decode()
    file(new)

    recover(damaged, at=NOON + DAY)
    advance(damaged, at=NOON + DAY, padded=False)

    assert Leaf.objects.get(hash=leaf_hash(new.encode())).index == 600


@contextmanager
def mirrored(folder: Path) -> Iterator[str]:
    """Any web server that serves a copy of the folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def restored_machine(log: Log, tmp_path: Path) -> Log:
    """The folder and the record of the last checkpoint of yesterday, too: the whole machine came back."""
    copytree(log.folder.path, tmp_path / "mirror")
    rmtree(log.folder.path)
    log.last.path.unlink()
    return log


def test_a_machine_restored_with_its_record_is_told_by_a_mirror(
    damaged: Log, tmp_path: Path
) -> None:
    restored_machine(damaged, tmp_path)
    with mirrored(tmp_path / "mirror") as address:
        told = replace(damaged, mirrors=(address,))
        with pytest.raises(LogAheadError, match="600 leaves"):
            refuse_unless_newest(told)

        done = recover(told, at=NOON + DAY)

    assert (done.source, done.size) == (address, 600)
    assert published(damaged.folder.path).size == 600
    assert damaged.last.read().size == 600
    assert not list(faults_of_log(damaged.folder, damaged.keys))
    assert Leaf.objects.get(index=599).epoch.at.date() == (NOON + DAY).date()  # type: ignore[union-attr]


def test_a_mirror_that_is_named_may_know_more_than_anybody_else(
    damaged: Log, tmp_path: Path
) -> None:
    with lost():
        recover(damaged, at=NOON + DAY)
        pend(range(600, 650))
        advance(damaged, at=NOON + DAY, padded=False)
    restored_machine(damaged, tmp_path)
    with mirrored(tmp_path / "mirror") as address:
        done = recover(damaged, mirrors=[address], at=NOON + DAY)

    assert done.size == 650


def test_a_witness_alone_stops_the_machine_and_a_named_mirror_brings_it_back(
    log: Log, tmp_path: Path
) -> None:
    with neighbours(tmp_path, log, "court") as witnesses, mirrored(tmp_path) as address:
        seen = witnessed_by(log, witnesses, "any")
        pend(range(300))
        advance(seen, at=NOON, padded=False)
        with lost():
            pend(range(300, 600))
            advance(seen, at=NOON + DAY, padded=False)
            ask_witnesses(seen, at=NOON + DAY)
        restored_machine(seen, tmp_path)

        with pytest.raises(LogAheadError, match="court knows 600 leaves"):
            refuse_unless_newest(seen)
        with pytest.raises(CannotRecoverError):
            recover(seen, at=NOON + DAY)
        recover(seen, mirrors=[f"{address}/mirror"], at=NOON + DAY)

        refuse_unless_newest(seen)
        assert {each.trouble for each in ask_witnesses(seen, at=NOON + DAY)} == {""}


def test_entries_that_do_not_lead_to_the_signed_root_are_not_taken(damaged: Log) -> None:
    bundle = damaged.folder.path / "tile" / "entries" / "001"
    content = bytearray(bundle.read_bytes())
    content[-1] ^= 1
    bundle.write_bytes(content)

    with pytest.raises(CannotRecoverError, match="do not lead to the signed root"):
        recover(damaged, at=NOON + DAY)
    assert Leaf.objects.count() == 300


def test_a_mirror_that_is_gone_is_named(damaged: Log, tmp_path: Path) -> None:
    rmtree(damaged.folder.path)

    with pytest.raises(CannotRecoverError, match="does not answer"):
        recover(damaged, mirrors=["http://127.0.0.1:9"], at=NOON)
    assert Leaf.objects.count() == 300


def test_two_signed_roots_of_one_size_are_nothing_to_recover_from(damaged: Log) -> None:
    damaged.last.path.unlink()
    LastCheckpoint(damaged.last.path).swap(damaged.last.read(), State(600, b"r" * 32))

    with pytest.raises(LogContradictsError, match="600 leaves"):
        recover(damaged, at=NOON + DAY)


def test_a_whole_database_has_nothing_to_recover(log: Log) -> None:
    pend(range(3))
    advance(log, at=NOON, padded=False)

    with pytest.raises(NothingToRecoverError):
        recover(log, at=NOON)


def test_a_start_at_which_nobody_answers_signs_nothing(log: Log) -> None:
    alone = replace(log, mirrors=("http://127.0.0.1:9/log", "http://127.0.0.1:10/log"))

    with pytest.raises(NobodyAnswersError, match="None of the 2"):
        refuse_unless_newest(alone)


def test_one_answer_is_enough_for_a_start(log: Log, tmp_path: Path) -> None:
    with mirrored(tmp_path) as address:
        refuse_unless_newest(replace(log, mirrors=(address, "http://127.0.0.1:9/log")))
