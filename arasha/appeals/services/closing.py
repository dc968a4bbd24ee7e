"""The end of an appeal, and its going on again."""

import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import Actor
from arasha.appeals.errors.work import (
    AlreadyClosedError,
    JoinedToItselfError,
    JoinedToNothingError,
    NoReplyYetError,
    NotClosedError,
    NotWithdrawnError,
    UnclassifiedError,
    WithdrawalClosesNothingError,
)
from arasha.appeals.locking import locked, opened
from arasha.appeals.models import Appeal, Closing, State
from arasha.appeals.recording import record
from arasha.appeals.services.terms import follow_state, start_retention, stop_retention
from arasha.country import country, local_day


@transaction.atomic
def close(
    *,
    appeal: Appeal,
    outcome: str,
    outcome_day: dt.date,
    answered: str,
    joined_to: Appeal | None = None,
    by: Actor,
    at: dt.datetime,
) -> Closing:
    """End an appeal with an outcome, once its writer was answered as far as anybody can.

    Raises NotYetOpenedError, UnclassifiedError, AlreadyClosedError, NoReplyYetError,
    WithdrawalClosesNothingError, NotWithdrawnError, JoinedToNothingError, JoinedToItselfError.
    """
    held = opened(appeal)
    _refuse_to_close(held, outcome=outcome, answered=answered, joined_to=joined_to)
    made = Closing.objects.create(
        appeal=held,
        outcome=outcome,
        outcome_day=outcome_day,
        answered=answered,
        closed_day=local_day(at),
        by_key=uuid.UUID(by.key),
    )
    _write(held, State.ANSWERED, outcome=outcome, day=outcome_day, joined_to=joined_to)
    follow_state(appeal=held, by=by, at=at)
    start_retention(appeal=held, by=by, at=at)
    record("appeal.answered", held.pk, outcome, by=by, at=at)
    return made


@transaction.atomic
def reopen(*, appeal: Appeal, reason_code: str, by: Actor, at: dt.datetime) -> Appeal:
    """Take up an appeal again that had ended; its earlier end stays on record. Raises NotClosedError."""
    held = locked(appeal)
    ended = Closing.objects.filter(appeal=held, reopened_day=None).first()
    if ended is None:
        raise NotClosedError
    ended.reopened_day, ended.reopening_reason = local_day(at), reason_code
    ended.save(update_fields=["reopened_day", "reopening_reason"])
    _write(held, State.CHECKED, outcome="", day=None, joined_to=None)
    follow_state(appeal=held, by=by, at=at)
    stop_retention(appeal=held, by=by, at=at)
    record("appeal.reopened", held.pk, reason_code, by=by, at=at)
    return held


def _refuse_to_close(
    appeal: Appeal, *, outcome: str, answered: str, joined_to: Appeal | None
) -> None:
    words = country().vocabularies
    outcomes, ways = words["appeal_outcomes"], words["answer_ways"]
    if not appeal.category:
        raise UnclassifiedError
    if Closing.objects.filter(appeal=appeal, reopened_day=None).exists():
        raise AlreadyClosedError
    if outcome in outcomes.meaning("withdrawn"):
        _refuse_to_withdraw(appeal)
    if outcome in outcomes.meaning("joined"):
        _refuse_to_join(appeal, joined_to)
    if answered in ways.meaning("mailbox") and not _was_answered(appeal):
        raise NoReplyYetError


def _was_answered(appeal: Appeal) -> bool:
    """Whether words lie in the mailbox: being told of a state is no answer."""
    return appeal.replies.filter(state="").exists()


def _refuse_to_withdraw(appeal: Appeal) -> None:
    """Who was tortured is made to withdraw: the duty to look into it does not end with that."""
    if appeal.category in country().vocabularies["appeal_categories"].meaning("ill_treatment"):
        raise WithdrawalClosesNothingError
    if appeal.withdrawn_day is None:
        raise NotWithdrawnError


def _refuse_to_join(appeal: Appeal, joined_to: Appeal | None) -> None:
    if joined_to is None:
        raise JoinedToNothingError
    if joined_to.pk == appeal.pk or joined_to.joined_to_id == appeal.pk:
        raise JoinedToItselfError


def _write(
    appeal: Appeal, state: State, *, outcome: str, day: dt.date | None, joined_to: Appeal | None
) -> None:
    appeal.state, appeal.waits = state, state != State.ANSWERED
    appeal.outcome, appeal.outcome_day, appeal.joined_to = outcome, day, joined_to
    appeal.save(update_fields=["state", "waits", "outcome", "outcome_day", "joined_to"])
