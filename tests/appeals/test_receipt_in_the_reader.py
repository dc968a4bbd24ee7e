"""The receipt goes to the officer's reader with the appeal, for the bag that they take out."""

from pathlib import Path

from django.utils import timezone

from arasha.appeals.models import Appeal
from arasha.country import local_day
from arasha.engines.notes import NOTE, SignerKey
from arasha.engines.translog import parse_proof
from arasha.journal.folder import LogFolder
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.log import Log
from arasha.journal.sequencer import advance
from arasha.people.models import User
from tests.appeals.reader import reader_of


def test_the_receipt_comes_once_its_epoch_is_published(
    appeal: Appeal, officer: User, settings, tmp_path: Path
) -> None:
    settings.ARASHA_LOG_DIR = tmp_path / "log"
    reader = reader_of(officer)
    assert reader.get(f"appeals/{appeal.key}")[1]["proof"] is None

    signer = SignerKey("test.example/log", NOTE, b"s" * 32)
    log = Log(LogFolder(tmp_path / "log"), LastCheckpoint(tmp_path / "last"), signer, local_day)
    advance(log, at=timezone.now(), padded=False)

    proof = reader.get(f"appeals/{appeal.key}")[1]["proof"]
    assert parse_proof(proof.encode()).leaf_hash == bytes(appeal.leaf_hash)
