"""What every crossing does: give grants, ring, take an answer."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction

from arasha.access import services as access
from arasha.access.policy import INSTITUTION
from arasha.access.selectors import people_to_tell
from arasha.actors import Actor
from arasha.handoffs.crossings import Answer, Crossing
from arasha.handoffs.errors import AlreadyAnsweredError, AlreadyPassedError
from arasha.journal import services as journal
from arasha.notices import services as notices
from arasha.people.models import Institution

OFFICER = "officer"


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


def keep(crossing: Crossing, *, by: Actor, at: dt.datetime) -> None:
    """Insert the row and its journal entry. Raises AlreadyPassedError if it waits there already."""
    try:
        with transaction.atomic():
            crossing.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyPassedError from error
    _record(crossing, "made", by=by, at=at)


@transaction.atomic
def accept(*, crossing: Crossing, by: Actor, at: dt.datetime) -> Crossing:
    """The receiver takes it up. Raises AlreadyAnsweredError."""
    answer(crossing, Answer.ACCEPTED, by=by, at=at)
    return crossing


@transaction.atomic
def send_back(*, crossing: Crossing, reason: str, by: Actor, at: dt.datetime) -> Crossing:
    """The receiver returns it, with a reason from the pack. Raises AlreadyAnsweredError."""
    answer(crossing, Answer.RETURNED, by=by, at=at, reason=reason)
    return crossing


def answer(
    crossing: Crossing, said: Answer, *, by: Actor, at: dt.datetime, reason: str = ""
) -> None:
    """Write the receiver's answer, and ring for the sender. Raises AlreadyAnsweredError."""
    settle(crossing, said, by=by, at=at, reason=reason)
    ring(crossing, crossing.sender, what="answered", role=OFFICER, by=by, at=at)


def settle(
    crossing: Crossing, said: Answer, *, by: Actor, at: dt.datetime, reason: str = ""
) -> None:
    """Write how it ended. Raises AlreadyAnsweredError."""
    locked = type(crossing)._default_manager.select_for_update(of=("self",)).get(pk=crossing.pk)
    if locked.answer != Answer.WAITING:
        raise AlreadyAnsweredError
    crossing.answer, crossing.answered_at, crossing.reason_code = said, at, reason
    crossing.save(update_fields=["answer", "answered_at", "reason_code"])
    _record(crossing, said, by=by, at=at, reason_code=reason)
    notices.handled(
        subject_kind=crossing.KIND,
        subject_key=crossing.key,
        kind=f"{crossing.KIND}.arrived",
        by=by,
        at=at,
    )


def ring(
    crossing: Crossing,
    institution: Institution | None,
    *,
    what: str,
    role: str,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Tell whoever has the role in an institution; `what` is "arrived" or "answered"."""
    if institution is None:
        return
    kind, key = crossing.KIND, crossing.key
    people = people_to_tell(
        viewer=by, kind=kind, key=key, at=at, institution=institution, role=role
    )
    notices.notify(
        user_keys=people, kind=f"{kind}.{what}", subject_kind=kind, subject_key=key, by=by, at=at
    )


def _record(
    crossing: Crossing, act: str, *, by: Actor, at: dt.datetime, reason_code: str = ""
) -> None:
    journal.record(
        act=f"{crossing.KIND}.{act}",
        subject_kind=crossing.KIND,
        subject_key=crossing.key,
        by=by,
        at=at,
        reason_code=reason_code,
    )
