"""The watch for reprisals: who asks back, when, and what follows from what is found."""

import datetime as dt

import pytest

from arasha.appeals import selectors, services
from arasha.appeals.errors.work import CheckBackDoneError, NotYetOpenedError, WatchRunsError
from arasha.appeals.models import Appeal, CheckBack
from arasha.appeals.tick import tick
from arasha.country import local_day
from arasha.journal.models import Entry
from arasha.notices.models import Notice
from arasha.people.models import User
from tests.appeals.day import READ_AT
from tests.walk import DAY, actor


def watch(appeal: Appeal, officer: User) -> list[CheckBack]:
    return services.open_watch(appeal=appeal, by=actor(officer), at=READ_AT)


def find(
    check_back: CheckBack, found: str, officer: User, *, at: dt.datetime = READ_AT + 7 * DAY
) -> None:
    services.answer_check_back(check_back=check_back, found=found, by=actor(officer), at=at)


def ringing(kind: str) -> list[User]:
    return [each.user for each in Notice.objects.filter(kind=kind, handled_at=None)]


def test_nobody_watches_before_reading(appeal: Appeal, officer: User) -> None:
    with pytest.raises(NotYetOpenedError):
        watch(appeal, officer)


def test_a_watch_asks_back_after_7_30_and_90_days(opened: Appeal, officer: User) -> None:
    days = [each.due_day - local_day(READ_AT) for each in watch(opened, officer)]

    assert [each.days for each in days] == [7, 30, 90]
    assert Entry.objects.filter(act="appeal.watch_opened", subject_key=opened.key).exists()


def test_one_watch_runs_at_a_time(opened: Appeal, officer: User) -> None:
    watch(opened, officer)

    with pytest.raises(WatchRunsError):
        watch(opened, officer)


def test_on_its_day_the_officers_are_told_and_later_their_supervisor(
    opened: Appeal, officer: User, supervisor: User
) -> None:
    watch(opened, officer)

    tick(at=READ_AT + 6 * DAY)
    assert ringing("appeal.check_back_due") == []
    tick(at=READ_AT + 7 * DAY)
    assert (ringing("appeal.check_back_due"), ringing("appeal.check_back_late")) == ([officer], [])
    tick(at=READ_AT + 14 * DAY)
    assert ringing("appeal.check_back_late") == [supervisor]


def test_each_step_of_a_watch_is_in_the_journal(
    opened: Appeal, officer: User, supervisor: User
) -> None:
    first, *_ = watch(opened, officer)
    tick(at=READ_AT + 7 * DAY)
    tick(at=READ_AT + 14 * DAY)
    find(first, "safe", officer, at=READ_AT + 15 * DAY)

    acts = Entry.objects.filter(subject_key=opened.key, act__startswith="appeal.check_back")
    steps = ["check_back_due", "check_back_escalated", "check_back_done"]
    assert list(acts.order_by("at").values_list("act", flat=True)) == [
        f"appeal.{step}" for step in steps
    ]


def test_what_was_found_stops_the_bells(opened: Appeal, officer: User, supervisor: User) -> None:
    first, *_ = watch(opened, officer)
    tick(at=READ_AT + 7 * DAY)
    tick(at=READ_AT + 14 * DAY)

    find(first, "safe", officer)
    tick(at=READ_AT + 14 * DAY)

    assert ringing("appeal.check_back_due") + ringing("appeal.check_back_late") == []


def test_a_check_back_is_done_once(opened: Appeal, officer: User) -> None:
    first, *_ = watch(opened, officer)
    find(first, "safe", officer)

    with pytest.raises(CheckBackDoneError):
        find(first, "worse", officer)


def test_who_could_not_be_reached_is_asked_about_again_after_a_week(
    opened: Appeal, officer: User
) -> None:
    first, *_ = watch(opened, officer)

    find(first, "not_reached", officer)

    days = CheckBack.objects.filter(done_day=None).order_by("due_day")
    assert [(each.due_day - local_day(READ_AT)).days for each in days] == [14, 30, 90]


@pytest.mark.parametrize(
    ("found", "is_reprisal"),
    [("worse", True), ("disciplined", True), ("moved", True), ("safe", False), ("released", False)],
)
def test_a_reprisal_is_what_a_visit_is_proposed_for(
    found: str, is_reprisal: bool, opened: Appeal, officer: User
) -> None:
    first, *_ = watch(opened, officer)

    find(first, found, officer)

    assert selectors.reprisals(viewer=actor(officer)).exists() is is_reprisal


def test_a_stranger_sees_no_watch(opened: Appeal, officer: User, prosecutor: User) -> None:
    watch(opened, officer)

    due = selectors.check_backs_due(viewer=actor(prosecutor), day=local_day(READ_AT + 90 * DAY))
    assert not due.exists()
