"""The filters of the long lists: the results change in place, the page and the address stay a page's and an address."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import walking
from tests.browser.axe import violations
from tests.browser.chromium import PATIENCE
from tests.browser.doors import Doors

LISTS = ["/appeals/?state=", "/cases/?stage=", "/places/"]
NOBODY = "zzzz"


@pytest.fixture(scope="module")
def desk(chromium: Browser, doors: Doors) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(doors.sign_in_link(walking.OFFICER))
    yield page
    context.close()


def narrow(page: Page, words: str) -> None:
    page.locator(".a-filter input").first.fill(words)
    page.locator(".a-filter button").click()


@pytest.mark.parametrize("address", LISTS)
def test_a_filter_changes_the_results_and_the_address_and_loads_no_page(
    desk: Page, doors: Doors, address: str
) -> None:
    complaints: list[str] = []
    desk.on("console", lambda said: complaints.append(said.text))
    desk.goto(doors.address("desk") + address)
    desk.evaluate("window.isTheSamePage = true")
    told = desk.locator(".a-count[role=status]").element_handle()

    narrow(desk, NOBODY)
    expect(desk).to_have_url(re.compile(NOBODY))

    expect(desk.locator(".a-count")).to_have_text(re.compile(r"\b0\b"))
    assert desk.evaluate("window.isTheSamePage")
    assert told.evaluate("it => it.isConnected")  # else nobody hears what changed
    assert desk.locator(".a-filter button").evaluate("it => it === document.activeElement")
    assert desk.locator(".a-languages input[name=next]").input_value().endswith(desk.url[-20:])
    assert violations(desk) == []
    assert complaints == []  # such as the page's policy makes


def test_back_shows_the_list_as_it_was(desk: Page, doors: Doors) -> None:
    desk.goto(f"{doors.address('desk')}/places/")
    count = desk.locator(".a-count").inner_text()
    narrow(desk, NOBODY)
    expect(desk).to_have_url(re.compile(NOBODY))

    desk.go_back()

    expect(desk.locator(".a-count")).to_have_text(count)
    expect(desk.locator(".a-filter input").first).to_have_value("")


def test_who_was_signed_out_meanwhile_gets_the_page_that_asks_to_sign_in(
    desk: Page, doors: Doors
) -> None:
    desk.goto(f"{doors.address('desk')}/places/")
    cookies = desk.context.cookies()
    desk.context.clear_cookies()

    narrow(desk, NOBODY)

    expect(desk).to_have_url(re.compile("/account/login/.*" + NOBODY))
    desk.context.add_cookies(cookies)  # type: ignore[arg-type]  # what came out goes in
