"""The server's disk is full: nothing is half-written, the terminal is told so and comes again."""

import resource
import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import translation

from arasha.appeals.models import Appeal, Attachment, Ciphertext
from arasha.channel.models import DeliveryDay, Piece
from arasha.engines.channel.up import Kind
from arasha.engines.sealing import RecipientSet
from arasha.gateway.errors import StorageFullError
from arasha.gateway.middleware import is_full
from arasha.journal.models import Leaf
from arasha.worlds.sealing import sealed
from tests.gateway.test_door import line as line
from tests.gateway.test_door import send
from tests.line import Line, Thing, attachment, batches, filing
from tests.walk import posted

on_sqlite = pytest.mark.skipif(
    "sqlite" not in connection.settings_dict["ENGINE"], reason="PRAGMA max_page_count is SQLite's"
)
PHOTO = b"\x89PNG" + b"\x00" * 70_000
MOST_FILINGS = 50  # what fits into the empty pages that the database has already
MOST_DUMMIES = 500


@contextmanager
def no_room_to_grow() -> Iterator[None]:
    """SQLite may use the pages it has and take no other; what earlier tests emptied is gone."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        usual = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        cursor.execute("PRAGMA max_page_count = 1")  # it takes the least it can: what there is
        yield
        cursor.execute(f"PRAGMA max_page_count = {usual}")


def kept() -> tuple[int, int, int]:
    return Appeal.objects.count(), Ciphertext.objects.count(), Leaf.objects.count()


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_full_database_refuses_writes_nothing_and_takes_the_same_bytes_later(
    door: Client, line: Line, recipients: RecipientSet
) -> None:
    leaves = Leaf.objects.count()  # of how the place and its people came to be
    letters = [filing(posted(recipients), line.key) for _filing in range(MOST_FILINGS)]
    bundles = [line.bundle(pieces=each.pieces()) for each in letters]

    with no_room_to_grow():
        answers = enumerate(send(door, each) for each in bundles)
        taken, refused = next(each for each in answers if each[1].status_code != 200)
        kept_then = kept()

    assert (refused.status_code, refused.json()["problem"]) == (507, "storage_full")
    assert refused.json().keys() == {"problem", "happened", "next"}
    assert kept_then == (taken, taken, leaves + taken)
    assert not Piece.objects.exists()
    assert send(door, bundles[taken]).status_code == 200
    assert kept() == (taken + 1, taken + 1, leaves + taken + 1)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nobody_who_reads_of_a_full_database_must_fear_for_their_appeal(language: str) -> None:
    with translation.override("en"):
        in_english = str(StorageFullError())
    with translation.override(language):
        said = str(StorageFullError())

    assert "Nothing is lost" in in_english
    assert (said == in_english) == (language == "en")


def test_postgresql_s_full_disk_is_known_by_its_state() -> None:
    full, locked = OperationalError(), OperationalError()
    full.__cause__ = psycopg.errors.DiskFull()
    locked.__cause__ = psycopg.errors.LockNotAvailable()

    assert is_full(full)
    assert not is_full(locked)


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_full_database_takes_no_bundle_and_takes_the_same_one_later(
    door: Client, line: Line
) -> None:
    pieces = Thing(Kind.FILING, secrets.token_bytes(1_000_000)).pieces()
    bundles = [line.bundle(pieces=some) for some in batches(pieces)]

    with no_room_to_grow():
        answers = enumerate(send(door, each) for each in bundles)
        taken, refused = next(each for each in answers if each[1].status_code != 200)
        kept_then = DeliveryDay.objects.get().count if taken else 0

    assert (refused.status_code, refused.json()["problem"]) == (507, "storage_full")
    assert kept_then == taken
    assert send(door, bundles[taken]).status_code == 200
    assert DeliveryDay.objects.get().count == taken + 1


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    told_so = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, told_so)


@pytest.mark.django_db
def test_a_full_disk_keeps_no_file_is_seen_by_nobody_and_the_file_is_kept_later(
    door: Client, line: Line, recipients: RecipientSet, settings: Any, tmp_path: Path
) -> None:
    files = settings.MEDIA_ROOT = tmp_path / "files"
    body = posted(recipients)
    file = attachment(body, sealed(PHOTO, to=recipients.keys))
    line.send_whole(filing(body, line.key))
    *most, last = [line.bundle(pieces=some) for some in batches(file.pieces())]
    with files_of_at_most(4096):
        answers = [send(door, each) for each in (*most, last, line.bundle())]

    assert {(each.status_code, len(each.content)) for each in answers} == {(200, 81_920)}
    assert not Attachment.objects.exists()
    assert not [each for each in files.rglob("*") if each.is_file()]
    assert send(door, line.bundle(looks=[file.look])).status_code == 200
    assert Attachment.objects.get().size == len(file.data) - 64
    assert not Piece.objects.exists()


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_full_database_refuses_a_bundle_that_says_nothing_as_well(
    door: Client, line: Line
) -> None:
    dummies = [line.bundle() for _bundle in range(MOST_DUMMIES)]

    with no_room_to_grow():
        told = {send(door, each).status_code for each in dummies}

    assert told == {200, 507}
