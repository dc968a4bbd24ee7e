import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from arasha.access.errors import AlreadyWithdrawnError
from arasha.access.models import Grant
from arasha.actors import ANONYMOUS, Actor
from arasha.journal import services as journal

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """One grant of a bulk load, already in force since `at`."""

    subject_kind: str
    subject_key: uuid.UUID
    holder_kind: str
    holder_key: uuid.UUID
    basis: str
    at: dt.datetime
    until_at: dt.datetime | None = None


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
    """Give a person or an institution a reason to see a record, from `at` on."""
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
    """Give what the rules give without anybody's act, as when an appeal arrives at its body.

    It names nobody: who files must stay unknown. The caller's journal entry carries the grant's key.
    """
    return Grant.objects.create(
        subject_kind=subject_kind,
        subject_key=subject_key,
        holder_kind=holder_kind,
        holder_key=holder_key,
        basis=basis,
        since_at=at,
        given_by_kind=ANONYMOUS.kind,
        given_by_key=ANONYMOUS.key,
    )


@transaction.atomic
def grant_many(*, grants: Iterable[Granted], by: Actor) -> list[Grant]:
    """Give many grants in one load, each with its entry in the journal."""
    made = [
        Grant(
            subject_kind=each.subject_kind,
            subject_key=each.subject_key,
            holder_kind=each.holder_kind,
            holder_key=each.holder_key,
            basis=each.basis,
            since_at=each.at,
            until_at=each.until_at,
            given_by_kind=by.kind,
            given_by_key=by.key,
        )
        for each in grants
    ]
    Grant.objects.bulk_create(made, batch_size=ROWS_AT_ONCE)
    journal.record_many(
        acts=[
            journal.Act(
                act="access.granted",
                subject_kind=each.subject_kind,
                subject_key=each.subject_key,
                by=by,
                at=each.since_at,
                grant_key=each.key,
            )
            for each in made
        ]
    )
    return made


@transaction.atomic
def withdraw(*, grant: Grant, reason_code: str, by: Actor, at: dt.datetime) -> Grant:
    """End a grant before its time. Raises AlreadyWithdrawnError."""
    locked = Grant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    if locked.withdrawn_at is not None:
        raise AlreadyWithdrawnError
    locked.withdrawn_at = at
    locked.save(update_fields=["withdrawn_at"])
    journal.record(
        act="access.withdrawn",
        subject_kind=locked.subject_kind,
        subject_key=locked.subject_key,
        by=by,
        at=at,
        grant_key=locked.key,
        reason_code=reason_code,
    )
    return locked


@transaction.atomic
def withdraw_from(
    *,
    subject_kind: str,
    subject_key: uuid.UUID,
    holder_key: uuid.UUID,
    basis: str,
    reason_code: str,
    by: Actor,
    at: dt.datetime,
) -> int:
    """End all that a holder was given on a record by one basis. Returns how many grants."""
    standing = Grant.objects.filter(
        subject_kind=subject_kind,
        subject_key=subject_key,
        holder_key=holder_key,
        basis=basis,
        withdrawn_at__isnull=True,
    )
    return len(
        [withdraw(grant=each, reason_code=reason_code, by=by, at=at) for each in list(standing)]
    )


@transaction.atomic
def withdraw_all(
    *,
    subject_kind: str,
    subject_keys: Collection[uuid.UUID],
    reason_code: str,
    by: Actor,
    at: dt.datetime,
) -> int:
    """End every grant on many records in one load, each with its entry. Returns how many grants."""
    standing = Grant.objects.select_for_update(of=("self",)).filter(
        subject_kind=subject_kind, subject_key__in=subject_keys, withdrawn_at__isnull=True
    )
    ended = list(standing)
    for each in ended:
        each.withdrawn_at = at
    Grant.objects.bulk_update(ended, ["withdrawn_at"], ROWS_AT_ONCE)
    journal.record_many(
        acts=[
            journal.Act(
                act="access.withdrawn",
                subject_kind=each.subject_kind,
                subject_key=each.subject_key,
                by=by,
                at=at,
                grant_key=each.key,
                reason_code=reason_code,
            )
            for each in ended
        ]
    )
    return len(ended)
