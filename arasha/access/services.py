import datetime as dt
import uuid

from django.db import transaction

from arasha.access.models import Grant
from arasha.actors import JOB, Actor
from arasha.journal import services as journal


@transaction.atomic
def grant(
    *,
    subject_kind: str,
    subject_key: uuid.UUID,
    holder_kind: str,
    holder_key: uuid.UUID,
    basis: str,
    by: Actor,
    at: dt.datetime,
    until_at: dt.datetime | None = None,
    reason_code: str = "",
) -> Grant:
    """Give a person or an institution a reason to see a record."""
    made = Grant.objects.create(
        subject_kind=subject_kind,
        subject_key=subject_key,
        holder_kind=holder_kind,
        holder_key=holder_key,
        basis=basis,
        since_at=at,
        until_at=until_at,
        reason_code=reason_code,
        given_by_kind=by.kind,
        given_by_key=by.key,
    )
    journal.record(
        act="access.granted",
        subject_kind=subject_kind,
        subject_key=subject_key,
        by=by,
        at=at,
        grant_key=made.key,
        reason_code=reason_code,
    )
    return made


def grant_by_rule(
    *,
    subject_kind: str,
    subject_key: uuid.UUID,
    holder_kind: str,
    holder_key: uuid.UUID,
    basis: str,
    at: dt.datetime,
) -> Grant:
    """Give the grant that a rule foresees; the caller's own journal entry names it."""
    return Grant.objects.create(
        subject_kind=subject_kind,
        subject_key=subject_key,
        holder_kind=holder_kind,
        holder_key=holder_key,
        basis=basis,
        since_at=at,
        given_by_kind=JOB,
        given_by_key="rule",
    )
