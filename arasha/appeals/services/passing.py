"""An appeal comes into the hands of another body than the one it was written to."""

import datetime as dt

from django.db import transaction

from arasha.actors import Actor
from arasha.appeals.models import Appeal, State
from arasha.country import country, local_day, midnight
from arasha.journal import services as journal
from arasha.packs import due_at
from arasha.people.models import Institution


@transaction.atomic
def take_over(*, appeal: Appeal, body: Institution, by: Actor, at: dt.datetime) -> Appeal:
    """The body's own clock begins, and the appeal waits for its answer."""
    locked = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    locked.state, locked.waits = State.CHECKED, True
    locked.answer_by_day = _answer_by(body, local_day(at))
    locked.save(update_fields=["state", "waits", "answer_by_day"])
    journal.record(
        act="appeal.taken_over", subject_kind="appeal", subject_key=locked.key, by=by, at=at
    )
    return locked


def _answer_by(institution: Institution, day: dt.date) -> dt.date | None:
    """The last day for an answer that counts from `day`, where the pack knows a term for this body."""
    body = country().body_of(institution.kind)
    if body is None or body.answer_deadline is None:
        return None
    due = due_at(country(), body.answer_deadline, midnight(day))
    return local_day(due) if due else None
