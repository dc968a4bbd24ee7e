"""What does the law say? Asked on a phone, without a script, in each language."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walking
from tests.browser.axe import overflows
from tests.browser.doors import Doors

ASKED = "?conduct=torture&capacity=official&act_month=3&act_year=2023&decision=2025-02-01"


def test_without_script_a_month_is_asked_and_each_side_of_the_border_is_answered(
    without_script: Page, doors: Doors
) -> None:
    page = without_script
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{doors.address('public')}/en/")
    page.click("main a[href='/en/law/']")
    page.check("input[name=conduct][value=torture]")
    page.check("input[name=capacity][value=official]")
    page.select_option("select[name=act_month]", "3")
    page.fill("input[name=act_year]", "2023")

    page.click("main form button")

    answer = page.locator(".a-rules")
    expect(answer).to_contain_text("Suspended sentence: depends on the day of the act")
    expect(answer.locator(".a-parts").nth(1).locator("tbody tr")).to_have_count(2)
    assert not overflows(page)
    page.emulate_media(media="print")
    expect(page.locator("main form")).to_be_hidden()
    expect(answer.get_by_text("CC 63(6)").first).to_be_visible()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_pages_of_the_law_are_open_to_everybody(
    page: Page, doors: Doors, picture: walking.Picture, language: str
) -> None:
    look = walking.looking(picture, language)

    for address, name in (("", "question"), (ASKED, "answer"), ("ways-out/", "ways-out")):
        page.goto(f"{doors.address('public')}/{language}/law/{address}")
        look(page, f"law-{name}")


def test_a_question_that_cannot_be_is_given_back_with_what_to_correct(
    page: Page, doors: Doors
) -> None:
    page.goto(f"{doors.address('public')}/en/law/{ASKED}&act_day=31&decision=2020-01-01")

    expect(page.locator(".govuk-error-summary")).to_contain_text("No decision can come before")
    expect(page.locator("input[name=act_year]")).to_have_value("2023")
