"""Every page of the register that its links lead to: whole, wide and narrow, in the reader's language."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from django.utils import translation
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser import walking
from tests.browser.axe import overflows, violations
from tests.browser.doors import Doors

WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=320, height=640)
FROM = (
    *("/cases/", "/cases/?stage=court", "/cases/keeping/", "/cases/enter/"),
    *("/cases/imports/", "/cases/reports/", "/cases/law/changes/"),
)
FILES = (".csv", ".docx", ".xlsx", ".pdf", ".ics", ".zip")
# Without these the walk over the links has lost its way.
AT_LEAST = {
    *("list", "case", "people", "decisions", "documents", "keeping", "terms_of", "in_law"),
    *("law_changes", "imports", "enter", "reports", "report", "law", "retention", "classify"),
}
LINKS = "links => links.map(link => link.getAttribute('href'))"
WORDS = """reader => [...document.querySelectorAll("main, main *")]
  .filter(each => each.checkVisibility() && (each.closest("[lang]")?.lang ?? reader) === reader)
  .flatMap(each => [...each.childNodes])
  .filter(node => node.nodeType === Node.TEXT_NODE)
  .map(node => node.textContent.trim().replace(/\\s+/g, " "))
  .filter(Boolean)"""


@pytest.fixture(scope="module")
def addresses(chromium: Browser, doors: Doors) -> dict[str, str]:
    """One address for each name of a page, as links lead a prosecutor to it."""
    with walking.people(chromium, doors, "kk") as come:
        page = come(walking.PROSECUTOR)
        return dict(_walked(page, doors.address("desk")))


def test_the_walk_over_the_links_finds_the_register(addresses: dict[str, str]) -> None:
    assert AT_LEAST - addresses.keys() == set()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_page_of_the_register_is_too_wide_or_speaks_another_language(
    chromium: Browser, doors: Doors, addresses: dict[str, str], language: str
) -> None:
    with walking.people(chromium, doors, language) as come:
        page = come(walking.PROSECUTOR)
        found = [
            f"{name} {address}: {wrong}"
            for name, address in addresses.items()
            for wrong in _wrong(page, doors.address("desk") + address, language)
        ]
    assert found == []


def _walked(page: Page, desk: str) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    waiting = list(FROM)
    while waiting:
        address = waiting.pop(0)
        name = _name(address)
        if not name or (name in seen and address not in FROM):
            continue
        answer = page.goto(desk + address)
        if answer is None or not answer.ok:
            continue  # a form that this matter does not take now
        if name not in seen:
            yield name, address
        seen.add(name)
        waiting += page.eval_on_selector_all("main a[href]", LINKS)


def _name(address: str) -> str:
    """The name of a page in the addresses of the desk; empty for what is not of the register."""
    path = urlsplit(address).path
    if not path.startswith("/cases/") or path.endswith(FILES):
        return ""
    try:
        return resolve(path, urlconf="arasha.config.urls.desk").url_name or ""
    except Resolver404:
        return ""


def _wrong(page: Page, address: str, language: str) -> Iterator[str]:
    page.set_viewport_size(WIDE)
    answer = page.goto(address)
    if answer is None or not answer.ok:
        yield "does not answer"
        return
    yield from violations(page)
    words: list[str] = page.evaluate(WORDS, language)
    yield from (f"the word {word}" for word in words if word == "None")
    with translation.override(language):
        yield from (f"English: {word}" for word in words if translation.gettext(word) != word)
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        if overflows(page):
            yield f"too wide for {size['width']} px"
