import datetime as dt
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from arasha.engines.notes import NOTE, SignerKey
from arasha.engines.translog import leaf
from arasha.journal import sequencer, services
from arasha.journal.folder import LogFolder
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.log import Log

NOON = dt.datetime(2026, 6, 26, 12, tzinfo=dt.UTC)
SIGNER = SignerKey("test.example/log", NOTE, b"s" * 32)


@pytest.fixture
def door(settings, tmp_path: Path) -> Iterator[Client]:
    """The public door with its own addresses and middleware, over an empty log."""
    settings.ROOT_URLCONF = "arasha.config.urls.public"
    settings.MIDDLEWARE = import_module("arasha.config.settings.public").MIDDLEWARE
    settings.ARASHA_DOOR = "public"
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # or WhiteNoise warns
    settings.ARASHA_LOG_DIR = tmp_path / "log"
    # The language of the last request would otherwise be that of the next test.
    with translation.override("en"):
        yield Client(REMOTE_ADDR="203.0.113.77", headers={"accept-language": "ru"})


@pytest.fixture
def leaves(door: Client, db, settings, tmp_path: Path) -> list[bytes]:
    """Three published leaves."""
    texts = [leaf("event", number.to_bytes(32)).decode() for number in range(3)]
    hashes = [bytes(services.add_leaf(text=text).hash) for text in texts]
    log = Log(
        LogFolder(settings.ARASHA_LOG_DIR),
        LastCheckpoint(tmp_path / "last.sqlite3"),
        SIGNER,
        lambda moment: moment.date(),
    )
    sequencer.advance(log, at=NOON, padded=False)
    return hashes
