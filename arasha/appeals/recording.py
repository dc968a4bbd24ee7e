"""An act in the journal, in the same transaction as the act: on an appeal, on many, or an officer's own."""

import datetime as dt
import uuid
from collections.abc import Iterable

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.journal import services as journal

APPEAL, USER = "appeal", "user"


def record(
    act: str,
    appeal_key: uuid.UUID,
    reason_code: str = "",
    *,
    grant_key: uuid.UUID | None = None,
    by: Actor,
    at: dt.datetime,
) -> None:
    journal.record(
        act=act,
        subject_kind=APPEAL,
        subject_key=appeal_key,
        by=by,
        at=at,
        reason_code=reason_code,
        grant_key=grant_key,
    )


def record_each(
    act: str, appeals: Iterable[Appeal], reason_code: str = "", *, by: Actor, at: dt.datetime
) -> None:
    """The same act on many appeals."""
    journal.record_many(
        acts=[
            journal.Act(
                act=act,
                subject_kind=APPEAL,
                subject_key=each.key,
                by=by,
                at=at,
                reason_code=reason_code,
            )
            for each in appeals
        ]
    )


def record_own(
    act: str, *, on_behalf_key: uuid.UUID | None = None, by: Actor, at: dt.datetime
) -> None:
    """An act of an officer that is about no record; `on_behalf_key` names whom else it touches."""
    journal.record(
        act=act,
        subject_kind=USER,
        subject_key=uuid.UUID(by.key),
        by=by,
        at=at,
        on_behalf_key=on_behalf_key,
    )
