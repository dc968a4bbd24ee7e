"""Legal holds. They are rows of their own: two people who place one each do not overwrite each other."""

import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import Actor
from arasha.cases.errors.keeping import HoldLiftedError, NoReasonError
from arasha.cases.models import Case, LegalHold
from arasha.cases.versions import locked
from arasha.journal import services as journal


@transaction.atomic
def place_hold(*, case: Case, reason: str, words: str, by: Actor, at: dt.datetime) -> LegalHold:
    """Nothing of the case is destroyed while it stands. Sent twice, it is placed once.

    Raises ErasedError.
    """
    held = locked(case)
    said = {"reason": reason, "words": words.strip(), "from_by_key": uuid.UUID(by.key)}
    if same := held.holds.filter(lifted_at=None, **said).first():
        return same
    hold = LegalHold.objects.create(case=held, from_at=at, **said)
    _record("case.hold_placed", hold, by=by, at=at)
    return hold


@transaction.atomic
def lift_hold(*, hold: LegalHold, words: str, by: Actor, at: dt.datetime) -> LegalHold:
    """Say why nothing hinders any more. Raises ErasedError, HoldLiftedError and NoReasonError."""
    locked(hold.case)
    held = LegalHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if held.lifted_at:
        raise HoldLiftedError
    if not words.strip():
        raise NoReasonError
    held.lifted_at, held.lifted_by_key = at, uuid.UUID(by.key)
    held.lifted_words = words.strip()
    held.save(update_fields=["lifted_at", "lifted_by_key", "lifted_words"])
    _record("case.hold_lifted", held, by=by, at=at)
    return held


def _record(act: str, hold: LegalHold, *, by: Actor, at: dt.datetime) -> None:
    journal.record(
        act=act,
        subject_kind="case",
        subject_key=hold.case_id,
        by=by,
        at=at,
        reason_code=hold.reason,
    )
