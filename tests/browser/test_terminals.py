"""The register of terminals and its public figures: read by eye, by ear and on a small screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import overflows, violations
from tests.browser.chromium import PATIENCE, follow
from tests.browser.doors import Doors

REGISTRAR, MONITOR, HEAD = "Сәуле Тілеуова", "Ольга Вебер", "Руслан Тоқтаров"


@pytest.fixture(scope="module", params=[REGISTRAR, MONITOR, HEAD])
def keeper(request: pytest.FixtureRequest, chromium: Browser, doors: Doors) -> Iterator[Page]:
    context = chromium.new_context(locale="kk-KZ", viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(doors.sign_in_link(request.param))
    yield page
    context.close()


def test_whoever_keeps_terminals_reads_each_of_them_on_a_phone(keeper: Page, doors: Doors) -> None:
    desk = doors.address("desk")
    keeper.goto(f"{desk}/terminals/")
    found = keeper.locator("tbody a, ul a[href*=incidents]")
    pages = [found.nth(number).get_attribute("href") for number in range(found.count())]
    assert pages

    for address in ("/terminals/", *pages):
        keeper.goto(f"{desk}{address}")
        assert violations(keeper) == []
        assert not overflows(keeper)


@pytest.mark.parametrize("keeper", [MONITOR], indirect=True)
def test_a_monitor_checks_a_terminal_and_begins_a_test(keeper: Page, doors: Doors) -> None:
    keeper.goto(f"{doors.address('desk')}/terminals/")
    follow(keeper, "tbody a")
    terminal = keeper.url

    follow(keeper, "form[action$='/test/'] button")
    assert violations(keeper) == []
    assert not overflows(keeper)

    keeper.goto(f"{terminal}check/")
    assert violations(keeper) == []
    assert not overflows(keeper)


def test_the_public_reads_how_much_terminals_were_heard(phone: Page, doors: Doors) -> None:
    phone.goto(f"{doors.address('public')}/kk/figures/terminals/")

    assert phone.locator("tbody tr").count()
    assert violations(phone) == []
    assert not overflows(phone)
