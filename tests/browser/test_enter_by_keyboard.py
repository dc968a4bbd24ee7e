"""A clerk enters cases from paper with the keyboard alone: no mouse, and few keys for each."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import walking
from tests.browser.doors import Doors

CLERK = "Гүлнар Әшімова"
MOST_STOPS = 40  # a field that Tab does not come to would be looked for in vain
MOST_KEYS = 150  # docs/howto/enter-cases.md: about 100, and as many Tabs as fields are left out


class Keyboard:
    """Types, and counts what it typed."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def at(self) -> str:
        return str(
            self.page.evaluate("document.activeElement.name || document.activeElement.className")
        )

    def go_to(self, field: str) -> None:
        for _stop in range(MOST_STOPS):
            if self.at() == field:
                return
            self.press("Tab")
        raise AssertionError(field)

    def fill(self, **said: str) -> None:
        for field, text in said.items():
            self.go_to(field)
            self.type(text)


PEOPLE = {
    "kk": ("Сәкен Жолдыбаев", "Орынбасар Тілеген"),
    "ru": ("Фарид Камалов", "Антон Гущин"),
}  # nobody is asked whether the other language's cases are the same


def case(language: str, number: str, **changes: str) -> dict[str, str]:
    """A case of two people."""
    victim, suspect = PEOPLE[language]
    told = {
        "number": f"24-{language}-{number}",
        "registered_day": "05032024",
        "place": "DEMO-1",
        "happened": "03.2024",
        "criteria": " ",
        "name_0": victim,
        "name_1": suspect,
    }
    return told | changes


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_case_after_case_goes_in_without_a_mouse(
    chromium: Browser, doors: Doors, picture: walking.Picture, language: str
) -> None:
    look = walking.looking(picture, language)
    with walking.people(chromium, doors, language) as come:
        page = come(CLERK)
        page.goto(f"{doors.address('desk')}/cases/enter/")
        board = Keyboard(page)
        assert board.at() == "number"

        board.fill(**case(language, "01"))
        look(page, "enter-by-keyboard")
        board.press("Enter")
        expect(page.locator("main [role=status]")).to_be_visible()
        assert board.at() == "number"
        assert board.keys <= MOST_KEYS

        board.keys = 0
        board.fill(**case(language, "02", registered_day="5.3.24", happened="02.2024"))
        board.press("Enter")
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        look(page, "enter-by-keyboard-refused")
        board.press("Tab")
        board.press("Enter")
        assert board.at() == "registered_day"
        board.press("Control+A")
        board.type("05032024")
        board.press("Enter")
        expect(page.locator("main [role=status]")).to_be_visible()
        assert board.at() == "number"
        assert board.keys <= MOST_KEYS
