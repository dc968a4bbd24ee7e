"""What `arasha tick` asks: each process finds what is overdue in its own tables."""

import datetime as dt
from collections.abc import Callable
from typing import Protocol

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from arasha.access.viewing import viewing
from arasha.actors import TICK
from arasha.appeals import alarms
from arasha.appeals import tick as appeals
from arasha.cases import rules_tick
from arasha.cases import tick as cases
from arasha.channel import tick as channel
from arasha.channel.upkeep import tick as upkeep
from arasha.handoffs.appeals_to_appeals import tick as appeals_to_appeals
from arasha.handoffs.appeals_to_cases import tick as appeals_to_cases
from arasha.handoffs.channel_to_appeals import tick as channel_to_appeals
from arasha.notices import tick as notices
from arasha.publications import tick as publications
from arasha.trust import tick as trust


class Tick(Protocol):
    """Finds what is due and does it; again is harmless. Returns how many things it did."""

    def __call__(self, *, at: dt.datetime) -> int: ...


# A worker that was killed leaves its task running for ever; no honest task runs this long.
STALE_AFTER = dt.timedelta(minutes=15)
ATTEMPTS = 5


def take_up_stale_tasks(*, at: dt.datetime) -> int:
    """Queue again what a killed worker left; tasks are idempotent. After ATTEMPTS it has failed."""
    with transaction.atomic():
        stale = DBTaskResult.objects.select_for_update().filter(
            status=TaskResultStatus.RUNNING, started_at__lt=at - STALE_AFTER
        )
        for task in stale:
            tried_enough = len(task.worker_ids) >= ATTEMPTS
            task.status = TaskResultStatus.FAILED if tried_enough else TaskResultStatus.READY
            task.finished_at = at if tried_enough else None
            task.save(update_fields=["status", "finished_at"])
        return len(stale)


TICKS: dict[str, Tick] = {
    "tasks": take_up_stale_tasks,
    "freshness of trust": trust.tick,
    "refused referrals": appeals_to_cases.tick,
    "returned appeals": appeals_to_appeals.tick,
    # First of the bells: somebody is in danger.
    "calls and offices": alarms.tick,
    "bells of appeals": appeals.tick,
    "appeals to destroy": appeals.erase,
    "days of the channel": channel.tick,
    "stream to the terminals": channel.tell,
    "replies to the terminals": channel_to_appeals.tick,
    "incidents of terminals": upkeep.tick,
    "uptime of terminals": publications.tick,
    "bells of cases": cases.tick,
    "names of cases, folded anew": cases.fold_anew,
    "the same event, told twice": cases.compare,
    "cases under new rules": rules_tick.tick,
    "cases to destroy": cases.erase,
    "cases in plain words": cases.tell_plainly,
    # Last: the digest takes along what has just rung.
    "notices": notices.tick,
}


def run_ticks(*, at: dt.datetime, report: Callable[[str], object]) -> None:
    """Run each tick as the job `tick`, in the order of the table."""
    for name, tick in TICKS.items():
        with viewing(TICK):
            done = tick(at=at)
        if done:
            report(f"{name}: {done}")
