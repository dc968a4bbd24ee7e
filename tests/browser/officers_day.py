"""What an officer does with an appeal between its title and its outcome: shared by the walks of every country."""

from playwright.sync_api import Page, expect

from tests.browser.chromium import follow
from tests.browser.doors import Doors
from tests.browser.walking import Look, days_ago, lock_the_key_with_a_passkey


def open_the_appeal(officer: Page, doors: Doors, language: str, marker: str, look: Look) -> None:
    """A passkey for the opening key; one unlock opens all titles, and a title opens its appeal."""
    lock_the_key_with_a_passkey(officer, doors, language, look)
    officer.goto(doors.address("desk"))
    look(officer, "12-desk-home")
    officer.goto(f"{doors.address('desk')}/appeals/")
    look(officer, "13-desk-inbox")
    officer.click("button[name=errand][value=inbox]")
    officer.wait_for_selector(".acts button")
    assert officer.url.startswith(doors.address("reader"))
    look(officer, "14-reader-sealed")
    officer.click(".acts button >> nth=0")
    officer.fill("#search", marker)
    expect(officer.locator("#inbox a")).to_have_count(1)
    look(officer, "15-reader-titles")
    officer.click("#inbox a")
    expect(officer.locator("#written")).to_contain_text(marker)
    expect(officer.locator("#verdict.sure")).to_be_visible()
    look(officer, "16-reader-open")


def work_in_the_reader(officer: Page, marker: str, look: Look) -> None:
    """A note under seal, an answer that must be given in person, and the marks that figures see."""
    officer.fill("#notes textarea", f"{marker} қысым көрсетуі мүмкін")
    officer.click("#notes form button[type=submit]")
    expect(officer.locator("#notes article")).to_contain_text(marker)
    expect(officer.locator("#replies .warn")).to_be_visible()
    officer.click("#recording summary")
    officer.select_option("#recording select[id$=category]", index=1)
    officer.select_option("#recording select[id$=urgency]", index=1)
    with officer.expect_response(lambda answer: answer.url.endswith("/recorded")) as kept:
        officer.click("#recording form button[type=submit]")
    assert kept.value.ok
    look(officer, "16b-reader-worked")


def go_to_the_desk(officer: Page, doors: Doors, code: str, look: Look) -> None:
    officer.goto(f"{doors.address('desk')}/appeals/?q={code}")
    follow(officer, "table a")
    look(officer, "16c-desk-appeal")


def close_at_the_desk(officer: Page, doors: Doors, code: str, look: Look) -> None:
    """How it ended, and that the person was answered face to face: a terminal gave no mailbox."""
    officer.goto(f"{doors.address('desk')}/appeals/?state=all&q={code}")
    follow(officer, "table a")
    follow(officer, "main a[href$='/close/']")
    officer.check("input[name=outcome][value=explained]")
    officer.fill("input[name=outcome_day]", days_ago(0))
    officer.check("input[name=answered][value=in_person]")
    look(officer, "19a-desk-outcome")
    follow(officer, "main form button >> nth=-1")
    officer.wait_for_selector(".a-timeline")
    look(officer, "19b-desk-closed")
    assert officer.locator("main a[href$='/close/']").count() == 0


def check_in_the_browser(page: Page, doors: Doors, language: str, code: str, look: Look) -> None:
    """Anybody checks the code on the public page about the log, with files of the log alone."""
    page.goto(f"{doors.address('public')}/{language}/log/", wait_until="networkidle")
    page.fill("#typed-code", code)
    page.click("#check-form button")
    page.wait_for_selector("[data-outcome=proved]")
    look(page, "10a-public-log-check")
