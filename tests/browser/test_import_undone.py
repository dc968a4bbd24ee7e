"""A register of another office: its bad line is named, the mended table comes in and goes back whole."""

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser import walking
from tests.browser.doors import Doors
from tests.cases.tables import VALUES, as_csv, line

SENT = "main form button[data-prevent-double-click]"
PLACE = "DEMO-1"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_table_comes_in_once_it_is_mended_and_goes_back_whole(
    chromium: Browser, doors: Doors, picture: walking.Picture, language: str
) -> None:
    look = walking.looking(picture, language)
    numbers = [f"24-{language}-{each}" for each in range(1, 4)]
    good = [line(number, place=PLACE) for number in numbers]
    bad = line(numbers[2], place=PLACE, registered_day="31.02.2024")
    with walking.people(chromium, doors, language) as come:
        page = come(walking.PROSECUTOR)
        page.goto(f"{doors.address('desk')}/cases/imports/")
        look(page, "imports")
        upload(page, as_csv(*good[:2], bad))
        look(page, "import-columns")
        page.select_option("select[name=value-register]", VALUES["register"])
        page.click(SENT)

        remarks = page.locator("#remarks ~ .a-scroll tbody tr")
        expect(remarks.filter(has_text="31.02.2024")).to_have_count(1)
        look(page, "import-refused")
        page.click("form[action$='/give-up/'] button")

        page.goto(f"{doors.address('desk')}/cases/imports/")
        upload(page, as_csv(*good))
        page.click(SENT)
        look(page, "import-preview")
        page.click("main form button[name=take]")
        undo = page.locator("form[action$='/undo/'] button")
        expect(undo).to_be_visible()
        expect(page.locator("main ul.govuk-list a[href*='/cases/']")).to_have_count(3)
        look(page, "import-taken-in")
        assert is_in_the_list(page, doors, numbers[0])

        page.go_back()
        undo.click()
        expect(undo).to_be_hidden()
        expect(page.locator("main ul.govuk-list a[href*='/cases/']")).to_have_count(0)
        look(page, "import-undone")
        assert not is_in_the_list(page, doors, numbers[0])


def upload(page: Page, content: bytes) -> None:
    file: FilePayload = {"name": "register.csv", "mimeType": "text/csv", "buffer": content}
    page.set_input_files("input[name=file]", file)
    page.click(SENT)


def is_in_the_list(page: Page, doors: Doors, number: str) -> bool:
    page.goto(f"{doors.address('desk')}/cases/?q={number}")
    return page.locator("main table a[href*='/cases/']").count() == 1
