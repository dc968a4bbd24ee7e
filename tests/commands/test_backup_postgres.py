"""The same act on PostgreSQL: pg_dump and pg_restore, with the connection of the settings."""

import datetime as dt
import uuid
from pathlib import Path

import pytest

from arasha.actors import TICK
from arasha.commands.backups import back_up, opened, restore_database
from arasha.journal import services
from arasha.journal.folder import LogFolder
from arasha.journal.models import Entry

NOON = dt.datetime(2026, 6, 26, 12, tzinfo=dt.UTC)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_what_was_written_after_the_backup_is_gone_and_what_was_before_is_back(
    tmp_path: Path,
) -> None:
    before = _record("kept")
    back_up(tmp_path / "monday.zip", LogFolder(tmp_path / "log"), tmp_path / "files", at=NOON)
    _record("lost")

    with opened(tmp_path / "monday.zip") as (archive, manifest):
        restore_database(archive)

    assert manifest.vendor == "postgresql"
    assert [(entry.act, entry.key) for entry in Entry.objects.all()] == [("kept", before.key)]


def _record(act: str) -> Entry:
    return services.record(
        act=act, subject_kind="case", subject_key=uuid.UUID(int=7), by=TICK, at=NOON
    )
