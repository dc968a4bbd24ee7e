"""Bells before the end of a clock and before the last day to ask, and the superior's after the end."""

import datetime as dt

import pytest

from arasha.cases.models import Case, Deadline, Reminder
from arasha.cases.tick import tick
from arasha.notices.models import Notice
from arasha.people.models import Institution, User
from tests.access.cast import keep_away
from tests.cases.test_terms import answer, clock, motion, resume, suspend
from tests.walk import DAY, REGISTERED_AT, decide, institution, person

__all__ = ["clock"]
HOUR = DAY / 24
Rang = set[tuple[str, int, dt.datetime]]


@pytest.fixture
def superior(case: Case, prosecution: Institution) -> User:
    """Somebody who leads the office above."""
    above = institution("oblast", "prosecutor")
    Institution.objects.filter(pk=prosecution.pk).update(parent=above)
    return person("supervisor", above)


def rang() -> Rang:
    return set(Reminder.objects.values_list("kind", "days_before", "due_at"))


def ringing(user: User) -> set[str]:
    return set(Notice.objects.filter(user=user, handled_at=None).values_list("kind", flat=True))


@pytest.mark.parametrize("step", [HOUR * 7, DAY, 3 * DAY, 90 * DAY])
def test_ticks_in_any_rhythm_ring_the_same_bells(
    step: dt.timedelta, clock: Deadline, prosecutor: User
) -> None:
    at, end = REGISTERED_AT, clock.due_at + DAY
    while at < end:
        tick(at=at)
        at += step
    tick(at=end)

    assert rang() == {
        *(("due", days, clock.due_at) for days in (10, 5, 2, 1, 0)),
        *(("motion", days, clock.motion_due_at) for days in (10, 5, 2, 1)),
        ("escalated", 0, clock.due_at),
    }


def test_each_bell_rings_anew_and_once(clock: Deadline, prosecutor: User) -> None:
    for days in (10, 10, 5, 5):
        tick(at=clock.due_at - days * DAY)

    assert Notice.objects.filter(kind="case.term_soon", user=prosecutor).count() == 2
    assert Notice.objects.filter(kind="case.term_soon", handled_at=None).count() == 1


def test_the_superior_above_is_told_and_named(
    clock: Deadline, prosecutor: User, superior: User
) -> None:
    tick(at=clock.due_at + DAY)

    told = Reminder.objects.get(kind="escalated")
    assert told.to_institution is not None
    assert told.to_institution.code == "oblast"
    assert "case.escalated" in ringing(superior)
    assert "case.escalated" not in ringing(prosecutor)


def test_where_nobody_is_above_the_row_says_so(clock: Deadline, prosecutor: User) -> None:
    tick(at=clock.due_at + DAY)

    assert Reminder.objects.get(kind="escalated").to_institution is None


def test_a_clock_that_stands_rings_for_nothing(clock: Deadline, prosecutor: User) -> None:
    tick(at=clock.due_at - 5 * DAY)
    suspend(clock, prosecutor)

    tick(at=clock.due_at + DAY)
    assert ringing(prosecutor) == set()


def test_a_longer_term_rings_anew(clock: Deadline, prosecutor: User) -> None:
    tick(at=clock.due_at - 2 * DAY)
    old = clock.due_at
    answer(motion(clock, prosecutor), prosecutor)
    clock.refresh_from_db()

    tick(at=old)
    assert "case.term_soon" not in ringing(prosecutor)
    tick(at=clock.due_at - 2 * DAY)
    assert ("due", 2, clock.due_at) in rang()
    assert ("due", 2, old) in rang()


def test_what_went_on_with_two_days_left_rings_for_one_day_only(
    clock: Deadline, prosecutor: User
) -> None:
    """What would have rung before the clock was set to its end is no bell."""
    at = clock.due_at - 2 * DAY + HOUR
    days = (at - REGISTERED_AT).days
    suspend(clock, prosecutor, days=days, at=at)
    resume(clock, prosecutor, days=days + 1, at=at + DAY)
    clock.refresh_from_db()

    tick(at=clock.due_at - HOUR)
    assert {days for kind, days, end in rang() if (kind, end) == ("due", clock.due_at)} == {1}


def test_a_met_clock_silences_its_bells(clock: Deadline, prosecutor: User, superior: User) -> None:
    tick(at=clock.due_at + DAY)
    decide(clock.case, "terminated", prosecutor)

    tick(at=clock.due_at + 2 * DAY)
    assert ringing(prosecutor) | ringing(superior) == set()


def test_a_barred_superior_hears_nothing(clock: Deadline, superior: User) -> None:
    keep_away("case", clock.case_id, superior)
    tick(at=clock.due_at + DAY)

    assert ringing(superior) == set()
