"""The log that this server publishes: its files, its record outside backups, its keys, its witnesses."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from arasha.country import local_day
from arasha.engines.notes import SignerKey, VerifierKey
from arasha.engines.translog import Policy
from arasha.journal.folder import LogFolder
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.policy import NO_WITNESS, parsed, policy_of, read_witnesses
from arasha.wire.keyfile import read_private

KEY, NEXT_KEY = "log", "log.next"


@dataclass(frozen=True, slots=True)
class Log:
    """One log. `day_of` tells the calendar day of an instant: all that a code page says about time.

    While the key is being changed, `next_signer` signs beside `signer`. `witnesses` are the lines
    of the policy below its logs; `mirrors` are addresses under which others serve the same files.
    """

    folder: LogFolder
    last: LastCheckpoint
    signer: SignerKey
    day_of: Callable[[dt.datetime], dt.date]
    next_signer: SignerKey | None = None
    witnesses: str = NO_WITNESS
    mirrors: tuple[str, ...] = ()

    @property
    def signers(self) -> list[SignerKey]:
        return [self.signer, *([self.next_signer] if self.next_signer else [])]

    @property
    def keys(self) -> list[VerifierKey]:
        """The keys by which a checkpoint is known as this log's."""
        return [signer.verifier for signer in self.signers]

    @property
    def policy_text(self) -> str:
        return policy_of(self.keys, self.witnesses)

    @property
    def policy(self) -> Policy:
        return parsed(self.policy_text)


def log_of_settings() -> Log:
    """The log that the settings name. Raises KeyFileError or WitnessFileError."""
    keys: Path = settings.ARASHA_KEYS_DIR
    has_next = (keys / NEXT_KEY).exists()
    return Log(
        LogFolder(settings.ARASHA_LOG_DIR),
        LastCheckpoint(settings.ARASHA_LAST_CHECKPOINT),
        _signer(keys / KEY),
        local_day,
        next_signer=_signer(keys / NEXT_KEY) if has_next else None,
        witnesses=read_witnesses(settings.ARASHA_WITNESSES),
        mirrors=settings.ARASHA_MIRRORS,
    )


def _signer(path: Path) -> SignerKey:
    return SignerKey.parse(read_private(path).decode().strip())
