"""An officer's work in the reader against the real desk: a paper goes in, is read, noted and recorded."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser import walking
from tests.browser.doors import Doors
from tests.browser.traces import files_with
from tests.programs.reader_work import samples

MARKER = "Белгі-қағаз-6620"
SCAN: FilePayload = {"name": "hat.jpg", "mimeType": "image/jpeg", "buffer": samples.PHOTO}


def test_a_paper_is_sealed_at_the_desk_and_worked_on_in_the_reader(
    chromium: Browser, doors: Doors, picture: Callable[[Page, str, str], Path]
) -> None:
    look = walking.looking(picture, "kk")
    with walking.people(chromium, doors, "kk") as come:
        officer = come(walking.OFFICER)
        enter(officer, doors, look)
        code = re.sub(r"\D", "", officer.inner_text("#code"))
        open_what_was_entered(officer, doors, code)
        look(officer, "61-reader-work")
        work(officer)
        at_the_desk(officer, doors, code)

    assert files_with(doors.var, MARKER) == []


def enter(page: Page, doors: Doors, look: walking.Look) -> None:
    page.goto(f"{doors.address('desk')}/appeals/")
    page.click("button[name=errand][value=enter]")
    expect(page.locator("#enter-text")).to_be_visible()
    page.select_option("#enter-channel", "paper")
    page.fill("#enter-text", f"{MARKER} Мені ұрды.")
    page.set_input_files("#enter-scans", SCAN)
    page.click("form button[type=submit]")
    expect(page.locator(".sure")).to_contain_text("жіберілді")
    look(page, "60-reader-slip")


def open_what_was_entered(page: Page, doors: Doors, code: str) -> None:
    page.goto(f"{doors.address('desk')}/appeals/?q={code}")
    page.click("table a")
    page.click("form[action$='/open/'] button")
    page.wait_for_selector("#demo-key")
    page.select_option("#demo-key", label=walking.officer_option(page))
    page.click(".panel:has(#demo-key) button")
    expect(page.locator("#verdict.sure")).to_be_visible()
    expect(page.locator("#written")).to_contain_text(MARKER)
    page.click("#attachments .paper > button")
    expect(page.locator("#attachments canvas")).to_be_visible()


def work(page: Page) -> None:
    expect(page.locator("#replies .warn")).to_be_visible()
    page.fill("#notes textarea", f"{MARKER} қысым көрсетуі мүмкін")
    page.select_option("#notes select", "risk")
    page.click("#notes form button[type=submit]")
    expect(page.locator(".note--risk")).to_contain_text(MARKER)
    page.click("#recording summary")
    page.select_option("#recording select[id$=category]", "torture")
    page.select_option("#recording select[id$=urgency]", "soon")
    page.click("#recording form button[type=submit]")
    expect(page.locator("#told")).to_contain_text("Белгілер сақталды")
    page.reload()
    expect(page.locator("h1")).to_be_visible()


def at_the_desk(page: Page, doors: Doors, code: str) -> None:
    page.goto(f"{doors.address('desk')}/appeals/?q={code}")
    page.click("table a")
    expect(page.locator("main")).to_contain_text("Азаптау")
