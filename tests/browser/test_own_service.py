"""The police do not investigate the police: the page refuses the body, says why, and keeps the warning."""

import pytest
from django.utils import translation
from playwright.sync_api import Browser, Page, expect

from arasha.cases.in_law import in_words
from arasha.cases.models.classification import Conflict
from arasha.country import country
from tests.browser import walking
from tests.browser.chromium import follow
from tests.browser.doors import Doors

POLICEMAN = "Қанат Бейсен"  # two of one name serve in the police of the demo
FOUND = {"kk": "punishment", "ru": "intimidation"}  # each signs something else
WHY = "Іс облыстық бөлімде емес. Дело не в областном отделе."
SENT = "main form button[data-prevent-double-click]"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_police_do_not_investigate_their_own_and_the_warning_stays(
    chromium: Browser, doors: Doors, picture: walking.Picture, language: str
) -> None:
    look = walking.looking(picture, language)
    with walking.people(chromium, doors, language) as come:
        page = come(walking.PROSECUTOR)
        to_the_case(page, doors)
        page.click("main a[href$='/law/classify/']")
        look(page, "classify")
        page.check("input[name=body_kind][value=police]")
        page.check(f"input[name=criteria][value={FOUND[language]}]")
        page.select_option("select[name=reason]", index=1)
        page.fill("textarea[name=reason_words]", WHY)
        page.click(SENT)

        expect(page.locator(".govuk-error-summary")).to_be_visible()
        with translation.override(language):
            own_service = in_words([Conflict.SAME_SERVICE])[0]
        expect(page.locator(".govuk-warning-text")).to_contain_text(own_service)
        look(page, "classify-refused")
        page.select_option("select[name=conflict_answer]", "no_other_body")
        page.fill("textarea[name=conflict_words]", WHY)
        page.click(SENT)

        answered = country().term("conflict_answers", "no_other_body").in_(language)
        newest = page.locator("main article").first
        expect(newest).to_contain_text(f"{answered}: {WHY}")
        expect(newest).to_contain_text(own_service)
        look(page, "classified-in-spite")


def to_the_case(page: Page, doors: Doors) -> None:
    page.goto(f"{doors.address('desk')}/cases/")
    page.fill("main form input[name=q]", POLICEMAN)
    follow(page, "main form button")
    page.click("main table a[href*='/cases/']")
    page.click("nav.a-sections a[href$='/law/']")
