"""What every page of the desk owes its reader: no script needed, its own letters, fit for paper and for large text."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import walking
from tests.browser.axe import overflows
from tests.browser.chromium import PATIENCE, follow
from tests.browser.doors import Doors

WINDOW = ViewportSize(width=1280, height=900)
ZOOMED = ViewportSize(width=640, height=450)  # the same window at 200 %


@pytest.fixture(scope="module")
def officer(chromium: Browser, doors: Doors) -> Iterator[Page]:
    """An officer at the desk, in Kazakh and without JavaScript."""
    context = chromium.new_context(java_script_enabled=False, viewport=WINDOW)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(doors.sign_in_link(walking.OFFICER))
    switch = ".a-languages button[value=kk]"
    if page.locator(switch).count():
        follow(page, switch)
    yield page
    context.close()


def test_without_script_an_appeal_is_found_filtered_and_looked_at(
    officer: Page, doors: Doors
) -> None:
    officer.goto(f"{doors.address('desk')}/appeals/")
    code = officer.locator("tbody a").first.inner_text()
    officer.fill("input[name=q]", re.sub(r"\D", "", code))
    officer.click(".a-filter button")
    expect(officer.locator("tbody tr")).to_have_count(1)

    officer.click("tbody a")

    expect(officer.locator("h1")).to_contain_text(code)


def test_without_script_the_one_box_finds_a_place(officer: Page, doors: Doors) -> None:
    officer.goto(doors.address("desk"))
    officer.fill(".a-search input[name=text]", "demo 1")
    officer.click(".a-search button")

    expect(officer.locator("main")).to_contain_text("DEMO-1")


def test_without_script_a_form_comes_back_with_its_errors(officer: Page, doors: Doors) -> None:
    officer.goto(f"{doors.address('desk')}/access/break-glass/")
    officer.fill("input[name=record]", "KZ-2026-0001")
    officer.click("main form button >> nth=-1")

    expect(officer.locator(".govuk-error-summary")).to_be_visible()
    expect(officer.locator("input[name=record]")).to_have_value("KZ-2026-0001")


def test_without_script_the_public_finds_a_code_and_the_figures(
    without_script: Page, doors: Doors
) -> None:
    without_script.goto(f"{doors.address('public')}/kk/code/")
    without_script.fill("input[name=code]", "0" * 24)
    without_script.click("main form button")
    expect(without_script.locator("input[name=code]")).to_have_value(re.compile("^[0 ]+$"))

    without_script.goto(f"{doors.address('public')}/kk/figures/")
    expect(without_script.locator("tbody tr").first).to_be_visible()


@pytest.mark.parametrize("address", ["/", "/appeals/", "/places/"])
def test_kazakh_letters_are_those_of_our_own_typeface(
    officer: Page, doors: Doors, address: str
) -> None:
    officer.goto(doors.address("desk") + address)

    assert fonts_of(officer) == {("Inter", True)}


@pytest.mark.parametrize("address", ["/", "/appeals/", "/cases/", "/places/"])
def test_a_page_fits_at_a_zoom_of_200_percent(officer: Page, doors: Doors, address: str) -> None:
    officer.set_viewport_size(ZOOMED)
    officer.goto(doors.address("desk") + address)
    is_too_wide = overflows(officer)
    officer.set_viewport_size(WINDOW)

    assert not is_too_wide


def test_on_paper_there_is_the_record_and_nothing_to_click(officer: Page, doors: Doors) -> None:
    officer.goto(f"{doors.address('desk')}/appeals/")
    officer.emulate_media(media="print")

    expect(officer.locator("table")).to_be_visible()
    for clickable in (".a-head nav", ".a-filter", ".a-foot"):
        expect(officer.locator(clickable)).to_be_hidden()
    officer.emulate_media(media="screen")


def fonts_of(page: Page) -> set[tuple[str, bool]]:
    """The typefaces in which the body of a page is really drawn, and whether we sent them."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "body *"})["nodeIds"]
    used = [
        font
        for node in nodes
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    ]
    session.detach()
    return {(font["familyName"], font["isCustomFont"]) for font in used}
