"""From which day limitation releases, said in words where it is open."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.law import answer
from arasha.engines.law.rules import Version
from tests.engines.law.laws import amnesty, law, version

LATER = dt.date(2012, 1, 1)
ACT = dt.date(2010, 6, 30)


def limited(months: int, start: dt.date | None = None) -> Version[bool]:
    return replace(version(False, start), limitation_months=months)


def told(*bar: Version[bool], act: dt.date = ACT, until: dt.date | None = None) -> list[str]:
    """The days that the steps of limitation name."""
    plain = law(bar=bar)
    sentences = {**plain.sentences, "bar.limitation": {"en": "limitation {act} {months} {day}"}}
    found = answer(
        replace(plain, sentences=sentences),
        amnesty(act, until),
        zone=dt.UTC,
        is_working=lambda day: True,
    )
    words = [step.text["en"] for step in found.steps]
    return [said.rpartition(" ")[2] for said in words if said.startswith("limitation")]


def test_the_day_is_counted_from_the_last_day_of_the_act() -> None:
    assert told(limited(24)) == ["2012-06-30"]
    assert told(limited(8)) == ["2011-02-28"]


def test_of_an_uncertain_act_the_earliest_and_the_latest_day_are_told() -> None:
    assert told(limited(24), until=LATER) == ["2012-06-30", "2014-01-01"]
    assert told(limited(24), limited(12, LATER), until=LATER) == [
        *("2011-06-30", "2012-12-31"),
        "2013-01-01",
    ]


def test_a_shorter_limitation_that_came_later_counts_and_a_longer_one_does_not() -> None:
    assert told(limited(24), limited(12, LATER)) == ["2011-06-30"]
    assert told(limited(24), limited(36, LATER)) == ["2012-06-30"]


def test_a_limitation_that_was_closed_later_still_runs_for_the_act() -> None:
    assert told(limited(24), version(True, LATER)) == ["2012-06-30"]


def test_where_limitation_is_closed_or_not_known_no_day_is_told() -> None:
    assert told(version(True, None)) == []
    assert told(version(False, None)) == []


@given(st.dates(dt.date(2001, 1, 1), dt.date(2019, 1, 1)), st.integers(1, 240))
def test_a_later_longer_limitation_never_worsens_the_day(act: dt.date, months: int) -> None:
    assert told(limited(120), limited(months, dt.date(2019, 6, 1)), act=act) == told(
        limited(min(120, months)), act=act
    )
