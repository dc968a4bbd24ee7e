"""A checkpoint judged under a policy: who signed, who saw it, and when at the latest."""

import datetime as dt
from dataclasses import dataclass

from arasha.engines.notes import (
    Note,
    UntrustedNoteError,
    Verified,
    VerifierKey,
    verified_signatures,
)
from arasha.engines.translog import Checkpoint, NotProvedError, Policy

FAR_FUTURE = 4_102_444_800  # the year 2100, in POSIX seconds: beyond it a clock is wrong


@dataclass(frozen=True, slots=True)
class Judged:
    """What a checkpoint states, which known log signed it, and which known witnesses saw it."""

    note: Note
    stated: Checkpoint
    log: VerifierKey
    cosignatures: tuple[Verified, ...]
    has_quorum: bool

    @property
    def seen_at(self) -> dt.datetime | None:
        """The latest time that a witness gives; None without a witness or with a broken clock."""
        times = [each.timestamp or 0 for each in self.cosignatures]
        latest = max(times, default=FAR_FUTURE)
        return dt.datetime.fromtimestamp(latest, dt.UTC) if latest < FAR_FUTURE else None


def judged(note: Note, policy: Policy) -> Judged:
    """Raises NotProvedError if no known log signed it, or somebody signed falsely; MalformedError."""
    stated = Checkpoint.parse(note.text)
    logs = [key for key in policy.logs if key.name == stated.origin]
    if not logs:
        raise NotProvedError(NotProvedError.UNKNOWN_LOG, f"unknown log {stated.origin}")
    try:
        signed = verified_signatures(note, logs)
        seen = tuple(verified_signatures(note, list(policy.witnesses.values())))
    except UntrustedNoteError as problem:
        raise NotProvedError(NotProvedError.BAD_SIGNATURE, str(problem)) from problem
    if not signed:
        raise NotProvedError(NotProvedError.NOT_SIGNED, "no known key of the log signed this")
    enough = policy.is_satisfied({each.key for each in seen})
    return Judged(note, stated, signed[0].key, seen, enough)
