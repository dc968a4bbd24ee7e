"""Whatever is changed behind the journal's back is found and named."""

import datetime as dt
import uuid
from pathlib import Path

import pytest
from django.db import connection

from arasha.actors import TICK
from arasha.engines.notes import NOTE, SignerKey
from arasha.journal import services
from arasha.journal.checks import faults_of_entries, faults_of_leaves, faults_of_log
from arasha.journal.digests import digest_of
from arasha.journal.log import Log
from arasha.journal.models import Entry, Leaf, Salt
from arasha.journal.sequencer import advance
from tests.journal.conftest import pend

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 26, 12, tzinfo=dt.UTC)
CASE = ("case", uuid.UUID(int=7))


@pytest.fixture
def published(log: Log) -> Log:
    """A log of 300 bare leaves, one act and two reads."""
    pend(range(300))
    services.record(act="a", subject_kind="case", subject_key=CASE[1], by=TICK, at=NOON)
    services.record_reads(viewer=TICK, subjects=[CASE, CASE], at=NOON)
    advance(log, at=NOON, padded=False)
    return log


def everything(log: Log) -> list[str]:
    checks = (
        faults_of_log(log.folder, log.keys),
        faults_of_leaves(log.folder),
        faults_of_entries(),
    )
    return [fault for check in checks for fault in check]


def behind_its_back(statement: str) -> None:
    """Change a table as somebody does who owns the database: the triggers are gone first."""
    table = statement.split()[1]
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_append_only{on}")
        cursor.execute(statement)


def test_an_untouched_log_has_no_fault(published: Log) -> None:
    assert everything(published) == []


def test_an_empty_log_has_no_fault(log: Log) -> None:
    assert everything(log) == []


def test_an_erased_salt_is_no_fault(published: Log) -> None:
    Salt.objects.all().delete()

    assert everything(published) == []


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("file", "named"),
    [
        ("tile/0/000", "tile/0/000 does not follow"),
        ("tile/0/001.p/46", "tile/0/001.p/46 does not follow"),
        ("tile/1/000.p/1", "tile/1/000.p/1 does not follow"),
        ("tile/entries/000", "tile/0/000 does not follow"),
        ("checkpoint", "a note"),
    ],
)
def test_one_flipped_bit_is_found(published: Log, file: str, named: str) -> None:
    flip(published.folder.path / file)

    faults = list(faults_of_log(published.folder, published.keys))
    assert any(named in fault for fault in faults), faults


def test_a_lost_file_is_named(published: Log) -> None:
    (published.folder.path / "tile/0/000").unlink()

    (fault,) = faults_of_log(published.folder, published.keys)
    assert "tile/0/000 is missing" in fault


def test_a_leaf_that_lost_its_code_is_found(published: Log) -> None:
    name = next(published.folder.files())
    (published.folder.path / name).write_text("")

    (fault,) = faults_of_log(published.folder, published.keys)
    assert fault.startswith(f"{name} lacks 1 of its 1")


def test_a_checkpoint_of_another_key_is_not_believed(published: Log) -> None:
    stranger = SignerKey(published.signer.name, NOTE, b"x" * 32)

    (fault,) = faults_of_log(published.folder, [stranger.verifier])
    assert "no key that we know" in fault


@pytest.mark.parametrize("column", ["act = 'b'", "reason_code = 'x'", "actor_key = 'y'"])
def test_a_changed_entry_is_found(published: Log, column: str) -> None:
    behind_its_back(f"UPDATE journal_entry SET {column}")  # noqa: S608 - a column from above

    faults = list(faults_of_entries())
    changed = [fault for fault in faults if "was changed after it was written" in fault]
    assert len(changed) == Entry.objects.count() == 3


def test_a_changed_entry_with_a_fitting_digest_is_found_by_its_salt(published: Log) -> None:
    entry = Entry.objects.get(act="a")
    behind_its_back("UPDATE journal_entry SET act = 'b' WHERE act = 'a'")
    entry.refresh_from_db()
    entry.digest = digest_of(entry)
    entry.save(update_fields=["digest"])

    assert list(faults_of_entries()) == [f"the salt of entry {entry.key} does not fit"]


def test_a_read_taken_out_of_its_batch_is_found(published: Log) -> None:
    read = Entry.objects.exclude(act="a").first()
    assert read is not None
    Salt.objects.filter(entry=read).delete()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER journal_entry_kept ON journal_entry")
    read.delete()

    (fault,) = faults_of_entries()
    assert fault == f"the reads of leaf {read.leaf_id} are not those that it commits to"


def test_a_leaf_moved_in_the_database_is_found(published: Log) -> None:
    behind_its_back('UPDATE journal_leaf SET "index" = 900 WHERE "index" = 301')

    assert "no leaf has the index 301" in everything(published)


def test_a_leaf_exchanged_in_the_database_is_found(published: Log) -> None:
    of_nobody = Leaf.objects.exclude(pk__in=Entry.objects.values("leaf")).exclude(index=None)[0]
    place, other = of_nobody.index, of_nobody.text
    forged = other[:-1] + ("0" if other[-1] != "0" else "1")
    behind_its_back(f"UPDATE journal_leaf SET text = '{forged}' WHERE \"index\" = {place}")  # noqa: S608

    assert everything(published) == [f"leaf {place} has a hash that is not its text's"]
