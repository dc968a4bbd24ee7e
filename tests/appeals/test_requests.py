"""What is asked of the body complained of: its clock, two reminders, then the supervisor."""

import datetime as dt

import pytest

from arasha.appeals import selectors, services
from arasha.appeals.errors.work import DueBeforeTodayError, NotYetOpenedError, RequestAnsweredError
from arasha.appeals.models import Appeal, BodyRequest, State
from arasha.appeals.tick import tick
from arasha.country import country, local_day
from arasha.journal.models import Entry
from arasha.notices.models import Notice
from arasha.people.models import Institution, User
from tests.appeals.day import READ_AT
from tests.walk import DAY, actor

IN_A_WEEK = READ_AT + 7 * DAY


def ask(
    appeal: Appeal, body: Institution, officer: User, *, due: dt.datetime = IN_A_WEEK
) -> BodyRequest:
    return services.ask_body(
        appeal=appeal,
        institution=body,
        asks_for="explanation",
        number="12-4/781",
        due_day=local_day(due),
        by=actor(officer),
        at=READ_AT,
    )


def answer(request: BodyRequest, officer: User) -> BodyRequest:
    return services.register_answer(
        request=request,
        answer="partly",
        answered_day=local_day(IN_A_WEEK),
        by=actor(officer),
        at=IN_A_WEEK,
    )


def working_days_after(at: dt.datetime, count: int) -> dt.datetime:
    while count:
        at += DAY
        count -= country().calendar.is_working(local_day(at))
    return at


def told(kind: str) -> set[User]:
    ringing = Notice.objects.filter(kind=kind, handled_at=None).select_related("user")
    return {notice.user for notice in ringing}


def test_nobody_asks_before_reading(
    appeal: Appeal, administration: Institution, officer: User
) -> None:
    with pytest.raises(NotYetOpenedError):
        ask(appeal, administration, officer)


def test_a_day_that_has_passed_is_no_day_for_an_answer(
    opened: Appeal, administration: Institution, officer: User
) -> None:
    with pytest.raises(DueBeforeTodayError, match="today or a later day"):
        ask(opened, administration, officer, due=READ_AT - DAY)


def test_asking_tells_the_writer_that_it_is_being_checked(
    opened: Appeal, administration: Institution, officer: User
) -> None:
    ask(opened, administration, officer)

    assert Appeal.objects.get().state == State.CHECKED
    assert Entry.objects.filter(act="appeal.body_asked", reason_code="explanation").exists()


def test_an_answer_is_entered_once(
    opened: Appeal, administration: Institution, officer: User
) -> None:
    request = ask(opened, administration, officer)
    answer(request, officer)

    with pytest.raises(RequestAnsweredError, match="already entered"):
        answer(request, officer)


def test_before_its_day_nobody_is_reminded(
    opened: Appeal, administration: Institution, officer: User
) -> None:
    ask(opened, administration, officer)

    tick(at=IN_A_WEEK - DAY)

    assert told("appeal.request_due") == set()


def test_a_silent_body_is_reminded_twice_and_then_the_supervisor_is_told(
    opened: Appeal, administration: Institution, officer: User, supervisor: User
) -> None:
    request = ask(opened, administration, officer)
    second = working_days_after(IN_A_WEEK, 3)
    third = working_days_after(second, 3)

    seen = []
    for at in (IN_A_WEEK, IN_A_WEEK, second - DAY, second, third):
        tick(at=at)
        request.refresh_from_db()
        seen.append((request.reminders, request.escalated_day is not None))

    assert seen == [(1, False), (1, False), (1, False), (2, False), (2, True)]
    assert told("appeal.request_due") == {officer}
    assert told("appeal.request_late") == {supervisor}


def test_an_answer_stops_the_bells_and_the_reminders(
    opened: Appeal, administration: Institution, officer: User, supervisor: User
) -> None:
    request = ask(opened, administration, officer)
    tick(at=IN_A_WEEK)
    answer(request, officer)

    tick(at=IN_A_WEEK + 30 * DAY)

    assert told("appeal.request_due") | told("appeal.request_late") == set()
    assert not selectors.requests_due(
        viewer=actor(officer), day=local_day(IN_A_WEEK + 30 * DAY)
    ).exists()


def test_each_reminder_is_in_the_journal(
    opened: Appeal, administration: Institution, officer: User
) -> None:
    ask(opened, administration, officer)

    tick(at=IN_A_WEEK)

    [entry] = Entry.objects.filter(act="appeal.request_reminded")
    assert (entry.subject_key, entry.actor_key) == (opened.key, "tick")
