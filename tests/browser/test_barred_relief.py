"""A court spares somebody what the law does not: the bar stands on the page with its reasons."""

import pytest
from playwright.sync_api import Browser, Page, expect

from arasha.country import country
from tests.browser import walking
from tests.browser.axe import overflows
from tests.browser.doors import Doors

CONVICTED = {"kk": "Мұрат Көшербай", "ru": "Александр Ильин"}  # of the demo's case in court
WHY = "Court 7: the bar came later."


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_barred_relief_needs_reasons_and_stays_visible(
    chromium: Browser, doors: Doors, picture: walking.Picture, language: str
) -> None:
    look = walking.looking(picture, language)
    with walking.people(chromium, doors, language) as come:
        prosecutor = come(walking.PROSECUTOR)
        to_a_case_in_court(prosecutor, doors)
        prosecutor.click("main a[href$='/decide/convicted/']")
        look(prosecutor, "decide-convicted")
        prosecutor.fill("input[name=day]", walking.days_ago(0))
        convicted = prosecutor.locator("main form fieldset").filter(has_text=CONVICTED[language])
        convicted.locator("input[type=checkbox]").check()
        convicted.locator("select[name^=sentence_]").select_option("imprisonment")
        convicted.locator("input[name^=months_]").fill("36")
        convicted.locator("select[name^=relief_]").select_option("suspended_sentence")
        prosecutor.click("main form button[data-prevent-double-click]")

        expect(prosecutor.locator("#barred")).to_be_visible()
        expect(prosecutor.locator(".a-rules")).to_contain_text("63(6)")
        look(prosecutor, "decide-barred")
        prosecutor.fill("textarea[name=in_spite]", WHY)
        prosecutor.click("main form button[data-prevent-double-click]")
        prosecutor.click("nav.a-sections a[href$='/decisions/']")

        expect(prosecutor.locator("main")).to_contain_text(WHY)
        barred = country().term("reliefs", "suspended_sentence").in_(language)
        expect(prosecutor.locator("main")).to_contain_text(barred)
        look(prosecutor, "decisions")
        prosecutor.set_viewport_size({"width": 320, "height": 640})
        assert not overflows(prosecutor)


def to_a_case_in_court(page: Page, doors: Doors) -> None:
    """The demo's case in court: two persons, one for each language."""
    page.goto(f"{doors.address('desk')}/cases/?stage=court")
    page.click("main table a[href*='/cases/']")
