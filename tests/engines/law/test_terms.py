"""When terms run out."""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.law import Suspension, add_months, due_at
from arasha.engines.law.rules import UNITS, Term, Unit

ALMATY = ZoneInfo("Asia/Almaty")
FRIDAY = dt.datetime(2026, 3, 6, 17, 30, tzinfo=ALMATY)


def is_weekday(day: dt.date) -> bool:
    return day.isoweekday() < 6


def due(
    amount: int, unit: Unit, start: dt.datetime = FRIDAY, *suspensions: Suspension
) -> dt.datetime | None:
    return due_at(
        Term(amount, unit), start, zone=ALMATY, is_working=is_weekday, suspensions=suspensions
    )


def end_of(day: str) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(23, 59, 59), ALMATY)


def suspended(first: str, last: str | None) -> Suspension:
    days = [
        dt.datetime.fromisoformat(f"{day}T12:00:00+05:00") if day else None for day in (first, last)
    ]
    assert days[0] is not None
    return Suspension(days[0], days[1])


def test_hours_are_elapsed_time_across_a_change_of_offset() -> None:
    before = dt.datetime(2024, 2, 29, 17, 30, tzinfo=ALMATY)

    found = due(24, "hours", before)

    assert found is not None
    assert found - before.astimezone(dt.UTC) == dt.timedelta(hours=24)
    assert found.isoformat() == "2024-03-01T16:30:00+05:00"


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (1, "days", "2026-03-07"),
        (3, "days", "2026-03-09"),
        (1, "working_days", "2026-03-09"),
        (5, "working_days", "2026-03-13"),
        (6, "working_days", "2026-03-16"),
        (1, "months", "2026-04-06"),
        (12, "months", "2027-03-06"),
    ],
)
def test_days_end_with_their_last_second(amount: int, unit: Unit, expected: str) -> None:
    assert due(amount, unit) == end_of(expected)


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2024-12-31", 2, "2025-02-28"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-03-31", 1, "2024-04-30"),
        ("2024-11-30", 3, "2025-02-28"),
    ],
)
def test_months_end_with_the_months_last_day(first: str, months: int, last: str) -> None:
    assert add_months(dt.date.fromisoformat(first), months) == dt.date.fromisoformat(last)


def test_the_local_day_counts_not_the_one_in_utc() -> None:
    just_after_midnight = dt.datetime(
        2026, 3, 5, 19, 30, tzinfo=dt.UTC
    )  # 00:30 on the 6th in Almaty

    assert due(1, "days", just_after_midnight) == end_of("2026-03-07")


def test_a_suspension_adds_its_days() -> None:
    assert due(1, "months", FRIDAY, suspended("2026-03-10", "2026-03-20")) == end_of("2026-04-16")
    assert due(3, "days", FRIDAY, suspended("2026-03-08", "2026-03-10")) == end_of("2026-03-11")


def test_a_suspension_adds_as_many_working_days_as_it_took() -> None:
    friday_to_monday = suspended("2026-03-13", "2026-03-16")

    assert due(6, "working_days", FRIDAY, friday_to_monday) == end_of("2026-03-17")


def test_a_suspension_of_hours_is_elapsed_time() -> None:
    standing = Suspension(FRIDAY + dt.timedelta(hours=1), FRIDAY + dt.timedelta(hours=3))

    assert due(24, "hours", FRIDAY, standing) == FRIDAY + dt.timedelta(hours=26)


def test_while_the_clock_stands_nothing_is_due() -> None:
    for unit in UNITS:
        assert due(24, unit, FRIDAY, suspended("2026-03-07", None)) is None


def test_a_suspension_after_the_end_changes_nothing() -> None:
    assert due(3, "days", FRIDAY, suspended("2026-05-01", None)) == due(3, "days")


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        due(1, "days", dt.datetime(2026, 3, 6))  # noqa: DTZ001


def test_suspensions_that_overlap_stop_the_clock_once() -> None:
    one, other = suspended("2026-03-10", "2026-03-20"), suspended("2026-03-12", "2026-03-18")

    assert due(1, "months", FRIDAY, one, other, one) == due(1, "months", FRIDAY, one)
    assert due(24, "hours", FRIDAY, suspended("2026-03-07", "2026-03-09")) == due(
        24,
        "hours",
        FRIDAY,
        suspended("2026-03-07", "2026-03-08"),
        suspended("2026-03-08", "2026-03-09"),
    )


HOUR = dt.timedelta(hours=1)
# Whole hours around the night in which the country changed its offset.
moments = st.integers(0, 60 * 24).map(lambda n: dt.datetime(2024, 2, 1, tzinfo=dt.UTC) + n * HOUR)
stops = st.lists(
    st.tuples(moments, st.integers(0, 500)).map(
        lambda stop: Suspension(stop[0], stop[0] + stop[1] * HOUR)
    ),
    max_size=4,
)


@given(moments, st.integers(1, 2000))
def test_hours_are_elapsed_hours_also_where_the_country_changes_its_offset(
    start: dt.datetime, hours: int
) -> None:
    found = due(hours, "hours", start.astimezone(ALMATY))

    assert found is not None
    assert found.astimezone(dt.UTC) == start + hours * HOUR


@given(moments, st.integers(1, 500), stops)
def test_an_hour_stands_or_counts_never_both(
    start: dt.datetime, hours: int, standing: list[Suspension]
) -> None:
    found = due(hours, "hours", start, *standing)
    assert found is not None

    passed = (start + n * HOUR for n in range(int((found - start) / HOUR)))
    counted = [h for h in passed if not any(s.end and s.start <= h < s.end for s in standing)]
    assert len(counted) == hours


@given(moments, st.integers(1, 60), st.sampled_from(UNITS), stops, st.data())
def test_suspensions_never_shorten_a_term_and_their_order_is_irrelevant(
    start: dt.datetime, amount: int, unit: Unit, standing: list[Suspension], data: st.DataObject
) -> None:
    found, plain = due(amount, unit, start, *standing), due(amount, unit, start)

    assert found is not None
    assert plain is not None
    assert found >= plain
    assert due(amount, unit, start, *data.draw(st.permutations(standing))) == found


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 60))
def test_a_month_later_is_the_same_day_or_the_months_last(day: dt.date, months: int) -> None:
    later = add_months(day, months)

    last = calendar.monthrange(later.year, later.month)[1]
    assert later.day == min(day.day, last)
    assert (later.year - day.year) * 12 + later.month - day.month == months


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2050, 1, 1)), st.integers(1, 100))  # noqa: DTZ001
def test_that_many_working_days_lie_in_a_term_of_working_days(
    start: dt.datetime, amount: int
) -> None:
    begun = start.replace(tzinfo=ALMATY)
    found = due(amount, "working_days", begun)

    assert found is not None
    days = (
        begun.date() + dt.timedelta(days=n)
        for n in range(1, (found.date() - begun.date()).days + 1)
    )
    assert sum(map(is_weekday, days)) == amount
    assert is_weekday(found.date())
