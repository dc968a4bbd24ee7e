"""The list by lateness: its order, how it is narrowed, what it costs."""

import datetime as dt

import pytest

from arasha.appeals import selectors, services
from arasha.appeals.models import Appeal, Term
from arasha.appeals.selectors import OPEN, Narrowed
from arasha.appeals.words import days_left
from arasha.engines.notes import grouped
from arasha.engines.sealing import RecipientSet
from arasha.people.models import User
from tests.appeals.day import READ_AT, classified
from tests.desk.signing_in import signed_in
from tests.walk import DAY, FILED_AT, NOW, Terminal, actor, at_most, file, posted

MOST_QUERIES = 12
TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-30, "30 days late"),
        (-1, "1 day late"),
        (0, "today"),
        (1, "1 day left"),
        (8, "8 days left"),
    ],
)
def test_lateness_is_said_in_words(days: int, said: str) -> None:
    assert days_left(TODAY + dt.timedelta(days=days), TODAY) == said


@pytest.fixture
def three(terminal: Terminal, recipients: RecipientSet) -> list[Appeal]:
    """Filed on three days, the newest first."""
    for days in range(3):
        file(terminal, posted(recipients, f"letter {days}"), at=FILED_AT - days * DAY)
    return list(Appeal.objects.order_by("-received_day"))


def open_to(user: User, narrowed: Narrowed, *, state: str = OPEN) -> list[Appeal]:
    return list(selectors.appeals(viewer=actor(user), state=state, narrowed=narrowed))


def test_what_waits_comes_by_its_lateness_and_not_by_its_age(
    three: list[Appeal], officer: User
) -> None:
    newest, middle, oldest = three
    services.open_appeal(appeal=oldest, by=actor(officer), at=FILED_AT)
    term = Term.objects.get(appeal=oldest)
    services.extend(
        term=term,
        reason_code="more_checks",
        until_day=term.due_day + 30 * DAY,
        by=actor(officer),
        at=FILED_AT,
    )

    assert open_to(officer, Narrowed()) == [middle, newest, oldest]


def test_an_appeal_whose_clock_stands_comes_last_and_says_so(
    three: list[Appeal], officer: User
) -> None:
    *_, oldest = three
    services.suspend(
        term=Term.objects.get(appeal=oldest),
        reason_code="expert",
        by=actor(officer),
        at=FILED_AT,
    )

    assert open_to(officer, Narrowed())[-1] == oldest
    assert "The term stands still" in signed_in(officer).get("/appeals/").content.decode()


def test_the_list_is_narrowed_to_what_is_late(three: list[Appeal], officer: User) -> None:
    first = min(day for each in three if (day := each.answer_by_day))
    late = {each for each in three if each.answer_by_day == first}

    assert set(open_to(officer, Narrowed(late_on=first + DAY), state="")) == late
    assert open_to(officer, Narrowed(late_on=first), state="") == []


def test_the_list_is_narrowed_to_what_is_mine_unopened_or_of_a_kind(
    three: list[Appeal], officer: User, second_officer: User
) -> None:
    first, second, third = three
    services.open_appeal(appeal=first, by=actor(officer), at=READ_AT)
    services.open_appeal(appeal=second, by=actor(officer), at=READ_AT)
    services.take(appeal=first, by=actor(officer), at=READ_AT)
    services.take(appeal=second, by=actor(second_officer), at=READ_AT)
    services.classify(
        appeal=second, category="health", urgency="now", by=actor(officer), at=READ_AT
    )

    assert open_to(officer, Narrowed(mine=True)) == [first]
    assert open_to(officer, Narrowed(unopened=True)) == [third]
    assert open_to(officer, Narrowed(category="health"), state="") == [second]
    assert open_to(officer, Narrowed(urgency="now"), state="") == [second]
    assert open_to(officer, Narrowed(urgency="usual"), state="") == []


@pytest.mark.parametrize("asked", ["only=late", "only=mine", "category=torture", "urgency=now"])
def test_the_page_narrows_by_its_address(asked: str, opened: Appeal, officer: User) -> None:
    page = signed_in(officer).get(f"/appeals/?{asked}").content.decode()

    assert grouped(opened.code) not in page
    assert "Nothing here." in page


@pytest.mark.parametrize(
    "asked", ["", "only=late", "only=unopened", "category=health", "q=12-4", "state=answered"]
)
def test_a_list_of_sixty_costs_few_queries_however_it_is_narrowed(
    asked: str, terminal: Terminal, recipients: RecipientSet, officer: User
) -> None:
    for _ in range(30):
        file(terminal, posted(recipients))
    classified(
        services.open_appeal(appeal=Appeal.objects.all()[0], by=actor(officer), at=NOW), officer
    )
    desk = signed_in(officer)
    desk.get("/appeals/")

    with at_most(queries=MOST_QUERIES):
        assert desk.get(f"/appeals/?{asked}").status_code == 200
