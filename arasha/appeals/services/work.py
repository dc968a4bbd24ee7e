"""What an officer records of an appeal after reading it, and the state that is kept for its writer."""

import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import Actor
from arasha.appeals.locking import locked, opened
from arasha.appeals.models import WAITING, Appeal, State
from arasha.appeals.recording import record, record_own
from arasha.appeals.services.terms import follow_state
from arasha.country import local_day
from arasha.people.models import Institution
from arasha.places.models import Place


@transaction.atomic
def move(*, appeal: Appeal, state: State, by: Actor, at: dt.datetime) -> Appeal:
    """Bring an appeal into one of the five states that are kept for its writer. Its clock follows."""
    held = locked(appeal)
    held.state, held.waits = state, state in WAITING
    held.save(update_fields=["state", "waits"])
    follow_state(appeal=held, by=by, at=at)
    record(f"appeal.{state}", held.pk, by=by, at=at)
    return held


@transaction.atomic
def classify(
    *,
    appeal: Appeal,
    category: str,
    urgency: str = "",
    place: Place | None = None,
    accused_body: Institution | None = None,
    by: Actor,
    at: dt.datetime,
) -> Appeal:
    """Note after reading what an appeal is about: all that figures ever see of it.

    `accused_body` is whom the person complains of: it can never receive the appeal. Raises
    NotYetOpenedError, AlreadyErasedError.
    """
    held = opened(appeal)
    held.category, held.urgency = category, urgency
    held.place, held.accused_body = place, accused_body
    held.save(update_fields=["category", "urgency", "place", "accused_body"])
    record("appeal.classified", held.pk, by=by, at=at)
    return held


@transaction.atomic
def take(*, appeal: Appeal, by: Actor, at: dt.datetime) -> Appeal:
    """Take an appeal in hand. Once it was opened its state is that it is being checked."""
    held = locked(appeal)
    held.handler_id = uuid.UUID(by.key)
    if held.state == State.OPENED:
        held.state = State.CHECKED
    held.save(update_fields=["handler", "state"])
    record("appeal.taken", held.pk, by=by, at=at)
    return held


@transaction.atomic
def give_back(*, appeal: Appeal, by: Actor, at: dt.datetime) -> Appeal:
    """Nobody has it in hand any more; it stays open to everybody in the set."""
    held = locked(appeal)
    held.handler = None
    held.save(update_fields=["handler"])
    record("appeal.given_back", held.pk, by=by, at=at)
    return held


@transaction.atomic
def ask_withdrawal(*, appeal: Appeal, by: Actor, at: dt.datetime) -> Appeal:
    """Note that the person asked to withdraw it. It closes nothing by itself.

    Raises NotYetOpenedError, AlreadyErasedError.
    """
    held = opened(appeal)
    held.withdrawn_day = held.withdrawn_day or local_day(at)
    held.save(update_fields=["withdrawn_day"])
    record("appeal.withdrawal_asked", held.pk, by=by, at=at)
    return held


def note_journal_taken(*, by: Actor, at: dt.datetime) -> None:
    """Somebody took the journal of incoming appeals with them: it names codes, never words."""
    record_own("appeals.journal_taken", by=by, at=at)
