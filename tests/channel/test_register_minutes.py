"""The minutes of a day as bits: what is said of hours comes from them alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.channel.upkeep.minutes import MINUTES, NONE, hours_heard, last_minute, with_minute

SOME = st.sets(st.integers(0, MINUTES - 1))


def day_of(minutes: set[int]) -> bytes:
    day = NONE
    for minute in minutes:
        day = with_minute(day, minute)
    return day


@given(SOME)
def test_the_hours_and_the_last_minute_are_those_that_were_heard(minutes: set[int]) -> None:
    day = day_of(minutes)

    assert hours_heard(day) == len({minute // 60 for minute in minutes})
    assert last_minute(day) == max(minutes, default=None)


@pytest.mark.parametrize(("minute", "at", "bit"), [(0, 0, 0x80), (7, 0, 0x01), (1439, 179, 0x01)])
def test_the_first_minute_is_the_first_bit(minute: int, at: int, bit: int) -> None:
    assert with_minute(NONE, minute)[at] == bit
