"""An appeal goes on to another body: its readers are added in the reader, and it opens there."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser import walking
from tests.browser.doors import Doors
from tests.browser.test_reader_day import MARKER, enter, open_what_was_entered
from tests.browser.traces import files_with

RECEIVER = "Айдар Нұрғалиев"
BODY = "Ұлттық алдын алу тетігі, Самал тобы (үлгі)"


def test_an_appeal_is_forwarded_and_opened_by_the_body_that_was_chosen(
    chromium: Browser, doors: Doors, picture: Callable[[Page, str, str], Path]
) -> None:
    look = walking.looking(picture, "kk")
    with walking.people(chromium, doors, "kk") as come:
        officer = come(walking.OFFICER)
        enter(officer, doors, look)
        code = re.sub(r"\D", "", officer.inner_text("#code"))
        open_what_was_entered(officer, doors, code)
        record(officer)
        add_their_readers(officer, look)
        sent = forward(officer, doors, code, look)
        accept_and_open(come(RECEIVER), sent, look)

    assert files_with(doors.var, MARKER) == []


def record(page: Page) -> None:
    """Whom it complains of, without which nothing is passed on."""
    page.click("#recording summary")
    page.select_option("#recording select[id$=category]", "torture")
    page.select_option("#recording select[id$=accused_body]", "administration-1")
    page.click("#recording form button[type=submit]")
    expect(page.locator("#told")).to_contain_text("Белгілер сақталды")


def add_their_readers(page: Page, look: walking.Look) -> None:
    page.click("#readers summary")
    whose = page.locator("#readers select")
    whose.select_option(label=f"{BODY} (npm-samal-1)")
    expect(page.locator("#readers")).to_contain_text("кеңсе кілті, сейфте жатыр")
    look(page, "62-reader-receivers")
    page.click("#readers form button[type=submit]")
    expect(page.locator("#told")).to_contain_text("оқитындар қосылды")


def forward(page: Page, doors: Doors, code: str, look: walking.Look) -> str:
    """Returns the address of the forward."""
    page.goto(f"{doors.address('desk')}/appeals/?q={code}")
    page.click("table a")
    page.click("main a[href*='/forwards/from/']")
    page.get_by_label(BODY).check()
    page.check("input[name=named][value=named]")
    look(page, "63-desk-forward")
    page.click("main form:has(input[name=named]) button >> nth=-1")
    page.wait_for_url(re.compile(r"/forwards/[0-9a-f-]{36}/$"))
    return page.url


def accept_and_open(page: Page, sent: str, look: walking.Look) -> None:
    page.goto(sent)
    look(page, "64-desk-forwarded")
    page.click("form[action$='/accept/'] button")
    page.click("form[action$='/open/'] button")
    page.wait_for_selector("#demo-key")
    options = page.locator("#demo-key option").all_inner_texts()
    page.select_option("#demo-key", label=next(each for each in options if RECEIVER in each))
    page.click(".panel:has(#demo-key) button")
    expect(page.locator("#verdict.sure")).to_be_visible()
    expect(page.locator("#written")).to_contain_text(MARKER)
