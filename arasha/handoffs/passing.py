"""What every crossing does: give grants, ring, take an answer."""

import datetime as dt
import uuid

from django.db import IntegrityError, models, transaction

from arasha.access import services as access
from arasha.access.policy import INSTITUTION
from arasha.access.selectors import people_to_tell
from arasha.actors import Actor
from arasha.handoffs.crossings import Answer, Crossing
from arasha.handoffs.errors import AlreadyAnsweredError, AlreadyPassedError
from arasha.journal import services as journal
from arasha.notices import services as notices
from arasha.people.models import Institution


def give(
    *,
    subject: tuple[str, uuid.UUID],
    holder: Institution,
    basis: str,
    by: Actor,
    at: dt.datetime,
    reason_code: str = "",
) -> None:
    """Give an institution a reason to see a record. The grant stands before the record itself."""
    access.grant(
        subject_kind=subject[0],
        subject_key=subject[1],
        holder_kind=INSTITUTION,
        holder_key=holder.key,
        basis=basis,
        by=by,
        at=at,
        reason_code=reason_code,
    )


def keep(crossing: Crossing, *, kind: str, by: Actor, at: dt.datetime) -> None:
    """Insert the row and its journal entry. Raises AlreadyPassedError if it waits there already."""
    try:
        with transaction.atomic():
            crossing.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyPassedError from error
    journal.record(act=f"{kind}.made", subject_kind=kind, subject_key=crossing.key, by=by, at=at)


def settle(
    crossing: Crossing, answer: Answer, *, kind: str, by: Actor, at: dt.datetime, reason: str = ""
) -> None:
    """Write the receiver's answer. Raises AlreadyAnsweredError."""
    locked = type(crossing)._default_manager.select_for_update(of=("self",)).get(pk=crossing.pk)
    if locked.answer != Answer.WAITING:
        raise AlreadyAnsweredError
    crossing.answer, crossing.answered_at, crossing.reason_code = answer, at, reason
    crossing.save(update_fields=["answer", "answered_at", "reason_code"])
    journal.record(
        act=f"{kind}.{answer}",
        subject_kind=kind,
        subject_key=crossing.key,
        by=by,
        at=at,
        reason_code=reason,
    )
    notices.handled(
        subject_kind=kind, subject_key=crossing.key, kind=f"{kind}.arrived", by=by, at=at
    )


def ring(
    crossing: models.Model,
    institution: Institution | None,
    *,
    what: str,
    role: str,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Tell whoever has the role in an institution; `what` is "kind.arrived" or "kind.answered"."""
    if institution is None:
        return
    kind = what.partition(".")[0]
    people = people_to_tell(
        viewer=by, kind=kind, key=crossing.pk, at=at, institution=institution, role=role
    )
    notices.notify(
        user_keys=people, kind=what, subject_kind=kind, subject_key=crossing.pk, by=by, at=at
    )
