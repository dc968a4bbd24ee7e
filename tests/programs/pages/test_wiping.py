"""Leaving: nothing of what was written stays on the screen, in the browser or on the disk."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.traces import files_with
from tests.programs import browsing
from tests.programs.pages.conftest import MICROPHONE
from tests.programs.pages.walking import (
    Terminal,
    answer,
    filed,
    go_to_writing,
    say_no_danger,
    send,
    texts_left,
    write,
    write_and_check,
)
from tests.programs.test_terminal_process import eventually

pytestmark = pytest.mark.browser

MARKER = "Бұл-белгі-7261 ешкімге көрінбеуі тиіс"
NAME = "Белгі-есім-9184"
WINDOW = 48  # bytes of a recording that nothing else has
KEEP_RECORDING = """() => {
  const fill = Uint8Array.prototype.fill;
  Uint8Array.prototype.fill = function (value, ...rest) {
    if (value === 0 && this.length > 4000 && !rest.length && this[0] === 0x1a) window.heard ??= this.slice();
    return fill.call(this, value, ...rest);
  };
}"""
HEARD = "() => btoa(String.fromCharCode(...window.heard.subarray(2000, 2048)))"


def test_leave_now_wipes_at_once_and_back_brings_nothing(page: Page) -> None:
    go_to_writing(page)
    page.fill("#text", MARKER)
    page.click("#leave")
    expect(page.locator(".choice").first).to_be_visible()
    assert MARKER not in texts_left(page)

    page.go_back()

    expect(page.locator(".choice").first).to_be_visible()
    assert page.locator("#text").count() == 0
    assert MARKER not in texts_left(page)


def test_leaving_is_told_to_the_program_which_forgets_the_scans(
    page: Page, terminal: Terminal
) -> None:
    scan = terminal.folder / "scans" / "page.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n")
    go_to_writing(page)
    page.click("#leave")

    eventually(lambda: not scan.exists())


@pytest.mark.parametrize("step", ["write", "adding", "danger", "way", "check"])
def test_leave_stands_at_the_same_place_on_every_page(page: Page, step: str) -> None:
    page.click(".choice[lang=kk]")
    first = page.locator("#leave").bounding_box()
    acts: dict[str, Callable[[], object]] = {
        "write": lambda: None,
        "adding": lambda: answer(page, "write"),
        "danger": lambda: answer(page, "adding"),
        "way": lambda: say_no_danger(page),
        "check": lambda: go_without_a_name(page),
    }
    page.click("[data-use=write]")
    page.click(".card >> nth=0")
    answer(page, "body")
    answer(page, "readers")
    page.fill("#text", "…")
    for each, act in acts.items():
        act()
        page.wait_for_selector(f"main[data-step={each}]")
        if each == step:
            break

    assert page.locator("#leave").bounding_box() == first


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


def test_whoever_needs_more_time_gets_it(browser: Browser, terminal: Terminal) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.clock.install()
    page.goto(terminal.url)
    go_to_writing(page)
    page.fill("#text", MARKER)
    page.clock.run_for(155_000)
    page.click("#more-time")

    page.clock.run_for(500_000)
    expect(page.locator("#text")).to_have_value(MARKER)
    page.clock.run_for(120_000)
    expect(page.locator(".choice").first).to_be_visible()
    context.close()


def test_time_stands_still_while_a_voice_is_recorded(browser: Browser, terminal: Terminal) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.clock.install()
    page.goto(terminal.url)
    go_to_writing(page)
    answer(page, "write")
    page.click("#record")
    expect(page.locator(".level")).to_be_visible()

    page.clock.run_for(170_000)

    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator("#record")).to_be_visible()
    context.close()


def test_nobody_is_wiped_away_while_a_file_is_handed_over_but_not_for_ever(
    browser: Browser, terminal: Terminal
) -> None:
    page = browser.new_page()
    page.clock.install()
    page.route("**/api/attachments/**", lambda route: route.abort())
    page.goto(terminal.url)
    write_voice(page)
    page.click("#partial")
    expect(page.locator("#files")).to_be_visible()

    page.clock.run_for(400_000)
    assert page.locator("dialog").is_hidden()
    page.clock.run_for(400_000)
    expect(page.locator(".choice").first).to_be_visible()
    page.close()


def test_what_was_written_is_in_the_envelope_and_nowhere_else(
    terminal: Terminal, tmp_path: Path, playwright: Playwright
) -> None:
    profile, requests = tmp_path / "profile", list[str]()
    with browsing.kiosk_chromium(playwright, profile) as page:
        page.on("request", lambda sent: requests.append(f"{sent.url} {sent.post_data}"))
        page.goto(terminal.url)
        write_and_check(page, MARKER, name=NAME)
        page.wait_for_timeout(3000)  # Chromium writes its session file every few seconds
        send(page)
        running = [files_with(tmp_path, word) for word in (MARKER, NAME)]

    [(_, appeal)] = filed(terminal)
    assert (appeal.text, appeal.answers) == (MARKER, {"name": NAME, "way": "named"})
    assert (appeal.language, appeal.place) == ("kk", "samal-1")
    assert any("/api/appeals" in each for each in requests)
    assert not [each for each in requests if "7261" in each or "9184" in each]
    assert running == [files_with(tmp_path, word) for word in (MARKER, NAME)] == [[], []]


def test_a_crash_leaves_neither_words_nor_voice_on_the_disk(
    terminal: Terminal, tmp_path: Path, playwright: Playwright
) -> None:
    """Killed in the middle of writing, with a voice recorded and sealed: nothing readable lies there."""
    profile = tmp_path / "profile"
    with browsing.kiosk_process(playwright, profile, *MICROPHONE) as (page, process):
        page.goto(terminal.url)
        page.evaluate(KEEP_RECORDING)
        write_voice(page)
        voice = base64.b64decode(page.evaluate(HEARD))
        page.wait_for_timeout(3000)
        running = traces(tmp_path, voice)
        process.kill()
        process.wait()

    assert len(set(voice)) > 10, "a voice, not silence"
    assert running == traces(tmp_path, voice) == []


def go_without_a_name(page: Page) -> None:
    page.check("input[value=neither]")
    answer(page, "way")


def write_voice(page: Page) -> None:
    go_to_writing(page)
    page.fill("#text", MARKER)
    answer(page, "write")
    page.click("#record")
    page.wait_for_timeout(2500)
    page.click("#record")
    expect(page.locator("#forget-voice")).to_be_visible()


def traces(folder: Path, voice: bytes) -> list[Path]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return [*files_with(folder, MARKER), *(path for path in files if voice in path.read_bytes())]


def test_what_stays_after_sending_is_the_slip_alone(page: Page, terminal: Terminal) -> None:
    write(page, MARKER)
    page.click("#partial")
    expect(page.locator("#code")).to_be_visible()

    assert MARKER not in texts_left(page)
