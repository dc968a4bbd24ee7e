"""The watch for reprisals: somebody asks after 7, 30 and 90 days whether the person is safe."""

import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import Actor
from arasha.appeals.clocks import working_days_between
from arasha.appeals.errors.work import CheckBackDoneError, WatchRunsError
from arasha.appeals.locking import locked, opened
from arasha.appeals.models import Appeal, CheckBack
from arasha.appeals.recording import record
from arasha.country import country, local_day

AFTER_DAYS = (7, 30, 90)
LATE_AFTER_WORKING_DAYS = 2  # then the supervisor is told


@transaction.atomic
def open_watch(*, appeal: Appeal, by: Actor, at: dt.datetime) -> list[CheckBack]:
    """Begin to ask back. What the risk is, is a note sealed in the reader; the server knows only the days.

    Raises NotYetOpenedError, AlreadyErasedError, WatchRunsError.
    """
    held = opened(appeal)
    if held.check_backs.filter(done_day=None).exists():
        raise WatchRunsError
    made = [_plan(held, days, at=at) for days in AFTER_DAYS]
    record("appeal.watch_opened", held.pk, by=by, at=at)
    return made


@transaction.atomic
def answer_check_back(
    *, check_back: CheckBack, found: str, by: Actor, at: dt.datetime
) -> CheckBack:
    """Note what was found. Who could not be reached is asked about again after the shortest time.

    Raises CheckBackDoneError, AlreadyErasedError.
    """
    appeal = locked(check_back.appeal)
    held = CheckBack.objects.select_for_update(of=("self",)).get(pk=check_back.pk)
    if held.done_day is not None:
        raise CheckBackDoneError
    held.found, held.done_day, held.by_key = found, local_day(at), uuid.UUID(by.key)
    held.save(update_fields=["found", "done_day", "by_key"])
    if found in country().vocabularies["check_back_findings"].meaning("ask_again"):
        _plan(appeal, AFTER_DAYS[0], at=at)
    record("appeal.check_back_done", appeal.pk, found, by=by, at=at)
    return held


@transaction.atomic
def call_back(*, check_back: CheckBack, by: Actor, at: dt.datetime) -> str:
    """Note the step that is due for a check-back nobody has done: "due", "escalated", or ""."""
    held = CheckBack.objects.select_for_update(of=("self",)).get(pk=check_back.pk)
    today = local_day(at)
    if held.done_day or held.due_day > today:
        return ""
    if held.rung_day is None:
        held.rung_day = today
        held.save(update_fields=["rung_day"])
        record("appeal.check_back_due", held.appeal_id, by=by, at=at)
        return "due"
    late = working_days_between(held.due_day, today) >= LATE_AFTER_WORKING_DAYS
    if held.escalated_day or not late:
        return ""
    held.escalated_day = today
    held.save(update_fields=["escalated_day"])
    record("appeal.check_back_escalated", held.appeal_id, by=by, at=at)
    return "escalated"


def _plan(appeal: Appeal, days: int, *, at: dt.datetime) -> CheckBack:
    due_day = local_day(at) + dt.timedelta(days=days)
    made, _ = CheckBack.objects.get_or_create(
        appeal=appeal, due_day=due_day, defaults={"after_days": days}
    )
    return made
