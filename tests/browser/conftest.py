"""Chromium, and the real doors for it to knock at."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.browser import doors as house
from tests.browser.chromium import PATIENCE, launched
from tests.browser.doors import Doors

LONGEST = ("test_walk.py", "test_second_country.py", "test_write_at_home.py")
SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
    # Else one worker would walk alone while the other is done. The sort keeps all others in order.
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session")
def demo_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo world, built once for all workers of a run."""
    own = tmp_path_factory.getbasetemp()
    return house.demo_world(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="module")
def doors(demo_world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """Everything `./run` serves, with a world of this module's own."""
    with house.opened(demo_world, tmp_path_factory.mktemp("doors") / "var") as doors:
        yield doors


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    with launched(playwright) as browser:
        yield browser


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """320 px wide: WCAG's reflow."""
    context = chromium.new_context(viewport={"width": 320, "height": 640}, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def without_script(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def picture() -> Callable[[Page, str, str], Path]:
    """Keep a picture of a page as build/screenshots/<language>/<name>.png."""

    def take(page: Page, language: str, name: str) -> Path:
        path = SCREENSHOTS / language / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return take
