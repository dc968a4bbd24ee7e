"""Danger now: from a yes at the terminal to whoever is on duty, before the appeal itself."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser import walking
from tests.browser.doors import Doors
from tests.browser.traces import files_with

ON_DUTY = "Гүлнар Ахметова"
MARKER = "Белгі-шақыру-5518"
WISH = "Дәрігер керек. Әкімшілікке айтпаңыз."


def test_whoever_is_on_duty_reads_what_was_cried_for(
    page: Page, chromium: Browser, doors: Doors, picture: Callable[[Page, str, str], Path]
) -> None:
    look = walking.looking(picture, "kk")
    with walking.people(chromium, doors, "kk") as come:
        on_duty = come(ON_DUTY)
        before = calls(on_duty, doors)
        cry(page, doors, look)
        fresh = calls(on_duty, doors) - before
        assert len(fresh) == 1
        look(on_duty, "71-desk-duty")
        read(on_duty, doors, fresh.pop(), look)

    assert files_with(doors.var, MARKER) == []


def calls(page: Page, doors: Doors) -> set[str]:
    """The codes of the calls that whoever is on duty sees."""
    page.goto(f"{doors.address('desk')}/duty/")
    return set(page.locator("th a[href*='/appeals/']").all_inner_texts())


def cry(page: Page, doors: Doors, look: walking.Look) -> None:
    page.goto(doors.address("terminal"))
    page.click("button[lang=kk]")
    page.click("[data-use=write]")
    page.wait_for_selector("input[name=body]")
    assert page.locator("text=Кезекші желі").count() == 0
    page.check("input[name=body][value=ombudsperson-1]")
    page.click("main[data-step=body] button[type=submit]")
    page.click("main[data-step=readers] button[type=submit]")
    page.fill("#text", f"{MARKER} Мені ұрып жатыр.")
    page.click("main[data-step=write] button[type=submit]")
    page.click("main[data-step=adding] button[type=submit]")
    page.check("input[name=danger][value=yes]")
    page.fill("#wish", WISH)
    walking.answer(page, "danger", look, "70-terminal-danger")
    page.check("input[name=way][value=neither]")
    page.click("main[data-step=way] button[type=submit]")
    walking.answer(page, "check", look, "70a-terminal-danger-check")
    page.wait_for_selector(".state--proved")


def read(page: Page, doors: Doors, code: str, look: walking.Look) -> None:
    page.click(f"text={code}")
    expect(page.locator("#danger")).to_be_visible()
    look(page, "71a-desk-danger")
    page.click("form[action$='/open/'] button")
    page.wait_for_selector("#demo-key")
    options = page.locator("#demo-key option").all_inner_texts()
    page.select_option("#demo-key", label=next(each for each in options if ON_DUTY in each))
    page.click(".panel:has(#demo-key) button")
    expect(page.locator("#written")).to_contain_text(MARKER)
    expect(page.locator("main")).to_contain_text(WISH)
    look(page, "72-reader-danger")
    page.goto(f"{doors.address('desk')}/duty/")
    expect(page.locator(f"tr:has-text('{code}') .a-late")).to_have_count(0)
