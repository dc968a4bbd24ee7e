"""An act on an appeal in the journal, in the same transaction as the act."""

import datetime as dt
import uuid

from arasha.actors import Actor
from arasha.journal import services as journal


def record(
    act: str, appeal_key: uuid.UUID, reason_code: str = "", *, by: Actor, at: dt.datetime
) -> None:
    journal.record(
        act=act,
        subject_kind="appeal",
        subject_key=appeal_key,
        by=by,
        at=at,
        reason_code=reason_code,
    )


def record_own(act: str, *, by: Actor, at: dt.datetime) -> None:
    """An act of an officer that is about no record."""
    journal.record(act=act, subject_kind="user", subject_key=uuid.UUID(by.key), by=by, at=at)
