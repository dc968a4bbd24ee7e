"""Adding the readers of a body that is to receive the appeal: its keys, and nobody else's."""

import base64

import pyrage
import pytest
from playwright.sync_api import Page, expect

from arasha.engines.sealing import split
from tests.programs import browsing, stand
from tests.programs.reader_work.conftest import Start, unlock
from tests.programs.reader_work.desk import KEY, MARKER, Memory

pytestmark = pytest.mark.browser

THEIRS = [pyrage.x25519.Identity.generate() for _ in range(3)]
NPM = {
    "set": "npm-1",
    "name": "Ұлттық алдын алу тетігі",
    "recipients": [str(each.to_public()) for each in THEIRS],
    "against": "",
    "added": False,
    "readers": None,
}
ACCUSED = NPM | {"set": "police-1", "name": "Полиция", "against": "Шағым осы органға қатысты."}


def open_panel(page: Page, start: Start) -> Memory:
    officer = start(Memory(receivers=[NPM, ACCUSED]))
    unlock(page, officer)
    page.click("#readers summary")
    expect(page.locator(f"#readers-{KEY}")).to_be_visible()
    return officer.memory


def test_a_body_with_something_against_it_is_not_offered_and_it_says_why(
    page: Page, start: Start
) -> None:
    open_panel(page, start)

    assert "Полиция" not in page.locator(f"#readers-{KEY}").inner_text()
    expect(page.locator("#against")).to_contain_text("Шағым осы органға қатысты.")


def test_nothing_is_sealed_before_the_fingerprints_of_that_body_were_compared(
    page: Page, start: Start
) -> None:
    memory = open_panel(page, start)
    page.check("#compared")
    page.select_option(f"#readers-{KEY}", "npm-1")
    page.get_by_role("button", name="Қосу").click()

    expect(page.locator("#told")).to_contain_text("салыстырыңыз")
    assert memory.posted == []


def test_the_readers_of_the_chosen_body_open_it_and_the_desk_is_told_whose_they_are(
    page: Page, start: Start
) -> None:
    memory = open_panel(page, start)
    page.select_option(f"#readers-{KEY}", "npm-1")
    page.check("#compared")
    page.get_by_role("button", name="Қосу").click()
    expect(page.locator("#told")).to_contain_text("жұмыс үстеліне оралып, жолдаңыз")

    [(call, posted)] = memory.posted
    assert (call, posted["set"]) == ("receivers", "npm-1")
    whole = base64.b64decode(posted["headers"][0]["header"]) + split(memory.envelope)[1]
    assert MARKER in pyrage.decrypt(whole, [THEIRS[2]]).decode()
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(whole, [stand.IDENTITIES[0]])


@pytest.mark.parametrize("width", [1280, 320])
def test_the_panel_is_accessible_and_fits(page: Page, start: Start, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_panel(page, start)

    assert browsing.faults(page) == []
