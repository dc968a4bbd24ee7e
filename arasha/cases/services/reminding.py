"""Bells before a clock runs out, and to the superior once it has: each rung once, and kept."""

import datetime as dt
from typing import Any

from django.db import transaction

from arasha.access.selectors import people_to_tell
from arasha.actors import Actor
from arasha.cases.models import Reminder
from arasha.cases.reminding import DUE, ESCALATED, MOTION, RAN_OUT, Bell, Clock, bells
from arasha.journal import services as journal
from arasha.notices import services as notices
from arasha.people.models import Institution
from arasha.people.roles import PROSECUTOR, SUPERVISOR

SOON, MOTION_SOON, LATE, TOLD = "term_soon", "motion_soon", "late", "escalated"


def ring(*, row: Any, clock: Clock, by: Actor, at: dt.datetime) -> int:
    """Keep every bell of a clock that is due and was not rung yet, and ring the last. Returns how many rang."""
    due = bells(row, clock, at=at)
    return sum(_ring(row, clock, bell, is_last=bell is due[-1], by=by, at=at) for bell in due)


@transaction.atomic
def _ring(row: Any, clock: Clock, bell: Bell, *, is_last: bool, by: Actor, at: dt.datetime) -> bool:
    """Whoever makes the row rings; of two ticks at once, one does. What comes too late is kept silently."""
    kind, key, holder = _subject(row)
    office, people = _whom(kind, key, holder, bell, at=at, by=by)
    of = {"deadline": row, "case": row.case} if clock.of == "deadline" else {"allegation": row}
    _reminder, is_new = Reminder.objects.get_or_create(
        **of,
        rule=clock.rule,
        kind=bell.kind,
        days_before=bell.days_before,
        due_at=bell.due_at,
        defaults={"to_institution": office, "rung_at": at},
    )
    is_past = bell.days_before != RAN_OUT and bell.due_at < at
    if not is_new or not is_last or is_past:
        return False
    name = f"{kind}.{_name(bell)}"
    # The bell of ten days before is still open on the fifth: it rings anew.
    notices.handled(kind=name, subject_kind=kind, subject_key=key, by=by, at=at)
    if bell.kind == ESCALATED:
        journal.record(act=f"{kind}.late_told", subject_kind=kind, subject_key=key, by=by, at=at)
    made = notices.notify(
        user_keys=people, kind=name, subject_kind=kind, subject_key=key, by=by, at=at
    )
    return bool(made)


def _subject(row: Any) -> tuple[str, Any, Institution]:
    """What the bell is about, and in whose hands it is."""
    if hasattr(row, "receiver"):
        return "allegation", row.key, row.receiver
    return "case", row.case_id, row.case.holder


def _whom(
    kind: str, key: Any, holder: Institution, bell: Bell, *, by: Actor, at: dt.datetime
) -> tuple[Institution | None, list[Any]]:
    """The office that is told, and its people; none above: the office's own supervisors."""
    asked: list[tuple[Institution | None, str]] = [(holder, PROSECUTOR)]
    if bell.kind == ESCALATED:
        asked = [(holder.parent, SUPERVISOR), (holder, SUPERVISOR)]
    for office, role in asked:
        if office is None:
            continue
        people = people_to_tell(viewer=by, kind=kind, key=key, at=at, institution=office, role=role)
        if found := list(people):
            return office, found
    return None, []


def _name(bell: Bell) -> str:
    if bell.kind == ESCALATED:
        return TOLD
    if bell.days_before == RAN_OUT:
        return LATE
    return {DUE: SOON, MOTION: MOTION_SOON}[bell.kind]
