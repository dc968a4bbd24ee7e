"""What the tests of the reader's pages share: the program with its desk, and an officer's browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.browser.chromium import PATIENCE, launched
from tests.programs.reading import Reader, reader_of


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with reader_of(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    with launched(playwright) as running:
        yield running


@pytest.fixture
def officer(chromium: Browser) -> Iterator[Page]:
    """One window of an officer who works in Kazakh."""
    context = chromium.new_context(locale="kk-KZ", viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    yield opened
    context.close()
