"""The end of keeping: two officers agree, the system's own job destroys. The code and the proof stay."""

import datetime as dt
import uuid

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from arasha.actors import Actor
from arasha.appeals.clocks import keeping_codes
from arasha.appeals.errors.work import (
    ErasureAnsweredError,
    ErasureAskedError,
    NotClosedError,
    NotDueError,
    SamePersonError,
    WatchRunsError,
)
from arasha.appeals.locking import locked
from arasha.appeals.models import Appeal, DutyCall, Erasure
from arasha.appeals.recording import record
from arasha.appeals.services.attachments import folder_of
from arasha.country import country, local_day
from arasha.journal import services as journal


@transaction.atomic
def ask_erasure(*, appeal: Appeal, reason_code: str, by: Actor, at: dt.datetime) -> Erasure:
    """Propose to destroy an appeal that has ended; nothing happens until a second officer agrees.

    Raises NotClosedError, WatchRunsError, NotDueError, ErasureAskedError, AlreadyErasedError.
    """
    held = locked(appeal)
    _refuse_to_erase(held, reason_code, local_day(at))
    try:
        with transaction.atomic():
            made = Erasure.objects.create(
                appeal=held,
                reason_code=reason_code,
                asked_day=local_day(at),
                asked_by_key=uuid.UUID(by.key),
            )
    except IntegrityError as error:
        raise ErasureAskedError from error
    record("appeal.erasure_asked", held.pk, reason_code, by=by, at=at)
    return made


@transaction.atomic
def confirm_erasure(*, erasure: Erasure, by: Actor, at: dt.datetime) -> Erasure:
    """Agree, as another person than who asked. The next `arasha tick` destroys it.

    Raises SamePersonError, ErasureAnsweredError, and what asking raises.
    """
    appeal, held = _open(erasure)
    if str(held.asked_by_key) == by.key:
        raise SamePersonError
    _refuse_to_erase(appeal, held.reason_code, local_day(at))
    held.confirmed_day, held.confirmed_by_key = local_day(at), uuid.UUID(by.key)
    held.save(update_fields=["confirmed_day", "confirmed_by_key"])
    record("appeal.erasure_confirmed", appeal.pk, held.reason_code, by=by, at=at)
    return held


@transaction.atomic
def decline_erasure(*, erasure: Erasure, by: Actor, at: dt.datetime) -> Erasure:
    """Keep the appeal, also at the word of who asked. Raises ErasureAnsweredError."""
    appeal, held = _open(erasure)
    _call_off(appeal, held, by=by, at=at)
    return held


@transaction.atomic
def erase(*, erasure: Erasure, by: Actor, at: dt.datetime) -> Appeal:
    """Destroy all that was sealed, and every salt: what stays is code, days, category and outcome.

    For the job `retention`, after two people agreed. What was taken up again since they did, or is
    watched again, is kept: then `erased_day` stays empty. Raises ErasureAnsweredError.
    """
    held = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    if held.confirmed_day is None or held.done_day or held.declined_day:
        raise ErasureAnsweredError
    appeal = locked(held.appeal)
    try:
        _refuse_to_erase(appeal, held.reason_code, local_day(at))
    except (NotClosedError, WatchRunsError, NotDueError):
        return _call_off(appeal, held, by=by, at=at)
    _destroy(appeal)
    appeal.accused_body = appeal.handler = None
    appeal.erased_day = held.done_day = local_day(at)
    appeal.save(update_fields=["accused_body", "handler", "erased_day"])
    held.save(update_fields=["done_day"])
    journal.erase_salts(
        subject_kind="appeal",
        subject_key=appeal.key,
        by=by,
        at=at,
        reason_code=held.reason_code,
    )
    record("appeal.erased", appeal.pk, held.reason_code, by=by, at=at)
    return appeal


def _refuse_to_erase(appeal: Appeal, reason_code: str, today: dt.date) -> None:
    if not appeal.closings.filter(reopened_day=None).exists():
        raise NotClosedError
    if appeal.check_backs.filter(done_day=None).exists():
        raise WatchRunsError
    if reason_code in country().vocabularies["erasure_reasons"].meaning("retention"):
        # Whose rule it is was asked when the appeal ended, and is not asked again.
        kept = appeal.terms.filter(code__in=keeping_codes(), met_day=None)
        if not kept.filter(due_day__lt=today).exists():
            raise NotDueError


def _open(erasure: Erasure) -> tuple[Appeal, Erasure]:
    appeal = locked(erasure.appeal)
    held = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    if held.confirmed_day or held.declined_day:
        raise ErasureAnsweredError
    return appeal, held


def _call_off(appeal: Appeal, held: Erasure, *, by: Actor, at: dt.datetime) -> Appeal:
    held.declined_day = local_day(at)
    held.save(update_fields=["declined_day"])
    record("appeal.erasure_declined", appeal.pk, held.reason_code, by=by, at=at)
    return appeal


def _destroy(appeal: Appeal) -> None:
    # Files first: if this is cut off, the next run finds the rows and goes on.
    _destroy_files(appeal)
    for kept in (
        appeal.attachments,
        appeal.added_headers,
        appeal.sealed_notes,
        appeal.replies,
        appeal.coverage,
        appeal.errands,
        appeal.numbers,
        appeal.requests,
        appeal.check_backs,
    ):
        kept.all().delete()
    DutyCall.objects.filter(appeal=appeal).delete()
    if hasattr(appeal, "ciphertext"):
        appeal.ciphertext.delete()


def _destroy_files(appeal: Appeal) -> None:
    """Also what a process that was killed left beside them, without a row."""
    for attachment in appeal.attachments.all():
        attachment.file.delete(save=False)
    folder = folder_of(appeal=appeal)
    if not default_storage.exists(folder):
        return
    _folders, left = default_storage.listdir(folder)
    for name in left:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)
