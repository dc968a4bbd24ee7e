"""An appeal comes into the hands of another body than the one it was written to."""

import datetime as dt

from django.db import transaction

from arasha.actors import Actor
from arasha.appeals.clocks import is_for_answer
from arasha.appeals.errors.work import AlreadyClosedError
from arasha.appeals.locking import locked
from arasha.appeals.models import Appeal, State
from arasha.appeals.recording import record
from arasha.appeals.services.terms import begin_terms
from arasha.people.models import Institution


@transaction.atomic
def take_over(*, appeal: Appeal, body: Institution, by: Actor, at: dt.datetime) -> Appeal:
    """The body's own clocks begin, and the appeal waits for its answer.

    Raises AlreadyErasedError, AlreadyClosedError for what ended while it was on its way.
    """
    held = locked(appeal)
    if held.closings.filter(reopened_day=None).exists():
        raise AlreadyClosedError
    terms = begin_terms(appeal=held, body=body, by=by, at=at)
    held.state, held.waits = State.CHECKED, True
    answers = (term.due_day for term in terms if is_for_answer(term.code))
    held.answer_by_day = next(answers, None)
    held.save(update_fields=["state", "waits", "answer_by_day"])
    record("appeal.taken_over", held.key, by=by, at=at)
    return held
