"""What of appeals stands on Today: who is in danger first, what to open by its rule, no list cut in silence."""

import datetime as dt

import pytest

from arasha import rows
from arasha.appeals import services
from arasha.appeals.agenda import agenda
from arasha.appeals.clocks import open_by
from arasha.appeals.models import Appeal
from arasha.country import local_day
from arasha.desk.agenda import due_in_words, today
from arasha.engines.notes import grouped
from arasha.engines.sealing import RecipientSet
from arasha.people.models import User
from arasha.rows import LongList, More
from tests.appeals.day import READ_AT
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, OPENED_AT, Terminal, actor, file, posted

NOON = dt.datetime(2026, 11, 22, 7, tzinfo=dt.UTC)  # at noon in Almaty
END_OF_THE_DAY = dt.datetime(2026, 11, 22, 18, 59, 59, 999999, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def letters(terminal: Terminal, recipients: RecipientSet) -> list[Appeal]:
    for number in range(3):
        file(terminal, posted(recipients, f"letter {number}"), at=OPENED_AT)
    return list(Appeal.objects.order_by("key"))


def noted(appeal: Appeal, officer: User, urgency: str) -> Appeal:
    services.open_appeal(appeal=appeal, by=actor(officer), at=READ_AT)
    return services.classify(
        appeal=appeal, category="health", urgency=urgency, by=actor(officer), at=READ_AT
    )


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-19", "2026-11-20"),  # a Thursday, a Friday
        ("2026-11-20", "2026-11-23"),  # over a weekend
        ("2026-11-21", "2026-11-23"),
        ("2026-03-20", "2026-03-26"),  # over Nauryz and the days given for it
    ],
)
def test_what_came_is_to_be_opened_by_the_next_working_day(received: str, due: str) -> None:
    assert open_by(dt.date.fromisoformat(received)) == dt.date.fromisoformat(due)


def test_what_nobody_opened_is_due_by_the_rule_of_opening_and_not_by_the_answer(
    appeal: Appeal, officer: User
) -> None:
    [row] = agenda(viewer=actor(officer), at=NOW)

    assert isinstance(row, rows.AgendaItem)
    assert row.kind == "Open"
    assert row.due_at is not None
    assert local_day(row.due_at) == open_by(appeal.received_day)


def test_who_is_in_danger_comes_before_what_is_later(letters: list[Appeal], officer: User) -> None:
    in_danger = noted(letters[2], officer, "now")
    noted(letters[1], officer, "soon")

    first, *others = today(viewer=actor(officer), at=NOW).rows

    assert first.title == f"Danger now: appeal {grouped(in_danger.code)}"
    assert first.is_danger
    assert not any(each.is_danger for each in others)


def test_what_is_too_much_for_the_page_is_counted_and_linked(
    letters: list[Appeal], officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST", 2)

    *shown, more = agenda(viewer=actor(officer), at=NOW)

    assert len(shown) == 2
    assert isinstance(more, More)
    assert more.words == "Appeals that nobody has opened: 3 in all, and here are the first 2"
    page = signed_in(officer).get("/").content.decode()
    assert more.words in page
    assert f'href="{more.url}"' in page


def test_what_is_too_much_to_be_counted_says_so(
    letters: list[Appeal], officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST", 1)
    monkeypatch.setattr(LongList, "MOST", 2)

    *_, more = agenda(viewer=actor(officer), at=NOW)

    assert isinstance(more, More)
    assert "more than 2, and here are the first 1" in more.words


def test_a_list_that_fits_says_nothing_more(
    letters: list[Appeal], officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST", 3)

    assert not any(isinstance(each, More) for each in agenda(viewer=actor(officer), at=NOW))


@pytest.mark.parametrize(
    ("due_at", "said"),
    [
        (END_OF_THE_DAY - 3 * DAY, "3 days late"),
        (END_OF_THE_DAY, "today"),
        (END_OF_THE_DAY + DAY, "1 day left"),
        (NOON - 2 * HOUR, "2\xa0hours late"),
        (NOON + 2 * HOUR, "in 2\xa0hours"),
        (NOON - 3 * DAY, "3 days late"),
    ],
)
def test_lateness_is_said_as_in_the_lists_and_by_the_hour_only_within_a_day(
    due_at: dt.datetime, said: str
) -> None:
    assert due_in_words(due_at, now=NOON) == said
