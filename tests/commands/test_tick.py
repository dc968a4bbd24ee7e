import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from arasha.commands import ticks
from arasha.commands.ticks import ATTEMPTS, STALE_AFTER, run_ticks, take_up_stale_tasks
from arasha.notices.tasks import send_urgent
from tests.walk import keep_keys

pytestmark = pytest.mark.django_db

PACKAGE = Path(ticks.__file__).parents[1]
NOON = dt.datetime(2026, 6, 26, 12, tzinfo=dt.UTC)


def task(*, started: dt.datetime | None, attempts: int = 1) -> DBTaskResult[Any, Any]:
    result = send_urgent.enqueue(str(uuid.uuid4()))
    row = DBTaskResult.objects.get(pk=result.id)
    row.started_at, row.worker_ids = started, ["w"] * attempts
    row.status = TaskResultStatus.RUNNING if started else TaskResultStatus.READY
    row.save()
    return row


def test_what_a_killed_worker_left_is_taken_up_again() -> None:
    left = task(started=NOON - STALE_AFTER - dt.timedelta(seconds=1))

    assert take_up_stale_tasks(at=NOON) == 1
    left.refresh_from_db()
    assert left.status == TaskResultStatus.READY


def test_what_runs_is_left_alone() -> None:
    running = task(started=NOON - dt.timedelta(minutes=1))

    assert take_up_stale_tasks(at=NOON) == 0
    running.refresh_from_db()
    assert running.status == TaskResultStatus.RUNNING


def test_what_kills_every_worker_is_given_up_and_shown_as_failed() -> None:
    poison = task(started=NOON - dt.timedelta(hours=1), attempts=ATTEMPTS)

    take_up_stale_tasks(at=NOON)

    poison.refresh_from_db()
    assert poison.status == TaskResultStatus.FAILED


def test_a_second_tick_does_nothing_again(settings: Any, tmp_path: Path) -> None:
    settings.ARASHA_KEYS_DIR = keep_keys(tmp_path / "keys")
    run_ticks(at=NOON, report=lambda _line: None)  # what a new server has to tell its terminals
    task(started=NOON - dt.timedelta(hours=1))
    reports: list[str] = []

    run_ticks(at=NOON, report=reports.append)
    run_ticks(at=NOON, report=reports.append)

    assert reports == ["tasks: 1"]


def test_every_process_with_something_to_do_by_itself_is_in_the_table() -> None:
    files = PACKAGE.rglob("tick.py")
    written = {".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts) for file in files}
    asked = {getattr(tick, "__module__", "") for tick in ticks.TICKS.values()}

    written -= {"arasha.commands.management.commands.tick"}
    assert written <= asked, "enter it in arasha/commands/ticks.py"
