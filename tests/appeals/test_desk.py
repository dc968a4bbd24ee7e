"""The pages of appeals as signed-in people see them."""

import uuid

import pytest
from django.test import Client

from arasha.access import services as access
from arasha.actors import WORLD
from arasha.appeals import agenda, search
from arasha.appeals.models import Appeal
from arasha.appeals.words import TOLD_BY_READER
from arasha.engines.notes import grouped
from arasha.engines.sealing import RecipientSet
from arasha.journal.models import Entry
from arasha.people.models import User
from arasha.rows import AgendaItem
from tests.desk.signing_in import signed_in
from tests.walk import NOW, WORDS, Terminal, actor, at_most, file, posted

MOST_QUERIES = 12


def page_of(appeal: Appeal) -> str:
    return f"/appeals/{appeal.key}/"


def test_without_signing_in_there_is_no_appeal(appeal: Appeal) -> None:
    answer = Client().get(page_of(appeal))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")


def test_without_a_second_factor_there_is_no_appeal(appeal: Appeal, officer: User) -> None:
    answer = signed_in(officer, method="password").get(page_of(appeal))

    assert answer.headers["Location"].startswith("/account/2fa/")


@pytest.mark.parametrize("act", ["", "open/", "classify/"])
def test_a_stranger_gets_the_same_answer_as_for_an_unknown_key(
    act: str, appeal: Appeal, prosecutor: User
) -> None:
    desk = signed_in(prosecutor)
    ask = desk.post if act else desk.get

    forbidden = ask(page_of(appeal) + act)
    unknown = ask(f"/appeals/{uuid.uuid4()}/{act}")

    assert forbidden.status_code == unknown.status_code == 404
    assert without_token(forbidden.content) == without_token(unknown.content)


def without_token(page: bytes) -> str:
    """A page without the token against forged requests, which differs each time, and its own address."""
    lines = page.decode().splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


def test_a_barred_officer_gets_that_answer_too(appeal: Appeal, officer: User) -> None:
    access.bar(
        subject_kind="appeal",
        subject_key=appeal.key,
        user_key=officer.pk,
        reason_code="witness",
        by=WORLD,
        at=NOW,
    )

    assert signed_in(officer).get(page_of(appeal)).status_code == 404


def test_the_page_says_what_the_server_knows_and_that_it_was_looked_at(
    appeal: Appeal, officer: User
) -> None:
    page = signed_in(officer).get(page_of(appeal)).content.decode()

    assert grouped(appeal.code) in page
    assert WORDS not in page
    assert Entry.objects.filter(
        act="record.read", subject_key=appeal.key, actor_key=str(officer.pk)
    ).exists()


def test_the_inbox_shows_code_age_and_the_day_of_the_answer(appeal: Appeal, officer: User) -> None:
    page = signed_in(officer).get("/appeals/").content.decode()

    assert grouped(appeal.code) in page
    assert "20 days ago" in page


def test_how_the_person_learns_of_the_state_is_said(appeal: Appeal, officer: User) -> None:
    page = signed_in(officer).get(page_of(appeal)).content.decode()

    assert str(TOLD_BY_READER) in page


def test_who_opens_no_appeal_is_offered_no_reader(
    appeal: Appeal, officer: User, supervisor: User
) -> None:
    assert 'value="inbox"' in signed_in(officer).get("/appeals/").content.decode()
    assert 'value="inbox"' not in signed_in(supervisor).get("/appeals/").content.decode()


def test_who_presses_it_all_the_same_is_told_whom_to_ask(supervisor: User) -> None:
    answer = signed_in(supervisor).post("/appeals/reader/", {"errand": "inbox"})

    assert answer.status_code == 403
    assert "Only officers open the reader" in answer.content.decode()
    assert "What you typed" not in answer.content.decode()


def test_an_officer_is_led_to_the_reader_and_nowhere_else(officer: User) -> None:
    desk = signed_in(officer)

    assert "/#errand=" in desk.post("/appeals/reader/", {"errand": "inbox"}).headers["Location"]
    assert desk.post("/appeals/reader/", {"errand": "nonsense"}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"), [("state=received", 1), ("state=opened", 0), ("state=nonsense", 1)]
)
def test_the_inbox_is_filtered_on_the_server(
    asked: str, found: int, appeal: Appeal, officer: User
) -> None:
    page = signed_in(officer).get(f"/appeals/?{asked}").content.decode()

    assert page.count(grouped(appeal.code)) == found


def test_an_appeal_is_found_by_its_code_in_any_spacing_and_any_digits(
    appeal: Appeal, officer: User
) -> None:
    arabic = appeal.code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    for typed in (appeal.code, grouped(appeal.code), arabic):
        [hit] = search.search(viewer=actor(officer), text=typed)
        assert hit.url == page_of(appeal)


def test_nobody_finds_an_appeal_that_is_not_theirs(appeal: Appeal, prosecutor: User) -> None:
    assert search.search(viewer=actor(prosecutor), text=appeal.code) == []


def test_the_inbox_of_sixty_costs_few_queries(
    terminal: Terminal,
    recipients: RecipientSet,
    officer: User,
) -> None:
    for _ in range(60):
        file(terminal, posted(recipients))
    desk = signed_in(officer)
    desk.get("/appeals/")

    with at_most(queries=MOST_QUERIES):
        page = desk.get("/appeals/?page=2").content.decode()
    assert "60 appeals" in page
    assert page.count("/appeals/") >= 25


def test_opening_sends_the_officer_to_the_reader_with_a_token_behind_the_hash(
    appeal: Appeal, officer: User, settings
) -> None:
    answer = signed_in(officer).post(page_of(appeal) + "open/")

    where, _, token = answer.headers["Location"].partition("/#errand=")
    assert (answer.status_code, where) == (302, settings.ARASHA_READER_URL)
    assert len(token) >= 40


def test_before_it_is_opened_the_page_offers_no_classification(
    appeal: Appeal, officer: User
) -> None:
    desk = signed_in(officer)

    assert "/classify/" not in desk.get(page_of(appeal)).content.decode()
    refused = desk.post(page_of(appeal) + "classify/", {"category": "torture"})
    assert refused.status_code == 409


def test_an_unknown_category_is_given_back_with_what_to_correct(
    opened: Appeal, officer: User
) -> None:
    answer = signed_in(officer).post(page_of(opened) + "classify/", {"category": "weather"})

    assert answer.status_code == 422
    assert "There is something to correct" in answer.content.decode()


def test_after_reading_the_officer_notes_what_it_is_about(opened: Appeal, officer: User) -> None:
    signed_in(officer).post(page_of(opened) + "classify/", {"category": "torture"})

    assert Appeal.objects.get().category == "torture"


def test_what_waits_for_an_officer_comes_with_its_day(appeal: Appeal, officer: User) -> None:
    [waiting] = agenda.agenda(viewer=actor(officer), at=NOW)

    assert isinstance(waiting, AgendaItem)
    assert waiting.url == page_of(appeal)
    assert waiting.due_at is not None
    assert waiting.kind == "Open"
