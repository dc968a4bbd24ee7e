"""Danger now: a call of its own to the duty line, before the appeal, which nothing stops."""

import pytest
from playwright.sync_api import Page, expect

from arasha.engines.notes import filing_code
from arasha.engines.sealing.card import unpack_card
from tests.programs import browsing, stand
from tests.programs.pages.walking import (
    Terminal,
    answer,
    begin,
    filed,
    go_to_writing,
    opened,
    send,
    slip_code,
)
from tests.programs.test_terminal_process import eventually

pytestmark = pytest.mark.browser

WORDS, WISH = "Мені ұрып жатыр", "Дәрігер келсін. Әкімшілікке айтпаңыз."


@pytest.fixture
def page(page: Page) -> Page:
    page.set_viewport_size({"width": 320, "height": 700})
    return page


def write(page: Page) -> None:
    go_to_writing(page)
    page.fill("#text", WORDS)
    answer(page, "write")
    answer(page, "adding")
    expect(page.locator("input[name=danger]").first).to_be_visible()


def cry(page: Page, wish: str = "") -> None:
    """Yes, without a name, up to the page where all is checked."""
    page.check("input[name=danger][value=yes]")
    if wish:
        page.fill("#wish", wish)
    page.click("[type=submit]")
    page.check("input[name=way][value=neither]")
    page.click("[type=submit]")
    expect(page.locator(".summary")).to_be_visible()


def test_the_duty_line_stands_in_no_list_of_bodies(line: None, page: Page) -> None:
    begin(page, "write")

    expect(page.locator(".card")).to_have_count(1)


def test_the_question_is_answered_before_one_goes_on(line: None, page: Page) -> None:
    write(page)
    page.click("[type=submit]")

    expect(page.locator("#problem")).not_to_be_empty()
    assert page.locator("#wish").is_hidden()


def test_a_call_is_sealed_apart_and_goes_first(line: None, page: Page, terminal: Terminal) -> None:
    write(page)
    cry(page, WISH)
    send(page)

    (call, cried), (main, appeal) = filed(terminal)
    assert (call.set_id, main.set_id) == ("duty_line-1", "ombudsperson-1")
    assert (cried.text, cried.place, cried.answers["wish"]) == (WORDS, "samal-1", WISH)
    assert (appeal.text, list(appeal.answers)) == (WORDS, ["danger", "way"])
    assert cried.salt != appeal.salt
    assert call.leaf != main.leaf
    assert unpack_card(opened(call.card)).title == WORDS
    assert {unpack_card(opened(each.card)).topic for each in (call, main)} == {"danger"}
    assert cried.answers["appeal"] == slip_code(page)
    assert slip_code(page) == filing_code(stand.hash_of(terminal.world.filed[1]))


def test_the_slip_says_how_far_the_call_has_come(
    line: None, page: Page, terminal: Terminal
) -> None:
    write(page)
    cry(page)
    terminal.world.mood = "forgetful"
    answer(page, "check")
    expect(page.locator("#call")).to_contain_text("хабар жету мүмкін емес")
    assert browsing.faults(page) == []

    terminal.world.mood = "well"
    page.get_by_role("button", name="Қайта жіберу").click()
    expect(page.locator("#call")).to_contain_text("Хабар кезекшілерге жіберілді")
    expect(page.locator("#call")).to_contain_text("білмейді")
    page.emulate_media(media="print")
    expect(page.locator("#call")).to_be_hidden()


def test_a_call_that_waits_for_a_connection_is_told_on_the_slip(
    line: None, page: Page, terminal: Terminal
) -> None:
    write(page)
    cry(page)
    terminal.world.mood = "silent"
    answer(page, "check")

    expect(page.locator("#call")).to_contain_text("жіберіліп жатыр")
    expect(page.locator("#call")).to_contain_text("әлі кеткен жоқ", timeout=15_000)


def test_the_page_of_the_name_says_that_the_people_on_duty_get_it_too(
    line: None, page: Page, terminal: Terminal
) -> None:
    write(page)
    page.check("input[name=danger][value=yes]")
    page.click("[type=submit]")
    expect(page.locator(".card__hint >> text=кезекшілер ғана")).to_contain_text(
        "кезекшілер ғана көреді"
    )
    page.check("input[name=way][value=named]")
    page.fill("#name", "Асан")
    page.click("[type=submit]")
    send(page)

    assert [each.answers["name"] for _, each in filed(terminal)] == ["Асан", "Асан"]


