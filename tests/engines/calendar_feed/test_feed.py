"""A feed of terms, read back by an independent library."""

import datetime as dt
from dataclasses import replace
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.calendar_feed import FeedError, Term, feed

ALMATY = dt.timezone(dt.timedelta(hours=5))
TERM = Term(
    uid="term-5f3@example.org",
    due_at=dt.datetime(2024, 3, 8, 17, 30, tzinfo=ALMATY),
    changed_at=dt.datetime(2024, 3, 7, 9, tzinfo=ALMATY),
    title="Тергеу мерзімі; іс 2475, бөлім \\1",
    sequence=2,
    url="https://desk.example.org/cases/5f3/",
)


def made(*terms: Term) -> bytes:
    return feed(terms, name="Менің мерзімдерім", language="kk")


def read(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_another_program_reads_the_same_term() -> None:
    (event,) = read(made(TERM))

    assert event.decoded("dtstart") == TERM.due_at
    assert event.decoded("dtstamp") == TERM.changed_at
    assert event["summary"] == TERM.title
    assert (event["uid"], event["sequence"], event["url"]) == (TERM.uid, 2, TERM.url)
    assert event["class"] == "PRIVATE"


def test_reminders_come_ten_five_two_and_one_day_before() -> None:
    (event,) = read(made(TERM))

    before = [alarm.decoded("trigger").days for alarm in event.walk("VALARM")]
    assert before == [-10, -5, -2, -1]


def test_a_term_that_is_met_is_cancelled_and_reminds_nobody() -> None:
    (event,) = read(made(replace(TERM, cancelled=True)))

    assert event["status"] == "CANCELLED"
    assert event.walk("VALARM") == []


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300))
def test_any_title_comes_back_whole_on_lines_that_fit(title: str) -> None:
    content = made(replace(TERM, title=title))

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert read(content)[0]["summary"] == title
    assert content.decode()


def test_a_title_cannot_begin_a_line_of_its_own() -> None:
    content = made(replace(TERM, title="x\r\nATTACH:https://evil.example\x00"))

    assert read(content)[0]["summary"] == "x\nATTACH:https://evil.example"
    assert b"\r\nATTACH" not in content


def test_the_order_of_the_terms_does_not_matter() -> None:
    other = replace(TERM, uid="other", due_at=TERM.due_at - dt.timedelta(days=1))

    assert made(TERM, other) == made(other, TERM)


def test_an_empty_feed_is_a_calendar() -> None:
    assert read(made()) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"uid": " "}, "uid"),
        ({"due_at": dt.datetime(2024, 3, 8)}, "offset"),  # noqa: DTZ001
        ({"url": "javascript:alert(1)"}, "no address"),
        ({"url": "https://a.example/\r\nX:1"}, "no address"),
        ({"sequence": -1}, "sequence"),
    ],
)
def test_what_is_no_event_is_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises((FeedError, TypeError), match=reason):
        made(replace(TERM, **change))


def test_a_uid_given_twice_is_refused() -> None:
    with pytest.raises(FeedError, match="given twice"):
        made(TERM, TERM)


def test_a_reminder_on_the_day_itself_is_refused() -> None:
    with pytest.raises(FeedError, match="at least a day"):
        feed([TERM], name="x", language="kk", warn_days=[0])
