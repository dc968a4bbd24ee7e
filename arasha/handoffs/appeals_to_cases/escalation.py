"""A referral that nobody registered in time: the office hears it, and so does its superior."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import QuerySet

from arasha.access.selectors import people_to_tell
from arasha.actors import Actor
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.handoffs.appeals_to_cases.selectors import REFERRALS
from arasha.handoffs.appeals_to_cases.services import KIND, PROSECUTOR
from arasha.handoffs.crossings import Answer
from arasha.handoffs.passing import give, ring
from arasha.journal import services as journal
from arasha.notices import services as notices
from arasha.people.models import Institution
from arasha.people.roles import SUPERVISOR

AT_ONCE = 200
LATE, ESCALATED = "late", "escalated"


def tell_of_late(*, by: Actor, at: dt.datetime) -> int:
    """Tell of every referral whose clock has run out, once each; bells of those answered fall silent."""
    late = _late(by, at)
    for bell in (LATE, ESCALATED):
        notices.handled_where_done(
            kind=f"{KIND}.{bell}", subject_kind=KIND, still=late, by=by, at=at
        )
    untold = late.filter(told_at=None).order_by("answer_due_at", "key")[:AT_ONCE]
    return sum(_tell(referral, by=by, at=at) for referral in untold)


@transaction.atomic
def _tell(referral: Referral, *, by: Actor, at: dt.datetime) -> bool:
    """Whoever writes the row rings; of two ticks at once, one does."""
    office, people = _above(referral, by=by, at=at)
    mine = Referral.objects.filter(pk=referral.pk, told_at=None)
    if not mine.update(told_at=at, told=office):
        return False
    ring(referral, referral.receiver, what=LATE, role=PROSECUTOR, by=by, at=at)
    if office is None:
        return True
    if office != referral.receiver:
        give(subject=(KIND, referral.key), holder=office, basis="supervises", by=by, at=at)
    notices.notify(
        user_keys=people,
        kind=f"{KIND}.{ESCALATED}",
        subject_kind=KIND,
        subject_key=referral.key,
        by=by,
        at=at,
    )
    journal.record(
        act="referral.late_told", subject_kind=KIND, subject_key=referral.key, by=by, at=at
    )
    return True


def _late(viewer: Actor, at: dt.datetime) -> QuerySet[Referral]:
    seen = REFERRALS.seen(viewer=viewer).select_related("receiver__parent")
    return seen.filter(answer=Answer.WAITING, answer_due_at__lt=at)


def _above(
    referral: Referral, *, by: Actor, at: dt.datetime
) -> tuple[Institution | None, list[uuid.UUID]]:
    """The office above and who leads there; if there is nobody, who leads the receiver's own."""
    for office in filter(None, (referral.receiver.parent, referral.receiver)):
        people = people_to_tell(
            viewer=by, kind=KIND, key=referral.key, at=at, institution=office, role=SUPERVISOR
        )
        if found := list(people):
            return office, found
    return None, []
