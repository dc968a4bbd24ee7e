"""A termination waits for the head of the office: on the case, on their day, until they approve it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import walking
from tests.browser.chromium import follow
from tests.browser.doors import Doors

HEAD = "Марат Әбенов"
CASES = {"kk": "Мәдина Сағынова", "ru": "Самат Әлібек", "en": "Олег Листьев"}  # each ends another
WHY = "Құрам жоқ. Состава нет."


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_a_prosecutor_terminates_is_approved_by_the_head_and_by_nobody_else(
    chromium: Browser, doors: Doors, picture: walking.Picture, language: str
) -> None:
    look = walking.looking(picture, language)
    with walking.people(chromium, doors, language) as come:
        prosecutor = come(walking.PROSECUTOR)
        to_the_case(prosecutor, doors, CASES[language])
        prosecutor.click("a[href$='/decide/terminated/']")
        prosecutor.fill("input[name=day]", walking.days_ago(0))
        prosecutor.select_option("select[name=ground]", "no_elements")
        prosecutor.fill("textarea[name=reason]", WHY)
        follow(prosecutor, "main form button >> nth=-1")
        expect(prosecutor.locator("main .govuk-inset-text")).to_contain_text("193(2)")
        expect(prosecutor.locator("a[href$='/decide/termination_approved/']")).to_have_count(0)
        look(prosecutor, "termination-waits")
        address = prosecutor.url.split("#")[0]

        head = come(HEAD)
        waiting = head.locator(f"main a[href='{address.removeprefix(doors.address('desk'))}']")
        expect(waiting).to_be_visible()
        look(head, "head-today")
        follow(head, f"main a[href='{address.removeprefix(doors.address('desk'))}']")
        follow(head, "a[href$='/decide/termination_approved/']")
        head.fill("input[name=day]", walking.days_ago(0))
        look(head, "head-approves")
        follow(head, "main form button >> nth=-1")
        expect(head.locator("main .govuk-inset-text")).to_have_count(0)
        expect(head.locator("a[href$='/decide/termination_reversed/']")).to_be_visible()
        look(head, "termination-approved")


def to_the_case(page: Page, doors: Doors, name: str) -> None:
    page.goto(f"{doors.address('desk')}/cases/")
    page.fill("main form input[name=q]", name)
    follow(page, "main form button")
    follow(page, "main table a[href*='/cases/']")
