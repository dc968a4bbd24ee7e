"""Many appeals at once, with their grants and leaves: for worlds as large as a country."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from arasha.access.policy import INSTITUTION
from arasha.access.services import Granted, grant_many
from arasha.actors import Actor
from arasha.appeals.models import WAITING, Appeal, Ciphertext, Liveness
from arasha.engines.notes import filing_code
from arasha.engines.translog import leaf_hash
from arasha.journal import services as journal
from arasha.trust.models import RecipientSet

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """An appeal as it stands today. Without envelope and card: destroyed when its retention ended."""

    leaf_text: str
    envelope: bytes | None
    card: bytes | None
    received_day: dt.date
    received_at: dt.datetime
    answer_by_day: dt.date | None
    state: str
    opened_day: dt.date | None
    category: str
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def load(*, rows: Iterable[Load], recipient_set: RecipientSet, by: Actor, at: dt.datetime) -> int:
    """Insert many appeals to one recipient set; returns how many."""
    loads = list(rows)
    grant_many(
        grants=[
            Granted(
                subject_kind="appeal",
                subject_key=row.key,
                holder_kind=INSTITUTION,
                holder_key=recipient_set.institution_id,
                basis="assigned",
                at=row.received_at,
            )
            for row in loads
        ],
        by=by,
    )
    Appeal.objects.bulk_create([_appeal(row, recipient_set) for row in loads], ROWS_AT_ONCE)
    Ciphertext.objects.bulk_create(
        [
            Ciphertext(appeal_id=row.key, envelope=row.envelope, card=row.card)
            for row in loads
            if row.envelope
        ],
        ROWS_AT_ONCE,
    )
    journal.add_leaves(texts=[row.leaf_text for row in loads])
    return len(loads)


def keys_shown(*, owners: Mapping[str, uuid.UUID], day: dt.date) -> None:
    """Whose key each recipient is, who showed on this day that it opens: a server has no key to show."""
    Liveness.objects.bulk_create(
        Liveness(recipient=recipient, user_key=owner, live_day=day)
        for recipient, owner in owners.items()
    )


def _appeal(row: Load, recipient_set: RecipientSet) -> Appeal:
    hashed = leaf_hash(row.leaf_text.encode())
    return Appeal(
        key=row.key,
        leaf_hash=hashed,
        code=filing_code(hashed),
        recipient_set=recipient_set,
        received_day=row.received_day,
        answer_by_day=row.answer_by_day,
        state=row.state,
        told_state=row.state,  # what is made in bulk has no mailbox
        waits=row.state in WAITING,
        opened_day=row.opened_day,
        category=row.category,
    )
