"""What rings for prosecutors when a clock of the law has run out."""

import datetime as dt

import pytest

from arasha.cases import services
from arasha.cases.models import Case
from arasha.cases.tick import tick
from arasha.notices import services as notices
from arasha.notices.models import Notice
from arasha.people.models import User
from tests.access.cast import keep_away
from tests.walk import DAY, actor, at_most, decide


@pytest.fixture
def late(case: Case) -> dt.datetime:
    """A day after the clock of the investigation ran out."""
    case.refresh_from_db()
    assert case.next_due_at is not None
    return case.next_due_at + DAY


def ringing() -> list[User]:
    found = Notice.objects.filter(kind="case.late", handled_at__isnull=True)
    return [notice.user for notice in found.order_by("created_at", "user_id")]


def test_a_barred_prosecutor_hears_nothing(case: Case, prosecutor: User, late: dt.datetime) -> None:
    keep_away("case", case.key, prosecutor)

    assert [tick(at=late), tick(at=late)] == [0, 0]
    assert ringing() == []


def test_neither_the_sender_nor_another_office_is_rung(
    case: Case, prosecutor: User, officer: User, other_prosecutor: User, late: dt.datetime
) -> None:
    tick(at=late)

    assert ringing() == [prosecutor]


def test_in_the_last_second_of_a_clock_nothing_is_late(case: Case, late: dt.datetime) -> None:
    tick(at=late - DAY)

    assert ringing() == []


def test_a_clock_rings_once(case: Case, late: dt.datetime) -> None:
    tick(at=late - DAY)

    # Late it becomes once; what said that its end is near falls silent.
    assert [tick(at=late), tick(at=late), tick(at=late + DAY)] == [2, 0, 0]
    assert Notice.objects.filter(kind="case.late").count() == 1


def test_what_a_person_put_away_stays_away(case: Case, prosecutor: User, late: dt.datetime) -> None:
    tick(at=late)
    rang = Notice.objects.get(kind="case.late")
    notices.put_away(notice_key=rang.pk, by=actor(prosecutor), at=late)

    assert tick(at=late) == 0
    assert ringing() == []


def test_the_bell_stops_when_the_clock_is_met(
    case: Case, prosecutor: User, late: dt.datetime
) -> None:
    tick(at=late)
    decide(case, "sent_to_court", prosecutor, persons=1)

    assert tick(at=late) > 0
    assert ringing() == []


def test_the_next_clock_that_runs_out_rings_anew(
    case: Case, prosecutor: User, late: dt.datetime
) -> None:
    tick(at=late)
    decide(case, "sent_to_court", prosecutor, persons=1)
    services.start_clock(
        case=case,
        allegation=case.allegations.get(),
        rule="registration",
        by=actor(prosecutor),
        at=late,
    )

    case.refresh_from_db()
    assert case.next_due_at is not None
    tick(at=case.next_due_at + DAY)  # the old bell stops, the new one rings
    assert ringing() == [prosecutor]


def test_a_tick_with_nothing_new_costs_few_queries(case: Case, late: dt.datetime) -> None:
    tick(at=late)

    with at_most(queries=14):
        tick(at=late)
