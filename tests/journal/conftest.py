import datetime as dt
from pathlib import Path

import pytest

from arasha.engines.notes import NOTE, SignerKey
from arasha.engines.translog import leaf
from arasha.journal import services
from arasha.journal.folder import LogFolder
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.log import Log
from arasha.journal.proofs import Receipts


def utc_day(moment: dt.datetime) -> dt.date:
    return moment.date()


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(
        LogFolder(tmp_path / "log"),
        LastCheckpoint(tmp_path / "last" / "record.sqlite3"),
        SignerKey("test.example/log", NOTE, b"s" * 32),
        utc_day,
    )


@pytest.fixture
def receipts(log: Log) -> Receipts:
    return Receipts(log.folder)


def pend(numbers: range) -> list[bytes]:
    """Add pending leaves with known contents and return their hashes."""
    texts = [leaf("event", number.to_bytes(32)).decode() for number in numbers]
    return [bytes(services.add_leaf(text=text).hash) for text in texts]