def test_who_is_in_no_danger_sends_one_appeal_without_a_mark(
    line: None, page: Page, terminal: Terminal
) -> None:
    write(page)
    page.check("input[name=danger][value=no]")
    page.click("[type=submit]")
    expect(page.locator(".card__hint").nth(1)).to_contain_text("тек сіз таңдаған")
    expect(page.locator("main")).not_to_contain_text("кезекшілер ғана")
    page.check("input[name=way][value=neither]")
    page.click("[type=submit]")
    send(page)

    expect(page.locator("#call")).to_have_count(0)
    [(main, appeal)] = filed(terminal)
    assert (main.set_id, appeal.answers) == ("ombudsperson-1", {"way": "neither"})
    assert unpack_card(opened(main.card)).topic == ""


def test_a_line_that_cannot_be_reached_is_told_and_the_appeal_says_danger(
    page: Page, terminal: Terminal
) -> None:
    write(page)
    page.check("input[name=danger][value=yes]")
    expect(page.locator(".card__hint").first).to_contain_text("хабар жету мүмкін емес")
    assert browsing.faults(page) == []
    cry(page)
    send(page)
    expect(page.locator(".slip")).to_contain_text("хабар жету мүмкін емес")

    [(main, appeal)] = filed(terminal)
    assert (main.set_id, list(appeal.answers)) == ("ombudsperson-1", ["danger", "way"])


def test_a_call_that_is_refused_stops_no_appeal(line: None, page: Page, terminal: Terminal) -> None:
    write(page)
    cry(page)
    refusal = '{"problem": "sealing"}'
    page.route("**/api/appeals", lambda route: route.fulfill(status=422, body=refusal), times=2)
    page.click("[type=submit]")

    expect(page.locator(".slip")).to_contain_text("хабар жету мүмкін емес")
    eventually(lambda: terminal.world.filed)
    assert [each.set_id for each, _ in filed(terminal)] == ["ombudsperson-1"]


def test_a_list_of_the_line_that_changed_is_asked_for_again_and_sealed_to(
    line: None, page: Page, terminal: Terminal
) -> None:
    write(page)
    cry(page)
    refusal = '{"problem": "set_unknown"}'
    page.route("**/api/appeals", lambda route: route.fulfill(status=409, body=refusal), times=1)
    send(page)

    assert [each.set_id for each, _ in filed(terminal)] == ["duty_line-1", "ombudsperson-1"]


def test_a_lost_answer_is_one_call_and_one_appeal(
    line: None, page: Page, terminal: Terminal
) -> None:
    write(page)
    cry(page)
    page.route("**/api/appeals", lambda route: (route.fetch(), route.abort()), times=1)
    page.click("[type=submit]")
    expect(page.locator("#problem")).not_to_be_empty()
    send(page)

    assert [each.set_id for each, _ in filed(terminal)] == ["duty_line-1", "ombudsperson-1"]


def test_who_touches_danger_first_writes_to_the_duty_line_alone(
    line: None, page: Page, terminal: Terminal
) -> None:
    begin(page, "danger")
    answer(page, "readers")
    page.fill("#text", WORDS)
    answer(page, "write")
    page.fill("#wish", WISH)
    answer(page, "wish")
    page.check("input[name=way][value=neither]")
    answer(page, "way")
    send(page)

    [(call, cried)] = filed(terminal)
    assert (call.set_id, cried.text, cried.answers["wish"]) == ("duty_line-1", WORDS, WISH)
    assert unpack_card(opened(call.card)).topic == "danger"


def test_who_touches_danger_where_no_line_can_be_reached_writes_to_a_body(
    page: Page, terminal: Terminal
) -> None:
    begin(page, "danger")
    page.check("input[name=body][value=ombudsperson-1]")
    answer(page, "body")
    answer(page, "readers")
    page.fill("#text", WORDS)
    page.click("#partial")
    eventually(lambda: terminal.world.filed)

    [(main, appeal)] = filed(terminal)
    assert main.set_id == "ombudsperson-1"
    assert set(appeal.answers) == {"danger", "unfinished"}
    expect(page.locator(".slip")).to_contain_text("хабар жету мүмкін емес")
