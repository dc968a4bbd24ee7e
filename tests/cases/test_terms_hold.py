"""What holds whatever is done about a clock, in whatever order."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arasha.cases.clocks import reckon
from arasha.cases.models import Deadline, Extension, Reminder, Suspension
from arasha.cases.tick import tick
from arasha.country import country, local_day, midnight
from arasha.engines.law import add_months
from arasha.notices.models import Notice
from arasha.people.models import User
from tests.cases.test_terms import clock
from tests.together import at_once
from tests.walk import DAY

__all__ = ["clock"]
# Month ends, a leap day, and the day on which the country changed its offset.
STARTS = st.sampled_from(
    [(2024, 2, 29), (2024, 3, 1), (2023, 12, 31), (2025, 1, 31), (2026, 8, 30)]
)
GRANTED = st.lists(st.integers(3, 15), max_size=3, unique=True).map(sorted)
STOOD = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30)), max_size=4)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(start=STARTS, granted=GRANTED, stood=STOOD, minute=st.integers(0, 1439))
def test_no_order_of_acts_gives_less_than_the_law(
    start: tuple[int, int, int],
    granted: list[int],
    stood: list[tuple[int, int]],
    minute: int,
    clock: Deadline,
) -> None:
    first = dt.date(*start)
    clock.started_at = midnight(first) + dt.timedelta(minutes=minute)
    clock.save()
    clock.extensions.all().delete()
    clock.suspensions.all().delete()
    for amount in granted:
        _grant(clock, amount)
    for since, days in stood:
        _stand(clock, midnight(first + since * DAY), midnight(first + (since + days) * DAY))

    found = reckon(clock, day=first)
    months = max(granted, default=2)
    assert found.due_at is not None
    due = found.due_at.astimezone(country().timezone)
    assert due.date() >= add_months(first, months)
    assert due.time() == dt.time(23, 59, 59)
    assert found.motion_due_at is not None
    assert found.motion_due_at < found.due_at
    assert local_day(found.due_at) <= add_months(first, months) + sum(d for _, d in stood) * DAY


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_the_same_moment_ring_once(
    clock: Deadline, prosecutor: User, tmp_path: Path
) -> None:
    at = clock.due_at - DAY

    at_once(tmp_path, lambda: tick(at=at), lambda: tick(at=at))

    assert Notice.objects.filter(kind="case.term_soon").count() <= 1
    kinds = list(Reminder.objects.values_list("kind", "days_before", "due_at"))
    assert len(kinds) == len(set(kinds))


def _grant(clock: Deadline, amount: int) -> Extension:
    return Extension.objects.create(
        case=clock.case,
        deadline=clock,
        rung=1,
        grantor="prosecutor_general",
        amount=amount,
        granted_amount=amount,
        granted=True,
        reason="",
        filed_at=clock.started_at,
        filed_by_key=clock.case_id,
        due_before_at=clock.due_at,
    )


def _stand(clock: Deadline, since: dt.datetime, until: dt.datetime) -> Suspension:
    return Suspension.objects.create(
        case=clock.case, deadline=clock, reason="approval", from_at=since, until_at=until
    )
