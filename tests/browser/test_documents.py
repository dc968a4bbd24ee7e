"""A record comes into a case, goes out, is handed over; a decision is written and gets its number."""

import re

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser import walking
from tests.browser.axe import overflows, violations
from tests.browser.doors import Doors
from tests.cases.papers import PDF

NUMBERED = re.compile(r"№ \S+-\d{4}-\d{4}")  # office, number, year
SENT = "main form button[data-prevent-double-click]"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_documents_come_in_and_go_out_and_letters_get_numbers(
    chromium: Browser, doors: Doors, picture: walking.Picture, language: str
) -> None:
    look = walking.looking(picture, language)
    with walking.people(chromium, doors, language) as come:
        prosecutor = come(walking.PROSECUTOR)
        to_documents(prosecutor, doors)
        prosecutor.click("main a[href$='/documents/add/']")
        look(prosecutor, "document-add")
        content = PDF + language.encode()
        file: FilePayload = {
            "name": "хаттама.pdf",
            "mimeType": "application/pdf",
            "buffer": content,
        }
        prosecutor.set_input_files("input[name=file]", [file])
        prosecutor.click(SENT)
        expect(prosecutor.locator("main .a-card").first).to_contain_text("хаттама")

        with prosecutor.expect_download() as download:
            prosecutor.locator("form[action$='/copy/'] button").first.click()
        assert download.value.path().read_bytes() == content
        prosecutor.locator("a[href$='/act/']").first.click()
        look(prosecutor, "document-act")
        prosecutor.select_option("select[name=act]", "handed_over")
        prosecutor.fill("input[name=words]", "№ 7")
        prosecutor.click(SENT)
        prosecutor.locator("main details summary").first.click()
        expect(prosecutor.locator("main .a-card").first.locator("li")).to_have_count(3)
        look(prosecutor, "documents")
        write_an_extension(prosecutor, language, look)

        expect(prosecutor.locator("main .a-card").first).to_contain_text(NUMBERED)
        prosecutor.set_viewport_size({"width": 320, "height": 640})
        look(prosecutor, "documents-320")
        assert not overflows(prosecutor) and violations(prosecutor) == []


def to_documents(page: Page, doors: Doors) -> None:
    page.goto(f"{doors.address('desk')}/cases/?stage=open")
    page.click("main table a[href*='/cases/']")
    page.click("nav.a-sections a[href$='/documents/']")


def write_an_extension(page: Page, language: str, look: walking.Look) -> None:
    page.click(f"main a[href$='/letters/extension_motion/{language}/']")
    look(page, "letter")
    for name in ("recipient", "done", "left", "reasons", "post"):
        page.fill(f"[name={name}]", "Сарапшы қорытындысы керек.")
    page.fill("[name=term_ends_on]", walking.days_ago(-3))
    page.fill("[name=asked_until]", walking.days_ago(-30))
    page.click(SENT)
