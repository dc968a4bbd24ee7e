import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import Actor
from arasha.appeals.errors.work import NotYetOpenedError
from arasha.appeals.models import Appeal
from arasha.handoffs.appeals_to_visits.models import VisitProposal
from arasha.handoffs.passing import give, keep, ring
from arasha.people.models import Institution
from arasha.places.models import Place

KIND, MONITOR = VisitProposal.KIND, "monitor"


@transaction.atomic
def propose(
    *,
    appeal: Appeal,
    sender: Institution,
    receiver: Institution | None,
    place: Place,
    reason: str,
    wanted_by_day: dt.date | None,
    by: Actor,
    at: dt.datetime,
) -> VisitProposal:
    """Propose a special visit. The appeal stays with its officer, and stays sealed.

    Raises NotYetOpenedError, AlreadyPassedError.
    """
    if appeal.opened_day is None:
        raise NotYetOpenedError
    made = VisitProposal(
        key=uuid.uuid4(),
        appeal_key=appeal.key,
        sender=sender,
        receiver=receiver,
        place=place,
        reason=reason,
        wanted_by_day=wanted_by_day,
        made_at=at,
        made_by_key=uuid.UUID(by.key),
    )
    give(subject=(KIND, made.key), holder=sender, basis="referral", by=by, at=at)
    if receiver is not None:
        give(subject=(KIND, made.key), holder=receiver, basis="assigned", by=by, at=at)
    keep(made, by=by, at=at)
    ring(made, receiver, what="arrived", role=MONITOR, by=by, at=at)
    return made
