"""Danger now: a call of its own to the duty line, before the appeal, which nothing stops."""

from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from arasha.engines.notes import filing_code
from arasha.engines.sealing.card import unpack_card
from arasha.engines.sealing.filing import Filing, parse_filing
from arasha.engines.sealing.payload import Appeal, unpack_payload
from tests.browser.chromium import launched
from tests.programs import browsing, stand
from tests.programs.stand import IDENTITIES, World, recipients
from tests.programs.test_terminal_browser import Terminal, go_to_writing, started
from tests.programs.test_terminal_process import eventually

pytestmark = pytest.mark.browser

WORDS, WISH = "Мені ұрып жатыр", "Дәрігер келсін. Әкімшілікке айтпаңыз."


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def line(world: World) -> None:
    """A duty line that has signed its list before the terminal asks."""
    world.offer(recipients(body="duty_line"))


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with launched(playwright) as running:
        yield running


@pytest.fixture
def terminal(tmp_path: Path, world: World) -> Iterator[Terminal]:
    with stand.gateway(world) as door, started(tmp_path, door) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("terminal: ").strip()
        yield Terminal(url, world, tmp_path, process)
        process.terminate()


@pytest.fixture
def page(browser: Browser, terminal: Terminal) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 320, "height": 700})
    opened.set_default_timeout(15_000)
    opened.goto(terminal.url)
    yield opened
    opened.context.close()


def write(page: Page) -> None:
    go_to_writing(page)
    page.fill("#text", WORDS)
    page.click("[type=submit]")
    expect(page.locator("input[name=danger]").first).to_be_visible()


def cry(page: Page, wish: str = "") -> None:
    """Yes, without a name, up to the page where all is checked."""
    page.check("input[name=danger][value=yes]")
    if wish:
        page.fill("#wish", wish)
    page.click("[type=submit]")
    page.check("input[name=name][value=without]")
    page.click("[type=submit]")
    expect(page.locator(".summary")).to_be_visible()


def filed(terminal: Terminal) -> list[tuple[Filing, Appeal]]:
    filings = [parse_filing(posted) for posted in terminal.world.filed]
    return [(each, unpack_payload(opened(each.envelope))) for each in filings]


def opened(sealed: bytes) -> bytes:
    return bytes(pyrage.decrypt(sealed, [IDENTITIES[1]]))


def test_the_duty_line_stands_in_no_list_of_bodies(line: None, page: Page) -> None:
    page.click(".choice[lang=kk]")
    page.click("[type=submit]")

    expect(page.locator(".card")).to_have_count(1)


def test_the_question_is_answered_before_one_goes_on(line: None, page: Page) -> None:
    write(page)
    page.click("[type=submit]")

    expect(page.locator("#problem")).not_to_be_empty()
    assert page.locator("#wish").is_hidden()


def test_a_call_is_sealed_apart_and_goes_first(line: None, page: Page, terminal: Terminal) -> None:
    write(page)
    cry(page, WISH)
    page.click("[type=submit]")
    expect(page.locator(".state--acknowledged")).to_be_visible()

    (call, cried), (main, appeal) = filed(terminal)
    assert (call.set_id, main.set_id) == ("duty_line-1", "ombudsperson-1")
    assert (cried.text, cried.place, cried.answers["wish"]) == (WORDS, "samal-1", WISH)
    assert (appeal.text, list(appeal.answers)) == (WORDS, ["danger"])
    assert cried.salt != appeal.salt
    assert call.leaf != main.leaf
    assert unpack_card(opened(call.card)).title == WORDS
    assert {unpack_card(opened(each.card)).topic for each in (call, main)} == {"danger"}
    code = page.inner_text("#code").replace("\n", "").replace(" ", "")
    assert cried.answers["appeal"] == code
    assert code == filing_code(stand.hash_of(terminal.world.filed[1]))


def test_the_slip_says_how_far_the_call_has_come(
    line: None, page: Page, terminal: Terminal
) -> None:
    terminal.world.mood = "forgetful"
    write(page)
    cry(page)
    page.click("[type=submit]")
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
    terminal.world.mood = "silent"
    write(page)
    cry(page)
    page.click("[type=submit]")

    expect(page.locator("#call")).to_contain_text("жіберіліп жатыр")
    expect(page.locator("#call")).to_contain_text("әлі кеткен жоқ", timeout=15_000)


def test_the_page_of_the_name_says_that_the_people_on_duty_get_it_too(
    line: None, page: Page, terminal: Terminal
) -> None:
    write(page)
    page.check("input[name=danger][value=yes]")
    page.click("[type=submit]")
    expect(page.locator(".card__hint").nth(1)).to_contain_text("кезекшілер ғана көреді")
    page.check("input[name=name][value=with]")
    page.fill("#name", "Асан")
    page.click("[type=submit]")
    page.click("main[data-step=check] [type=submit]")
    expect(page.locator(".state--acknowledged")).to_be_visible()

    assert [each.answers["name"] for _, each in filed(terminal)] == ["Асан", "Асан"]


def test_who_is_in_no_danger_sends_one_appeal_without_a_mark(
    line: None, page: Page, terminal: Terminal
) -> None:
    write(page)
    page.check("input[name=danger][value=no]")
    page.click("[type=submit]")
    expect(page.locator(".card__hint").nth(1)).to_contain_text("тек сіз таңдаған")
    page.check("input[name=name][value=without]")
    page.click("[type=submit]")
    page.click("main[data-step=check] [type=submit]")
    expect(page.locator(".state--acknowledged")).to_be_visible()

    expect(page.locator("#call")).to_have_count(0)
    [(main, appeal)] = filed(terminal)
    assert (main.set_id, appeal.answers) == ("ombudsperson-1", {})
    assert unpack_card(opened(main.card)).topic == ""


def test_a_line_that_cannot_be_reached_is_told_and_the_appeal_says_danger(
    page: Page, terminal: Terminal
) -> None:
    write(page)
    page.check("input[name=danger][value=yes]")
    expect(page.locator(".card__hint").first).to_contain_text("хабар жету мүмкін емес")
    assert browsing.faults(page) == []
    cry(page)
    page.click("[type=submit]")
    expect(page.locator(".state--acknowledged")).to_be_visible()
    expect(page.locator(".slip")).to_contain_text("хабар жету мүмкін емес")

    [(main, appeal)] = filed(terminal)
    assert (main.set_id, list(appeal.answers)) == ("ombudsperson-1", ["danger"])


def test_a_call_that_is_refused_stops_no_appeal(line: None, page: Page, terminal: Terminal) -> None:
    write(page)
    cry(page)
    refusal = '{"problem": "sealing"}'
    page.route("**/api/filings", lambda route: route.fulfill(status=422, body=refusal), times=2)
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
    page.route("**/api/filings", lambda route: route.fulfill(status=409, body=refusal), times=1)
    page.click("[type=submit]")
    expect(page.locator(".state--acknowledged")).to_be_visible()

    assert [each.set_id for each, _ in filed(terminal)] == ["duty_line-1", "ombudsperson-1"]


def test_a_lost_answer_is_one_call_and_one_appeal(
    line: None, page: Page, terminal: Terminal
) -> None:
    write(page)
    cry(page)
    page.route("**/api/filings", lambda route: (route.fetch(), route.abort()), times=1)
    page.click("[type=submit]")
    expect(page.locator("#problem")).not_to_be_empty()
    page.click("[type=submit]")
    expect(page.locator(".state--acknowledged")).to_be_visible()

    assert [each.set_id for each, _ in filed(terminal)] == ["duty_line-1", "ombudsperson-1"]
