"""What is done about a clock of a case: it stands, goes on, is asked to be longer, is longer."""

import datetime as dt

import pytest

from arasha.cases import services
from arasha.cases.errors import (
    AmountOutsideRungError,
    ClockMetError,
    ClockRunsError,
    ClockStandsError,
    DayOutsideTermError,
    MotionAnsweredError,
    MotionOpenError,
    NobodyMayExtendError,
    RefusalReasonError,
)
from arasha.cases.models import Case, Deadline, Extension, Suspension
from arasha.cases.term_panels import is_late_motion
from arasha.country import local_day
from arasha.engines.law import add_months
from arasha.journal.models import Entry
from arasha.people.models import User
from arasha.problems import ChangedMeanwhileProblem
from tests.walk import DAY, NOW, REGISTERED_AT, actor, decide

REGISTERED_DAY = local_day(REGISTERED_AT)


@pytest.fixture
def clock(case: Case) -> Deadline:
    return case.deadlines.get(rule="investigation")


def version(case: Case) -> int:
    return Case.objects.get(pk=case.pk).version


def suspend(clock: Deadline, by: User, *, days: int = 2, at: dt.datetime = NOW) -> Suspension:
    return services.suspend_term(
        deadline=clock,
        reason="file_reading",
        day=REGISTERED_DAY + days * DAY,
        base_version=version(clock.case),
        by=actor(by),
        at=at,
    )


def resume(clock: Deadline, by: User, *, days: int, at: dt.datetime = NOW) -> Deadline:
    return services.resume_term(
        deadline=clock,
        day=REGISTERED_DAY + days * DAY,
        base_version=version(clock.case),
        by=actor(by),
        at=at,
    )


def motion(clock: Deadline, by: User, *, amount: int = 3, at: dt.datetime = NOW) -> Extension:
    return services.file_motion(
        deadline=clock,
        amount=amount,
        reason="An expert has to be heard.",
        day=local_day(at),
        base_version=version(clock.case),
        by=actor(by),
        at=at,
    )


def answer(filed: Extension, by: User, *, granted: bool = True, at: dt.datetime = NOW) -> Extension:
    return services.answer_motion(
        extension=filed,
        granted=granted,
        day=local_day(at),
        base_version=version(filed.case),
        by=actor(by),
        at=at,
    )


def test_a_clock_that_was_met_neither_stands_nor_grows(clock: Deadline, prosecutor: User) -> None:
    decide(clock.case, "terminated", prosecutor)

    with pytest.raises(ClockMetError, match="has been met"):
        suspend(clock, prosecutor, days=3)
    with pytest.raises(ClockMetError):
        motion(clock, prosecutor)


def test_a_clock_never_stands_twice_at_once(clock: Deadline, prosecutor: User) -> None:
    suspend(clock, prosecutor, days=2)
    with pytest.raises(ClockStandsError):
        suspend(clock, prosecutor, days=3)
    resume(clock, prosecutor, days=6)

    with pytest.raises(ClockStandsError, match="stood on that day"):
        suspend(clock, prosecutor, days=4)


def test_what_runs_cannot_go_on(clock: Deadline, prosecutor: User) -> None:
    with pytest.raises(ClockRunsError):
        resume(clock, prosecutor, days=2)


@pytest.mark.parametrize("days", [-1, 60])
def test_it_stands_from_a_day_of_its_own(days: int, clock: Deadline, prosecutor: User) -> None:
    with pytest.raises(DayOutsideTermError):
        suspend(clock, prosecutor, days=days)


def test_the_second_of_two_editors_is_refused(clock: Deadline, prosecutor: User) -> None:
    with pytest.raises(ChangedMeanwhileProblem):
        services.suspend_term(
            deadline=clock,
            reason="approval",
            day=REGISTERED_DAY,
            base_version=99,
            by=actor(prosecutor),
            at=NOW,
        )
    assert Suspension.objects.count() == 0


def test_a_double_click_enters_one_suspension(clock: Deadline, prosecutor: User) -> None:
    assert suspend(clock, prosecutor).pk == suspend(clock, prosecutor).pk
    assert Entry.objects.filter(act="case.clock_suspended").count() == 1


def test_a_clock_ends_later_by_the_days_it_stood(clock: Deadline, prosecutor: User) -> None:
    before = local_day(clock.due_at)
    suspend(clock, prosecutor, days=2)
    clock.refresh_from_db()
    assert (clock.is_standing, clock.motion_due_at) == (True, None)
    assert Case.objects.get().next_due_at is None

    resume(clock, prosecutor, days=9)
    clock.refresh_from_db()
    assert local_day(clock.due_at) == before + 7 * DAY
    assert clock.motion_due_at is not None
    assert Case.objects.get().next_due_at == clock.due_at


def test_a_decision_lets_it_stand_and_go_on(clock: Deadline, prosecutor: User) -> None:
    before = local_day(clock.due_at)
    decide(clock.case, "interrupted", prosecutor, days_later=2)
    decide(clock.case, "resumed", prosecutor, days_later=6)

    clock.refresh_from_db()
    assert local_day(clock.due_at) == before + 4 * DAY


