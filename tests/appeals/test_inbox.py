"""The list by lateness: its order, how it is narrowed, what it costs."""

import datetime as dt

import pytest

from arasha.appeals import selectors, services
from arasha.appeals.models import Appeal, State, Term
from arasha.appeals.selectors import OPEN, Narrowed
from arasha.appeals.words import days_left
from arasha.engines.notes import grouped
from arasha.engines.sealing import RecipientSet
from arasha.people.models import User
from arasha.rows import LongList
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
        until_day=term.due_day + 15 * DAY,
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


def test_who_is_in_danger_comes_first_in_red_words(three: list[Appeal], officer: User) -> None:
    newest, *_ = three
    services.open_appeal(appeal=newest, by=actor(officer), at=READ_AT)
    services.classify(
        appeal=newest, category="health", urgency="now", by=actor(officer), at=READ_AT
    )

    page = signed_in(officer).get("/appeals/").content.decode()

    assert min(three, key=lambda each: page.index(grouped(each.code))) == newest
    assert '<strong class="a-sub a-late">At once: the person is in danger</strong>' in page


def test_who_was_in_danger_and_was_answered_is_one_of_many(
    three: list[Appeal], officer: User
) -> None:
    newest, *_ = three
    services.open_appeal(appeal=newest, by=actor(officer), at=READ_AT)
    services.classify(
        appeal=newest, category="health", urgency="now", by=actor(officer), at=READ_AT
    )
    services.move(appeal=newest, state=State.ANSWERED, by=actor(officer), at=READ_AT)

    page = signed_in(officer).get("/appeals/?state=").content.decode()

    assert "At once: the person is in danger</span>" in page
    assert '<strong class="a-sub a-late">At once' not in page


def test_the_page_of_an_appeal_begins_with_its_danger(opened: Appeal, officer: User) -> None:
    services.classify(
        appeal=opened, category="health", urgency="now", by=actor(officer), at=READ_AT
    )

    page = signed_in(officer).get(f"/appeals/{opened.key}/").content.decode()

    warning = page.index('<div class="govuk-warning-text">')
    assert warning < page.index("At once: the person is in danger") < page.index("<dl")


def test_the_pages_of_a_list_go_on_behind_its_first_rows(
    three: list[Appeal], officer: User
) -> None:
    newest, middle, oldest = three
    every = Appeal.objects.order_by("received_day")

    pages = LongList(every.exclude(pk=newest.pk), 2, first=every.filter(pk=newest.pk))

    assert pages.count == 3
    assert [list(pages.page(n)) for n in (1, 2)] == [[newest, oldest], [middle]]


def test_what_came_today_is_reached_behind_all_that_is_late(
    three: list[Appeal], officer: User
) -> None:
    newest, middle, _oldest = three
    desk = signed_in(officer)

    by_age = desk.get("/appeals/?order=newest").content.decode()
    of_a_day = desk.get(f"/appeals/?day={newest.received_day}").content.decode()

    assert sorted(three, key=lambda each: by_age.index(grouped(each.code))) == three
    assert grouped(newest.code) in of_a_day
    assert grouped(middle.code) not in of_a_day


@pytest.mark.parametrize("asked", ["day=yesterday", "day=2026-02-30", "order=upwards"])
def test_what_is_nonsense_narrows_nothing(asked: str, appeal: Appeal, officer: User) -> None:
    answer = signed_in(officer).get(f"/appeals/?{asked}")

    assert answer.status_code == 200
    assert grouped(appeal.code) in answer.content.decode()


def test_a_search_that_finds_nothing_says_what_to_type(appeal: Appeal, officer: User) -> None:
    page = signed_in(officer).get(f"/appeals/?q={appeal.code[:12]}").content.decode()

    assert grouped(appeal.code) not in page
    assert "Type all 24 digits of the code" in page
    assert '<a class="govuk-link" href="/appeals/">Clear the search</a>' in page
    assert "New appeals appear" not in page


def test_more_than_can_be_counted_is_said_as_more(
    three: list[Appeal], officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LongList, "MOST", 2)

    page = signed_in(officer).get("/appeals/").content.decode()

    assert "More than 2 are in this list: narrow it to see the others" in page
    assert "2 appeals" not in page


@pytest.mark.parametrize("asked", ["only=late", "only=mine", "category=torture", "urgency=now"])
def test_the_page_narrows_by_its_address(asked: str, opened: Appeal, officer: User) -> None:
    page = signed_in(officer).get(f"/appeals/?{asked}").content.decode()

    assert grouped(opened.code) not in page
    assert "Nothing here." in page


@pytest.mark.parametrize(
    "asked",
    [
        *("", "only=late", "only=unopened", "category=health", "q=12-4", "state=answered"),
        *("order=newest", "day=2026-11-22", "urgency=now"),
    ],
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
