"""What is said to have happened, kept as it was received."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from arasha.actors import Actor
from arasha.cases.models import Allegation
from arasha.cases.receiving import receipt
from arasha.journal import services as journal
from arasha.people.models import Institution


@transaction.atomic
def receive_allegation(
    *,
    key: uuid.UUID,
    source_kind: str,
    source_key: uuid.UUID,
    account: str,
    happened: tuple[dt.date | None, dt.date | None],
    place_key: uuid.UUID | None,
    conduct: str,
    capacity: str,
    criteria: Sequence[str],
    consent: str,
    happened_words: str = "",
    source_words: str = "",
    is_anonymous: bool = False,
    warned_day: dt.date | None = None,
    receiver: Institution | None = None,
    received_at: dt.datetime | None = None,
    by: Actor,
    at: dt.datetime,
) -> Allegation:
    """Keep what is said to have happened, as it was received. It is never edited; its clocks begin.

    `received_at`: if it came in before it was written down.
    """
    came_at = received_at or at
    allegation = Allegation.objects.create(
        key=key,
        source_kind=source_kind,
        source_key=source_key,
        source_words=source_words,
        account=account,
        happened_from=happened[0],
        happened_to=happened[1],
        happened_words=happened_words,
        place_id=place_key,
        conduct=conduct,
        capacity=capacity,
        criteria=list(criteria),
        consent=consent,
        received_at=came_at,
        receiver=receiver,
        is_anonymous=is_anonymous,
        warned_day=warned_day,
        **receipt(came_at),
    )
    journal.record(
        act="allegation.received", subject_kind="allegation", subject_key=key, by=by, at=at
    )
    return allegation
