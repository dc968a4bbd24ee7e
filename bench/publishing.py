"""A log with its database, for bench.epochs. Imported when Django is set up."""

import datetime as dt
import os
import time
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command

from arasha.engines.notes import NOTE, SignerKey, filing_code
from arasha.engines.translog import leaf, parse_policy, parse_proof, verify_proof
from arasha.journal import services
from arasha.journal.epochs import LEAVES_IN_AN_EPOCH
from arasha.journal.folder import LogFolder
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.log import Log
from arasha.journal.models import Leaf
from arasha.journal.proofs import Receipts
from arasha.journal.sequencer import advance

NOON = dt.datetime(2026, 6, 26, 12, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Took:
    """Seconds of the clock, and of the processor: the second hardly knows of busy neighbours."""

    clock: float
    processor: float


class Bench:
    """A log that nobody else writes to."""

    def __init__(self, folder: Path) -> None:
        call_command("migrate", "journal", verbosity=0)
        self.log = Log(
            LogFolder(folder / "log"),
            LastCheckpoint(folder / "last" / "record"),
            SignerKey("bench.example/log", NOTE, b"b" * 32),
            lambda moment: moment.date(),
        )
        self.receipts = Receipts(self.log.folder)
        self.policy = parse_policy(self.log.policy_text.encode())

    def load(self, leaves: int) -> list["Took"]:
        """Publish so many in the largest epochs."""
        epochs = range(0, leaves, LEAVES_IN_AN_EPOCH)
        return [self.publish(min(LEAVES_IN_AN_EPOCH, leaves - first)) for first in epochs]

    def publish(self, leaves: int) -> "Took":
        """Publish one epoch of so many leaves that wait already, until it is public."""
        texts = [leaf("event", os.urandom(32)).decode() for _ in range(leaves)]
        services.add_leaves(texts=texts)
        begun, worked = time.perf_counter(), time.process_time()
        advance(self.log, at=NOON, padded=False)
        return Took(time.perf_counter() - begun, time.process_time() - worked)

    def some_codes(self, count: int) -> list[str]:
        step = max(1, self.log.folder.size() // count)
        placed = Leaf.objects.filter(index__in=range(0, count * step, step))
        return [filing_code(bytes(each)) for each in placed.values_list("hash", flat=True)]

    def proof(self, code: str) -> str:
        return self.receipts.proof_of_code(code) or ""

    def verify(self, proof: str) -> object:
        return verify_proof(parse_proof(proof.encode()), self.policy)
