"""How a term is extended: by whom, up to how long, and by when it must be asked for."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.law import (
    Rung,
    Suspension,
    Term,
    due_at,
    extended_due,
    ladder,
    motion_due,
    next_rung,
    rung_for,
)
from arasha.engines.law.rules import UNITS, Extension, Rule
from tests.engines.law.laws import law, version

ALMATY = ZoneInfo("Asia/Almaty")
START = dt.datetime(2026, 1, 31, 10, tzinfo=ALMATY)
NEW = dt.date(2025, 1, 1)
FIVE_DAYS = Term(5, "days")
DISTRICT = Extension(Term(3, "months"), "district", FIVE_DAYS)
OBLAST = Extension(Term(12, "months"), "oblast", FIVE_DAYS)
GENERAL = Extension(None, "general", Term(10, "days"))
LADDER: Rule[tuple[Extension, ...]] = Rule(
    "ladder.term", "step", (version((OBLAST,), None), version((DISTRICT, OBLAST, GENERAL), NEW))
)
PLAIN = law()
WORDS = {f"ladder.{who}": {"en": f"{who} {{day}}"} for who in ("district", "oblast", "general")}
LAW = replace(PLAIN, ladders={"term": LADDER}, sentences={**PLAIN.sentences, **WORDS})
RUNGS = ladder(LAW, "term", NEW)


def is_weekday(day: dt.date) -> bool:
    return day.isoweekday() < 6


def months(amount: int) -> Term:
    return Term(amount, "months")


def extended(rung: Rung, total: Term | None = None, *stops: Suspension) -> dt.datetime | None:
    return extended_due(
        rung, START, total=total, suspensions=stops, zone=ALMATY, is_working=is_weekday
    )


def end_of(day: str) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(23, 59, 59), ALMATY)


def test_a_ladder_is_that_of_the_day_of_the_motion() -> None:
    assert [rung.grantor for rung in RUNGS] == ["district", "oblast", "general"]
    assert [rung.grantor for rung in ladder(LAW, "term", NEW - dt.timedelta(days=1))] == ["oblast"]


def test_each_rung_names_its_source() -> None:
    assert RUNGS[0].step.text == {"en": "district 2025-01-01"}
    assert RUNGS[0].step.article == "1@2025-01-01"


def test_a_term_without_a_ladder_has_no_rungs() -> None:
    assert ladder(PLAIN, "term", NEW) == ()
    assert ladder(LAW, "term", dt.date(1999, 1, 1)) == ()


@pytest.mark.parametrize(
    ("so_far", "grantor"),
    [(2, "district"), (3, "oblast"), (11, "oblast"), (12, "general"), (30, "general")],
)
def test_whoever_may_lengthen_a_term_depends_on_how_long_it_is(so_far: int, grantor: str) -> None:
    found = next_rung(RUNGS, months(so_far))

    assert found is not None
    assert found.grantor == grantor


def test_above_the_last_limit_nobody_may() -> None:
    assert next_rung(RUNGS[:2], months(12)) is None
    assert rung_for(RUNGS[:2], months(13)) is None


def test_an_extension_needs_the_lowest_rung_that_reaches_so_far() -> None:
    found = [rung_for(RUNGS, months(amount)) for amount in (3, 4, 12, 13)]

    assert [rung.grantor for rung in found if rung] == ["district", "oblast", "oblast", "general"]


def test_an_extended_term_is_counted_from_its_start_not_from_its_end() -> None:
    assert extended(RUNGS[0]) == end_of("2026-04-30")
    assert extended(RUNGS[1]) == end_of("2027-01-31")
    assert extended(RUNGS[2], months(13)) == end_of("2027-02-28")


def test_an_extended_term_keeps_its_suspensions() -> None:
    stop = Suspension(START + dt.timedelta(days=10), START + dt.timedelta(days=20))

    assert extended(RUNGS[0], None, stop) == end_of("2026-05-10")
    assert extended(RUNGS[0], None, Suspension(START, None)) is None


def test_nobody_grants_more_than_the_rung_holds() -> None:
    with pytest.raises(ValueError, match="district may not grant 4 months"):
        extended(RUNGS[0], months(4))
    with pytest.raises(ValueError, match="may not grant 3 days"):
        extended(RUNGS[0], Term(3, "days"))
    with pytest.raises(ValueError, match="say how much"):
        extended(RUNGS[2])


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (Term(5, "days"), end_of("2026-03-26")),
        (Term(10, "days"), end_of("2026-03-21")),
        (Term(1, "working_days"), end_of("2026-03-30")),
        (Term(2, "working_days"), end_of("2026-03-27")),
        (Term(1, "months"), end_of("2026-02-28")),
        (Term(24, "hours"), end_of("2026-03-30")),
    ],
)
def test_a_motion_is_filed_the_whole_time_before_the_end(
    before: Term, expected: dt.datetime
) -> None:
    rung = replace(RUNGS[0], motion_before=before)

    assert motion_due(rung, end_of("2026-03-31"), zone=ALMATY, is_working=is_weekday) == expected


def test_a_naive_end_is_refused() -> None:
    naive = dt.datetime(2026, 3, 31)  # noqa: DTZ001
    with pytest.raises(ValueError, match="aware"):
        motion_due(RUNGS[0], naive, zone=ALMATY, is_working=is_weekday)


@given(
    st.datetimes(dt.datetime(2015, 1, 1), dt.datetime(2060, 1, 1)),  # noqa: DTZ001
    st.integers(1, 60),
    st.sampled_from(UNITS),
)
def test_from_the_last_moment_of_a_motion_the_whole_time_remains(
    moment: dt.datetime, amount: int, unit: str
) -> None:
    end = dt.datetime.combine(moment.date(), dt.time(23, 59, 59), ALMATY)
    rung = replace(RUNGS[0], motion_before=Term(amount, unit))  # type: ignore[arg-type]
    filed = motion_due(rung, end, zone=ALMATY, is_working=lambda day: True)
    again = due_at(rung.motion_before, filed, zone=ALMATY, is_working=lambda day: True)

    assert again is not None
    assert filed < end
    if unit != "months":
        assert again == end
