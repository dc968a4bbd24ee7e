"""An officer's browser in front of a real reader and a small real desk."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.chromium import PATIENCE, launched
from tests.programs.reader_work.desk import Memory, Officer, officer_at

Start = Callable[[Memory], Officer]


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with launched(playwright) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="kk-KZ", viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    yield opened
    context.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    with ExitStack() as stack:
        yield lambda memory: stack.enter_context(officer_at(memory, tmp_path))


def unlock(page: Page, officer: Officer) -> None:
    """Come from the desk with an errand, and unlock with the demo key."""
    page.goto(officer.link)
    page.wait_for_selector("#demo-key")
    page.click(".panel button")
    expect(page.locator("#lock")).to_be_visible()
    expect(page.locator("#demo-key")).to_have_count(0)
