"""“Danger now”: the one appeal whose minute the server keeps, because minutes count."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import F

from arasha.access.selectors import barred_users
from arasha.actors import ANONYMOUS, TICK, Actor
from arasha.appeals.errors.duty import (
    NotOfTheLineError,
    NotYourRosterError,
    ShiftTakenError,
    ShiftTimesError,
)
from arasha.appeals.models import Appeal, DutyCall, Shift
from arasha.appeals.recording import record
from arasha.appeals.selectors import duty as selectors
from arasha.appeals.selectors.duty import DUTY_LINE, EVERYBODY, LEVELS
from arasha.journal import services as journal
from arasha.notices import services as notices
from arasha.people.models import Institution, User

__all__ = [
    "CALLED",
    "DUTY_LINE",
    "answer_call",
    "begin_call",
    "end_shift",
    "escalate",
    "plan_shift",
]

CALLED = "duty.called"
LONGEST_SHIFT = dt.timedelta(hours=24)


@transaction.atomic
def begin_call(*, appeal: Appeal, by: Actor, at: dt.datetime) -> DutyCall:
    """Note when a call for help arrived, and ring whoever is on duty at once.

    Nobody is named as the caller: `by` is the terminal, and is not written down.
    """
    line = appeal.recipient_set.institution
    level = selectors.first_level_staffed(viewer=by, institution=line, at=at)
    call = DutyCall.objects.create(appeal=appeal, received_at=at, level=level, rung_at=at)
    record(CALLED, appeal.key, by=ANONYMOUS, at=at)
    # The record is a moment old: nobody can have been barred from it.
    _ring(call, selectors.on_level(viewer=by, institution=line, level=level, at=at), at=at)
    return call


@transaction.atomic
def answer_call(*, appeal: Appeal, by: Actor, at: dt.datetime) -> bool:
    """Somebody opened the call in their reader: the bells stop. True if it was unread until now."""
    read = DutyCall.objects.filter(appeal=appeal, read_at__isnull=True).update(read_at=at)
    if read:
        record("duty.read", appeal.key, by=by, at=at)
        notices.handled(subject_kind="appeal", subject_key=appeal.key, kind=CALLED, by=by, at=at)
    return bool(read)


@transaction.atomic
def escalate(*, by: Actor, at: dt.datetime) -> int:
    """Ring the next level of every call that nobody has read in time. Returns how many.

    The minutes are a setting (ARASHA_DUTY_MINUTES), not a term of any law.
    """
    patience = dt.timedelta(minutes=settings.ARASHA_DUTY_MINUTES)
    late = selectors.unread(viewer=by).filter(rung_at__lte=at - patience, level__lt=EVERYBODY)
    silent = list(late.select_for_update(of=("self",)))  # two ticks at once ring one level, once
    for call in silent:
        _ring_next(call, by=by, at=at)
    return len(silent)


@transaction.atomic
def plan_shift(
    *,
    institution: Institution,
    user: User,
    level: int,
    hours: tuple[dt.datetime, dt.datetime],
    by: Actor,
    at: dt.datetime,
) -> Shift:
    """Put somebody on the roster.

    Raises NotYourRosterError, NotOfTheLineError, ShiftTimesError, ShiftTakenError.
    """
    _require_leader(institution, by=by, at=at)
    if not selectors.members(viewer=by, institution=institution, at=at).filter(pk=user.pk).exists():
        raise NotOfTheLineError
    first, last = hours
    if not first < last <= first + LONGEST_SHIFT or last <= at or level not in LEVELS:
        raise ShiftTimesError
    beside = Shift.objects.filter(user=user, from_at__lt=last, until_at__gt=first).filter(
        until_at__gt=F("from_at")
    )
    if beside.exists():
        raise ShiftTakenError
    made = Shift.objects.create(
        institution=institution, user=user, level=level, from_at=first, until_at=last
    )
    _record_shift("duty.shift_planned", made, by=by, at=at)
    return made


@transaction.atomic
def end_shift(*, shift: Shift, by: Actor, at: dt.datetime) -> Shift:
    """Take somebody off the roster: a shift that runs ends now, a later one never begins.

    Raises NotYourRosterError.
    """
    _require_leader(shift.institution, by=by, at=at)
    shift.until_at = max(min(shift.until_at, at), shift.from_at)
    shift.save(update_fields=["until_at"])
    _record_shift("duty.shift_ended", shift, by=by, at=at)
    return shift


def _ring_next(call: DutyCall, *, by: Actor, at: dt.datetime) -> None:
    line = call.appeal.recipient_set.institution
    level = call.level + 1
    while level < EVERYBODY and not selectors.on_shift(
        viewer=by, institution=line, level=level, at=at
    ):
        level += 1
    call.level, call.rung_at = level, at
    call.save(update_fields=["level", "rung_at"])
    record("duty.escalated", call.appeal.key, by=by, at=at)
    barred = set(barred_users(viewer=by, kind="appeal", key=call.appeal.key, at=at))
    people = selectors.on_level(viewer=by, institution=line, level=level, at=at)
    _ring(call, people - barred, at=at)


def _ring(call: DutyCall, people: set[uuid.UUID], *, at: dt.datetime) -> None:
    notices.notify(
        user_keys=people,
        kind=CALLED,
        subject_kind="appeal",
        subject_key=call.appeal.key,
        urgent=True,
        by=TICK,
        at=at,
    )


def _require_leader(institution: Institution, *, by: Actor, at: dt.datetime) -> None:
    if not selectors.may_plan(viewer=by, institution=institution, at=at):
        raise NotYourRosterError


def _record_shift(act: str, shift: Shift, *, by: Actor, at: dt.datetime) -> None:
    journal.record(
        act=act,
        subject_kind="institution",
        subject_key=shift.institution.key,
        by=by,
        at=at,
        on_behalf_key=shift.user.key,
    )
