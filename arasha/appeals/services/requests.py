"""What is asked of the body complained of: its clock, the reminders, the answer."""

import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import Actor
from arasha.appeals.clocks import working_days_between
from arasha.appeals.errors.work import DueBeforeTodayError, RequestAnsweredError
from arasha.appeals.locking import opened
from arasha.appeals.models import Appeal, BodyRequest, State
from arasha.appeals.recording import record
from arasha.country import local_day
from arasha.people.models import Institution

# The practice of the office, not a term of the law: a reminder on the day itself, a second one three
# working days later, and three more until the supervisor is told.
REMINDERS = 2
BETWEEN_WORKING_DAYS = 3


@transaction.atomic
def ask_body(
    *,
    appeal: Appeal,
    institution: Institution,
    asks_for: str,
    number: str,
    due_day: dt.date,
    by: Actor,
    at: dt.datetime,
) -> BodyRequest:
    """Note a letter to the body complained of. The words of the letter stay in the reader.

    Raises NotYetOpenedError, AlreadyErasedError, DueBeforeTodayError.
    """
    held, today = opened(appeal), local_day(at)
    if due_day < today:
        raise DueBeforeTodayError
    made = BodyRequest.objects.create(
        appeal=held,
        institution=institution,
        asks_for=asks_for,
        number=number,
        asked_day=today,
        due_day=due_day,
        by_key=uuid.UUID(by.key),
    )
    if held.state == State.OPENED:
        held.state = State.CHECKED
        held.save(update_fields=["state"])
    record("appeal.body_asked", made.appeal_id, asks_for, by=by, at=at)
    return made


@transaction.atomic
def register_answer(
    *, request: BodyRequest, answer: str, answered_day: dt.date, by: Actor, at: dt.datetime
) -> BodyRequest:
    """Note what the body answered, and when. Raises RequestAnsweredError, AlreadyErasedError."""
    opened(request.appeal)
    held = BodyRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if held.answered_day is not None:
        raise RequestAnsweredError
    held.answer, held.answered_day = answer, answered_day
    held.save(update_fields=["answer", "answered_day"])
    record("appeal.body_answered", held.appeal_id, answer, by=by, at=at)
    return held


@transaction.atomic
def remind(*, request: BodyRequest, by: Actor, at: dt.datetime) -> str:
    """Note the step that is due for an unanswered request: "reminded", "escalated", or "" if none is."""
    held = BodyRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    step = _next_step(held, local_day(at))
    if step == "reminded":
        held.reminders, held.reminded_day = held.reminders + 1, local_day(at)
        held.save(update_fields=["reminders", "reminded_day"])
    elif step == "escalated":
        held.escalated_day = local_day(at)
        held.save(update_fields=["escalated_day"])
    if step:
        record(f"appeal.request_{step}", held.appeal_id, by=by, at=at)
    return step


def _next_step(request: BodyRequest, today: dt.date) -> str:
    """What is due today for a request that has no answer."""
    if request.answered_day or request.escalated_day or request.due_day > today:
        return ""
    if request.reminded_day is None:
        return "reminded"
    if working_days_between(request.reminded_day, today) < BETWEEN_WORKING_DAYS:
        return ""
    return "reminded" if request.reminders < REMINDERS else "escalated"
