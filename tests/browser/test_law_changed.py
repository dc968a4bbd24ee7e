"""The law changed: a case that would be answered otherwise now is named, until a person says what follows."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import walking
from tests.browser.doors import Doors

FOLLOWS = "Ештеңе: әрекет бұрын болған. Ничего: деяние совершено раньше."


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_the_rules_say_is_asked_on_today_on_the_list_and_in_the_case(
    chromium: Browser, doors: Doors, picture: walking.Picture, language: str
) -> None:
    look = walking.looking(picture, language)
    with walking.people(chromium, doors, language) as come:
        page = come(walking.PROSECUTOR)
        changed = page.locator("main a[href*='/law/']").first
        expect(changed).to_be_visible()
        page.goto(f"{doors.address('desk')}/cases/law/changes/")
        look(page, "law-changes")
        page.click("main article a[href$='/law/']")
        page.click("main article a[href*='/law/changes/']")
        look(page, "law-change")
        expect(page.locator("main form button")).to_have_count(1)
        page.click("main form button")
        expect(page.locator(".govuk-error-summary")).to_be_visible()


def test_what_a_person_said_of_it_stays_in_the_case_and_nothing_waits_any_more(
    chromium: Browser, doors: Doors, picture: walking.Picture
) -> None:
    look = walking.looking(picture, "ru")
    with walking.people(chromium, doors, "ru") as come:
        page = come(walking.PROSECUTOR)
        page.goto(f"{doors.address('desk')}/cases/law/changes/")
        page.click("main article a[href$='/law/']")
        page.click("main article a[href*='/law/changes/']")
        page.fill("main form textarea", FOLLOWS)
        page.click("main form button")

        expect(page.locator("main article a[href*='/law/changes/']")).to_have_count(0)
        page.locator("main details summary").last.click()
        expect(page.locator("main")).to_contain_text(FOLLOWS)
        look(page, "law-change-settled")
        page.goto(f"{doors.address('desk')}/cases/law/changes/")
        expect(page.locator("main article")).to_have_count(0)
