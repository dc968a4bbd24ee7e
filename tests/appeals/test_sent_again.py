"""An appeal that the server lost and the terminal sends again: on its old leaf, with its old day."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import transaction

from arasha.appeals.models import Appeal
from arasha.country import local_day
from arasha.engines.notes import NOTE, SignerKey
from arasha.engines.sealing import RecipientSet
from arasha.journal.folder import LogFolder
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.log import Log
from arasha.journal.models import Leaf
from arasha.journal.recovering import recover
from arasha.journal.sequencer import advance
from tests.walk import DAY, FILED_AT, Terminal, file, posted


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(
        LogFolder(tmp_path / "log"),
        LastCheckpoint(tmp_path / "last" / "record"),
        SignerKey("test.example/log", NOTE, b"s" * 32),
        local_day,
    )


def test_it_is_received_on_the_day_on_which_it_was_published(
    log: Log, terminal: Terminal, recipients: RecipientSet
) -> None:
    body = posted(recipients)
    with transaction.atomic():
        lost = file(terminal, body, at=FILED_AT)
        advance(log, at=FILED_AT + dt.timedelta(hours=1), padded=True)
        transaction.set_rollback(True)
    published_on = local_day(FILED_AT + dt.timedelta(hours=1))
    recover(log, at=FILED_AT + 9 * DAY)

    again = file(terminal, body, at=FILED_AT + 9 * DAY)

    assert again.leaf_hash == lost.leaf_hash
    assert again.received_day == published_on
    assert Appeal.objects.get(leaf_hash=lost.leaf_hash).received_day == published_on
    assert not Leaf.objects.get(hash=lost.leaf_hash).record_missing
