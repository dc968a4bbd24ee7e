import datetime as dt
import uuid

from django.db import transaction

from arasha.access.errors import AlreadyLiftedError, UnknownBarReasonError
from arasha.access.models import Bar
from arasha.access.policy import BAR_REASONS
from arasha.access.records import parts_of
from arasha.actors import Actor
from arasha.journal import services as journal
from arasha.references import Reference


@transaction.atomic
def bar(
    *,
    subject_kind: str,
    subject_key: uuid.UUID,
    user_key: uuid.UUID,
    reason_code: str,
    by: Actor,
    at: dt.datetime,
) -> Bar:
    """Keep a person with a conflict of interest from a record, whatever was or will be granted.

    Raises UnknownBarReasonError.
    """
    if reason_code not in BAR_REASONS:
        raise UnknownBarReasonError(reason=reason_code)
    made = Bar.objects.create(
        subject_kind=subject_kind,
        subject_key=subject_key,
        user_key=user_key,
        reason_code=reason_code,
        since_at=at,
    )
    _record("access.barred", made, by=by, at=at)
    return made


@transaction.atomic
def lift_bar(*, bar: Bar, by: Actor, at: dt.datetime) -> Bar:
    """The conflict is over: grants count again. Raises AlreadyLiftedError."""
    locked = Bar.objects.select_for_update(of=("self",)).get(pk=bar.pk)
    if locked.lifted_at is not None:
        raise AlreadyLiftedError
    locked.lifted_at = at
    locked.save(update_fields=["lifted_at"])
    _record("access.bar_lifted", locked, by=by, at=at)
    return locked


@transaction.atomic
def keep_away(
    *, record: Reference, user_key: uuid.UUID, reason_code: str, by: Actor, at: dt.datetime
) -> Bar:
    """Bar a person from a record and from all that belongs to it. Sent twice, it stands once."""
    mine = Bar.objects.filter(subject_kind=record.kind, subject_key=record.key, user_key=user_key)
    if standing := mine.filter(reason_code=reason_code, lifted_at__isnull=True).first():
        return standing
    made = [
        bar(
            subject_kind=each.kind,
            subject_key=each.key,
            user_key=user_key,
            reason_code=reason_code,
            by=by,
            at=at,
        )
        for each in (record, *parts_of(record))
    ]
    return made[0]


@transaction.atomic
def let_back(*, bar: Bar, by: Actor, at: dt.datetime) -> Bar:
    """Lift a bar together with those that were put up with it. Raises AlreadyLiftedError."""
    parts = parts_of(Reference(bar.subject_kind, bar.subject_key))
    lifted = lift_bar(bar=bar, by=by, at=at)
    beside = Bar.objects.filter(
        subject_key__in=[each.key for each in parts],
        user_key=bar.user_key,
        reason_code=bar.reason_code,
        since_at=bar.since_at,
        lifted_at__isnull=True,
    )
    for each in beside:
        lift_bar(bar=each, by=by, at=at)
    return lifted


def _record(act: str, bar: Bar, *, by: Actor, at: dt.datetime) -> None:
    journal.record(
        act=act,
        subject_kind=bar.subject_kind,
        subject_key=bar.subject_key,
        by=by,
        at=at,
        on_behalf_key=bar.user_key,
        reason_code=bar.reason_code,
    )
