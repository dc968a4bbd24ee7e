"""The kiosk in Chromium: what a person sees, and that their words stay on the screen."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyrage
import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, expect

from arasha.engines.sealing.filing import parse_filing
from arasha.engines.sealing.payload import Appeal, unpack_payload
from arasha.wire import keyfile
from tests.browser.chromium import launched
from tests.browser.traces import files_with
from tests.programs import browsing, stand
from tests.programs.stand import IDENTITIES, Stand, World, recipients
from tests.programs.test_terminal_process import eventually

pytestmark = pytest.mark.browser

MARKER = "Бұл-белгі-7261 ешкімге көрінбеуі тиіс"


@dataclass
class Terminal:
    url: str
    world: World
    folder: Path
    process: "subprocess.Popen[str]"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def prosecutor(world: World) -> None:
    """A second body, which can begin nothing without a name; there before the terminal asks."""
    world.offer(recipients(body="prosecutor"))


@pytest.fixture
def terminal(tmp_path: Path, world: World) -> Iterator[Terminal]:
    with stand.gateway(world) as door, started(tmp_path, door) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("terminal: ").strip()
        yield Terminal(url, world, tmp_path, process)
        process.terminate()


def started(folder: Path, door: Stand) -> "subprocess.Popen[str]":
    keyfile.write_private(folder / "device.json", stand.trusting().to_json())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "arasha", "terminal", "--gateway", door.url]
    command += ["--public-url", door.url, "--device", str(folder / "device.json")]
    command += ["--spool", str(folder / "spool"), "--port", str(port), "--rhythm", "0.2"]
    demo = os.environ | {"ARASHA_DEMO": "True"}  # it may show words that are still drafts
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=demo)


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with launched(playwright) as running:
        yield running


@pytest.fixture
def page(browser: Browser, terminal: Terminal) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(15_000)
    opened.goto(terminal.url)
    yield opened
    opened.context.close()


def go_to_writing(page: Page, language: str = "kk") -> None:
    page.click(f".choice[lang={language}]")
    page.click("[type=submit]")
    page.click(".card")
    page.click("[type=submit]")
    page.click("[type=submit]")
    expect(page.locator("#text")).to_be_visible()


def say_no_danger(page: Page) -> None:
    page.click("input[name=danger][value=no]")
    page.click("[type=submit]")


def write_and_check(page: Page, text: str, name: str = "") -> None:
    go_to_writing(page)
    page.fill("#text", text)
    page.click("[type=submit]")
    say_no_danger(page)
    page.click(f"input[value={'with' if name else 'without'}]")
    if name:
        page.fill("#name", name)
    page.click("[type=submit]")
    expect(page.locator(".summary")).to_be_visible()


def opened(posted: bytes) -> Appeal:
    envelope = parse_filing(posted).envelope
    return unpack_payload(pyrage.decrypt(envelope, [IDENTITIES[1]]))


# Refusals


def test_nothing_written_is_told_beside_the_field(page: Page) -> None:
    go_to_writing(page)
    page.fill("#text", "   ")
    page.click("[type=submit]")

    expect(page.locator("#problem")).not_to_be_empty()
    expect(page.locator("#text")).to_be_focused()


def test_without_a_name_a_body_that_needs_one_is_not_written_to(
    prosecutor: None, page: Page
) -> None:
    """An unnamed message opens no case: the page says so before anything is sealed."""
    page.click(".choice[lang=en]")
    page.click("[type=submit]")
    page.click("text=The prosecutor")
    page.click("[type=submit]")
    page.click("[type=submit]")
    page.fill("#text", "It was the inspector.")
    page.click("[type=submit]")
    say_no_danger(page)
    page.click("input[value=without]")
    page.click("[type=submit]")

    expect(page.locator("#problem")).to_contain_text("Without a name this body can begin nothing")
    page.click("input[value=with]")
    page.fill("#name", "A. B.")
    page.click("[type=submit]")
    expect(page.locator(".summary")).to_contain_text("A. B.")


def test_a_program_that_is_gone_loses_no_word(page: Page, terminal: Terminal) -> None:
    write_and_check(page, MARKER)
    page.route("**/api/filings", lambda route: route.abort())
    page.click("[type=submit]")

    expect(page.locator("#problem")).to_contain_text("Терминал жауап бермей тұр")
    expect(page.locator(".written")).to_have_text(MARKER)
    page.unroute("**/api/filings")
    page.click("[type=submit]")
    expect(page.locator("#code span")).to_have_count(6)


def test_a_lost_answer_and_a_second_touch_are_one_filing(page: Page, terminal: Terminal) -> None:
    sent: list[str | None] = []

    def lose_answer(route: Route) -> None:
        sent.append(route.request.post_data)
        route.fetch()
        route.abort()

    write_and_check(page, "once")
    page.route("**/api/filings", lose_answer, times=1)
    page.click("[type=submit]")
    expect(page.locator("#problem")).not_to_be_empty()
    page.click("[type=submit]")
    expect(page.locator(".state--acknowledged")).to_be_visible()

    assert [posted.decode() for posted in terminal.world.filed] == sent


def test_a_double_click_is_one_filing(page: Page, terminal: Terminal) -> None:
    write_and_check(page, "once")
    page.dblclick("[type=submit]")

    expect(page.locator(".state--acknowledged")).to_be_visible()
    assert len(terminal.world.filed) == 1


def test_a_gateway_that_is_down_is_told_and_caught_up_with(page: Page, terminal: Terminal) -> None:
    terminal.world.mood = "forgetful"
    write_and_check(page, "later")
    page.click("[type=submit]")
    expect(page.locator("#state")).to_contain_text("Ештеңе жоғалған жоқ")
    again = page.get_by_role("button", name="Қайта жіберу")
    expect(again).to_be_visible()

    terminal.world.mood = "well"
    again.click()
    expect(page.locator(".state--acknowledged")).to_be_visible()
    assert len(terminal.world.filed) == 1


def test_a_list_of_readers_that_changed_asks_again_and_keeps_the_words(page: Page) -> None:
    refusal = '{"problem": "set_unknown"}'
    write_and_check(page, MARKER)
    page.route("**/api/filings", lambda route: route.fulfill(status=409, body=refusal), times=1)
    page.click("[type=submit]")

    expect(page.locator("#problem")).to_contain_text("қайта таңдаңыз")
    for _ in range(5):
        page.get_by_role("button", name="Артқа").click()
    page.click(".card")
    page.click("[type=submit]")
    page.click("[type=submit]")
    expect(page.locator("#text")).to_have_value(MARKER)


def test_back_keeps_the_words_and_after_filing_only_the_slip_is_left(
    page: Page, terminal: Terminal
) -> None:
    write_and_check(page, MARKER)
    for _ in range(3):
        page.go_back()
    expect(page.locator("#text")).to_have_value(MARKER)
    for _ in range(3):
        page.go_forward()
    page.click("[type=submit]")
    expect(page.locator("#code")).to_be_visible()

    page.go_back()

    expect(page.locator("#code")).to_be_visible()
    assert MARKER not in page.content()
    assert len(terminal.world.filed) == 1


def test_leave_now_wipes_at_once_and_back_brings_nothing(page: Page) -> None:
    go_to_writing(page)
    page.fill("#text", MARKER)
    page.click("#leave")
    expect(page.locator(".choice").first).to_be_visible()

    page.go_back()

    expect(page.locator(".choice").first).to_be_visible()
    assert page.locator("#text").count() == 0


def test_the_screen_is_cleared_when_nobody_is_there_and_can_be_kept(
    browser: Browser, terminal: Terminal
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.clock.install()
    page.goto(terminal.url)
    go_to_writing(page)
    page.fill("#text", MARKER)

    page.clock.run_for(155_000)
    page.locator("dialog button").first.click()
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator("#text")).to_have_value(MARKER)

    page.clock.run_for(181_000)
    expect(page.locator(".choice").first).to_be_visible()
    assert MARKER not in page.content()
    context.close()


def test_two_tabs_file_two_appeals_apart(browser: Browser, terminal: Terminal) -> None:
    context = browser.new_context()
    tabs = [context.new_page(), context.new_page()]
    for number, tab in enumerate(tabs):
        tab.goto(terminal.url)
        write_and_check(tab, f"tab {number}")
    for tab in tabs:
        tab.click("[type=submit]")
        expect(tab.locator(".state--acknowledged")).to_be_visible()
    context.close()

    assert {opened(posted).text for posted in terminal.world.filed} == {"tab 0", "tab 1"}


# The walk


def test_what_was_written_is_in_the_envelope_and_nowhere_else(
    terminal: Terminal, tmp_path: Path, playwright: Playwright
) -> None:
    profile, requests = tmp_path / "profile", list[str]()
    with browsing.kiosk_chromium(playwright, profile) as page:
        page.on("request", lambda sent: requests.append(f"{sent.url} {sent.post_data}"))
        page.goto(terminal.url)
        write_and_check(page, MARKER, name="Белгі-есім-9184")
        page.wait_for_timeout(3000)  # Chromium writes its session file every few seconds
        page.click("[type=submit]")
        expect(page.locator(".state--acknowledged")).to_be_visible()
        running = files_with(tmp_path, MARKER)

    appeal = opened(terminal.world.filed[0])
    assert (appeal.text, appeal.answers) == (MARKER, {"name": "Белгі-есім-9184"})
    assert (appeal.language, appeal.place) == ("kk", "samal-1")
    assert any("/api/filings" in each for each in requests)
    assert not [each for each in requests if "7261" in each or "9184" in each]
    for word in (MARKER, "Белгі-есім-9184"):
        assert running == files_with(tmp_path, word) == []


def test_the_proof_comes_to_the_slip(page: Page, terminal: Terminal) -> None:
    write_and_check(page, "proved")
    page.click("[type=submit]")
    expect(page.locator(".state--acknowledged")).to_be_visible()
    expect(page.locator("#promise")).to_contain_text("кешікпей болуы тиіс")
    terminal.world.publish()

    expect(page.locator(".state--proved")).to_be_visible()
    expect(page.locator("#promise")).to_contain_text("журналда қалуы тиіс")
    expect(page.locator("#promise")).not_to_contain_text("кешікпей")
    expect(page.locator(".qr")).to_have_js_property("complete", True)
    page.emulate_media(media="print")
    expect(page.locator(".promise")).to_contain_text("arasha/promise/v1")
    expect(page.locator("#leave")).to_be_hidden()


def test_it_works_by_keyboard_alone(page: Page, terminal: Terminal) -> None:
    expect(page.locator(".choice").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for marked in (".sure", ".card", ".members"):
        expect(page.locator(marked).first).to_be_visible()
        if marked == ".card":
            page.keyboard.press("Tab")
            page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("by keyboard")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for question in ("danger", "name"):
        expect(page.locator(f"input[name={question}]").first).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    expect(page.locator(".summary")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#code")).to_be_visible()
    eventually(lambda: terminal.world.filed)
    assert opened(terminal.world.filed[0]).text == "by keyboard"


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_is_accessible_and_fits(
    browser: Browser, terminal: Terminal, language: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700})
    page = context.new_page()
    page.goto(terminal.url)
    expect(page.locator(".choice").first).to_be_visible()
    found = {"language": browsing.faults(page)}
    page.click(f".choice[lang={language}]")
    acts: dict[str, Callable[[], object]] = {
        "about": lambda: None,
        "body": lambda: page.click(".card"),
        "readers": lambda: None,
        "write": lambda: page.fill("#text", "Кеше кешке…"),
        "danger": lambda: page.click("input[name=danger][value=yes]"),
        "name": lambda: page.click("input[value=without]"),
        "check": lambda: None,
    }
    for step, act in acts.items():
        page.wait_for_selector(f"main[data-step={step}] [type=submit]")
        act()
        found[step] = browsing.faults(page)
        page.click("[type=submit]")
    expect(page.locator("#state")).not_to_be_empty()
    found["slip"] = browsing.faults(page)
    context.close()

    assert {step: each for step, each in found.items() if each} == {}
