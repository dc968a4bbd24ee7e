import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from arasha.actors import Actor
from arasha.appeals.errors.work import NotYetOpenedError
from arasha.appeals.models import Appeal
from arasha.handoffs.appeals_to_cctv.errors import (
    AlreadyServedError,
    HoursWrongError,
    TooNarrowError,
)
from arasha.handoffs.appeals_to_cctv.models import FootageHold
from arasha.handoffs.crossings import Answer
from arasha.handoffs.passing import give, keep, settle
from arasha.journal import services as journal
from arasha.people.models import Institution
from arasha.places.models import Place

KIND = FootageHold.KIND
HELD = "held"  # pack: footage outcomes
# Whoever serves the request learns its hours: few hours in one zone name whoever was there.
LEAST_HOURS = 6


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many days a place is known to keep footage, and from which document."""

    days: int
    source: str


@transaction.atomic
def ask_to_hold(
    *,
    appeal: Appeal,
    sender: Institution,
    place: Place,
    zone: str,
    hours: tuple[dt.datetime, dt.datetime],
    retention: Retention | None,
    by: Actor,
    at: dt.datetime,
) -> FootageHold:
    """Note which footage must not be overwritten. It is not sent by this: nothing here reaches a recorder.

    Raises NotYetOpenedError, HoursWrongError, TooNarrowError, AlreadyPassedError.
    """
    if appeal.opened_day is None:
        raise NotYetOpenedError
    first, last = hours
    if not first < last <= at:
        raise HoursWrongError
    if last - first < dt.timedelta(hours=LEAST_HOURS):
        raise TooNarrowError(hours=LEAST_HOURS)
    made = FootageHold(
        key=uuid.uuid4(),
        appeal_key=appeal.key,
        sender=sender,
        receiver=None,
        place=place,
        zone=zone,
        from_at=first,
        until_at=last,
        kept_days=retention.days if retention else None,
        kept_by=retention.source if retention else "",
        made_at=at,
        made_by_key=uuid.UUID(by.key),
        # The first minute is lost first.
        answer_due_at=first + dt.timedelta(days=retention.days) if retention else None,
    )
    give(subject=(KIND, made.key), holder=sender, basis="assigned", by=by, at=at)
    keep(made, by=by, at=at)
    return made


@transaction.atomic
def enter_letter(
    *, crossing: FootageHold, number: str, day: dt.date, by: Actor, at: dt.datetime
) -> FootageHold:
    """The request went out on paper, outside this system. Raises AlreadyServedError."""
    locked = FootageHold.objects.select_for_update(of=("self",)).get(pk=crossing.pk)
    if locked.letter_day is not None:
        raise AlreadyServedError
    locked.letter_number, locked.letter_day = number.strip(), day
    locked.save(update_fields=["letter_number", "letter_day"])
    journal.record(
        act="footage_hold.served", subject_kind=KIND, subject_key=locked.key, by=by, at=at
    )
    return locked


@transaction.atomic
def enter_outcome(
    *, crossing: FootageHold, outcome: str, by: Actor, at: dt.datetime
) -> FootageHold:
    """What became of the footage: held, partly lost, lost. Raises AlreadyAnsweredError."""
    answer = Answer.ACCEPTED if outcome == HELD else Answer.RETURNED
    settle(crossing, answer, by=by, at=at, reason=outcome)
    return crossing