def test_after_its_end_a_clock_does_not_stand_but_is_late(
    clock: Deadline, prosecutor: User
) -> None:
    after = clock.due_at + 2 * DAY
    days = (local_day(after) - REGISTERED_DAY).days
    suspend(clock, prosecutor, days=days, at=after)

    clock.refresh_from_db()
    assert not clock.is_standing
    assert Case.objects.get().next_due_at == clock.due_at


@pytest.mark.parametrize("amount", [2, 4])
def test_a_motion_asks_for_more_and_no_more_than_the_rung(
    amount: int, clock: Deadline, prosecutor: User
) -> None:
    with pytest.raises(AmountOutsideRungError, match="from 3 to 3"):
        motion(clock, prosecutor, amount=amount)


def test_one_motion_waits_at_a_time(clock: Deadline, prosecutor: User) -> None:
    first = motion(clock, prosecutor)
    assert motion(clock, prosecutor).pk == first.pk  # a double click

    with pytest.raises(MotionOpenError):
        services.file_motion(
            deadline=clock,
            amount=3,
            reason="Another reason.",
            day=local_day(NOW),
            base_version=version(clock.case),
            by=actor(prosecutor),
            at=NOW,
        )


def test_a_term_without_a_ladder_is_extended_by_nobody(case: Case, prosecutor: User) -> None:
    returned = services.start_clock(
        case=case,
        allegation=case.allegations.get(),
        rule="returned_case",
        by=actor(prosecutor),
        at=REGISTERED_AT,
    )
    assert returned is not None

    with pytest.raises(NobodyMayExtendError):
        motion(returned, prosecutor)


def test_granted_rung_by_rung_each_by_whom_the_law_names(clock: Deadline, prosecutor: User) -> None:
    first = answer(motion(clock, prosecutor, amount=3), prosecutor)
    second = answer(motion(clock, prosecutor, amount=12), prosecutor)
    third = answer(motion(clock, prosecutor, amount=15), prosecutor)

    clock.refresh_from_db()
    assert [each.grantor for each in (first, second, third)] == [
        "head_of_district_office",
        "head_of_oblast_office",
        "prosecutor_general",
    ]
    assert local_day(clock.due_at) == add_months(REGISTERED_DAY, 15)
    assert (clock.rung, third.due_before_at, third.due_after_at) == (
        3,
        second.due_after_at,
        clock.due_at,
    )
    assert first.law_answer["steps"][0]["article"] == "CPC 192"


def test_a_refused_motion_leaves_the_term_and_the_way_to_the_next(
    clock: Deadline, prosecutor: User
) -> None:
    before, asked_by = clock.due_at, clock.motion_due_at
    filed = motion(clock, prosecutor)
    clock.refresh_from_db()
    assert clock.motion_due_at is None  # it was asked

    answer(filed, prosecutor, granted=False)
    clock.refresh_from_db()
    assert (clock.due_at, clock.motion_due_at, clock.rung) == (before, asked_by, 0)


def test_an_answer_is_given_once(clock: Deadline, prosecutor: User) -> None:
    filed = motion(clock, prosecutor)
    answer(filed, prosecutor)
    assert answer(filed, prosecutor).granted  # a double click

    with pytest.raises(MotionAnsweredError):
        answer(filed, prosecutor, granted=False)


def test_a_late_motion_is_taken_and_its_row_says_that_it_is_late(
    clock: Deadline, prosecutor: User
) -> None:
    assert clock.motion_due_at is not None
    filed = motion(clock, prosecutor, at=clock.motion_due_at + DAY)

    assert is_late_motion(filed)


def test_less_than_was_asked_may_be_granted(clock: Deadline, prosecutor: User) -> None:
    answer(motion(clock, prosecutor, amount=3), prosecutor)
    filed = motion(clock, prosecutor, amount=12)
    given = services.answer_motion(
        extension=filed,
        granted=True,
        amount=5,
        day=local_day(NOW),
        base_version=version(clock.case),
        by=actor(prosecutor),
        at=NOW,
    )

    clock.refresh_from_db()
    assert (given.amount, given.granted_amount) == (12, 5)
    assert local_day(clock.due_at) == add_months(REGISTERED_DAY, 5)


def test_a_victim_s_request_is_answered_with_a_day_or_with_reasons(
    case: Case, prosecutor: User
) -> None:
    def ask(days: int) -> object:
        return services.ask_for_term(
            case=case,
            person=None,
            day=REGISTERED_DAY + days * DAY,
            base_version=version(case),
            by=actor(prosecutor),
            at=NOW,
        )

    def reply(asked: object, **said: object) -> object:
        return services.answer_request(
            request=asked,  # type: ignore[arg-type]
            day=local_day(NOW),
            base_version=version(case),
            by=actor(prosecutor),
            at=NOW,
            **said,  # type: ignore[arg-type]
        )

    first, second = ask(1), ask(2)
    with pytest.raises(RefusalReasonError):
        reply(first, until_day=None)
    reply(first, until_day=local_day(NOW) + 30 * DAY)
    reply(second, until_day=None, reason="The term of the law is enough.")

    assert [each.set_until_day is None for each in case.term_requests.order_by("asked_day")] == [
        False,
        True,
    ]
