"""The database itself refuses to change what the journal holds."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection

from arasha.actors import TICK
from arasha.journal import services
from arasha.journal.models import Entry, Epoch, Leaf, Salt

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 26, 12, tzinfo=dt.UTC)


@pytest.fixture
def entry() -> Entry:
    """An act whose leaf is in an epoch."""
    made = services.record(
        act="case.opened", subject_kind="case", subject_key=uuid.UUID(int=7), by=TICK, at=NOON
    )
    epoch = Epoch.objects.create(number=1, size=1, root=b"r" * 32, at=NOON, published_at=NOON)
    Leaf.objects.update(epoch=epoch, index=0)
    return made


CHANGES: dict[str, Callable[[], object]] = {
    "who did it": lambda: Entry.objects.update(actor_key="somebody else"),
    "when": lambda: Entry.objects.update(at=NOON - dt.timedelta(days=1)),
    "by which right": lambda: Entry.objects.update(grant_key=uuid.UUID(int=9)),
    "what the leaf commits to": lambda: Entry.objects.update(digest=b"x" * 32),
    "the salt": lambda: Salt.objects.update(value=b"x" * 32),
    "the leaf": lambda: Leaf.objects.update(text="arasha/v1\nevent\n" + "0" * 64),
    "its place": lambda: Leaf.objects.update(index=5),
    "that it has a place": lambda: Leaf.objects.update(index=None),
    "the root of an epoch": lambda: Epoch.objects.update(root=b"x" * 32),
    "when it was published": lambda: Epoch.objects.update(published_at=None),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_no_statement_changes_what_was_written(entry: Entry, change: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        change()


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["journal_entry", "journal_leaf", "journal_epoch"])
def test_no_statement_deletes_a_row(entry: Entry, table: str) -> None:
    Salt.objects.all().delete()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a name from this list
