"""The steps of the first walk, as people take them: shared by the tests of every country."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import overflows, violations
from tests.browser.chromium import PATIENCE, add_passkeys, follow
from tests.browser.doors import Doors
from tests.browser.traces import files_with

OFFICER = "Айгерім Серікова"
PROSECUTOR = "Наталья Ким"
ANALYST = "Тимур Ли"
Look = Callable[[Page, str], None]
Picture = Callable[[Page, str, str], Path]


def looking(picture: Picture, language: str) -> Look:
    """Look at a page: wide and on a phone, keep both pictures; nothing overflows, axe finds nothing."""

    def at(page: Page, name: str) -> None:
        found = violations(page)
        picture(page, language, name)
        wide = page.viewport_size
        page.set_viewport_size({"width": 320, "height": 640})
        is_too_wide = overflows(page)
        picture(page, language, f"{name}-320")
        page.set_viewport_size(wide or {"width": 1280, "height": 900})
        assert (found, is_too_wide) == ([], False), name

    return at


@contextmanager
def people(chromium: Browser, doors: Doors, language: str) -> Iterator[Callable[[str], Page]]:
    """Members of the cast at the desk, each in a browser of their own, reading one language."""
    contexts: list[BrowserContext] = []

    def come(name: str) -> Page:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(doors.sign_in_link(name))
        switch = f".a-languages button[value={language}]"
        if page.locator(switch).count():
            follow(page, switch)
        return page

    yield come
    for context in contexts:
        context.close()


def unique(language: str) -> str:
    """Words that stand nowhere else, to be looked for afterwards."""
    return f"Белгі-{language}-қғұ-7391"


def write_at_the_terminal(page: Page, doors: Doors, language: str, marker: str, look: Look) -> str:
    """Language, use, body, who can read, write, add, way, check, slip: returns the filing code."""
    page.goto(doors.address("terminal"))
    page.wait_for_selector(f"button[lang={language}]")
    look(page, "01-terminal-language")
    page.click(f"button[lang={language}]")
    page.wait_for_selector("[data-use=write]")
    look(page, "02-terminal-home")
    page.click("[data-use=write]")
    page.check("input[name=body][value=ombudsperson-1]")
    answer(page, "body", look, "03-terminal-body")
    answer(page, "readers", look, "04-terminal-readers")
    page.fill("#text", f"{marker} Мені ұрды, екі тәулік ұйықтатпады.")
    answer(page, "write", look, "05-terminal-write")
    answer(page, "adding", look, "05b-terminal-adding")
    say_no_danger(page, look)
    page.check("input[name=way][value=neither]")
    answer(page, "way", look, "06-terminal-way")
    answer(page, "check", look, "07-terminal-check")
    page.wait_for_selector(".state--proved")
    look(page, "08-terminal-slip")
    return re.sub(r"\D", "", page.inner_text("#code"))


def say_no_danger(page: Page, look: Look) -> None:
    """Asked only where the country has a duty line."""
    page.wait_for_selector("main:not([data-step=adding]) button[type=submit]")
    if page.get_attribute("main", "data-step") == "danger":
        page.check("input[name=danger][value=no]")
        answer(page, "danger", look, "05a-terminal-danger")


def answer(page: Page, step: str, look: Look, name: str) -> None:
    page.wait_for_selector(f"main[data-step={step}] button[type=submit]")
    look(page, name)
    page.click("main button[type=submit]")


def find_the_proof(
    page: Page, doors: Doors, language: str, code: str, look: Look, folder: Path
) -> Path:
    """The code gives a day and a file; a code nobody has gives the same page and size."""
    address = f"{doors.address('public')}/{language}/code/?code="
    unknown_size = size_of(page, address + unknown_code(code))
    look(page, "09-public-unknown-code")
    assert size_of(page, address + code) == unknown_size
    look(page, "10-public-code")
    return downloaded(page, "a[href$='.tlog-proof']", folder / "slip.tlog-proof")


def find_the_policy(page: Page, folder: Path) -> Path:
    """Which log counts, from the same page: an auditor compares the key with another source."""
    return downloaded(page, "a[href='/log/policy']", folder / "policy")


def downloaded(page: Page, link: str, path: Path) -> Path:
    with page.expect_download() as download:
        page.click(link)
    download.value.save_as(path)
    return path


def size_of(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None
    return len(answer.body())


def unknown_code(code: str) -> str:
    """A well-formed code that belongs to nobody: ISO 7064 MOD 97-10 over other digits."""
    digits = str((int(code[:22]) + 12345) % 10**22).zfill(22)
    return digits + f"{98 - int(digits) * 100 % 97:02d}"


def lock_the_key_with_a_passkey(officer: Page, doors: Doors, language: str, look: Look) -> None:
    add_passkeys(officer)
    officer.goto(doors.address("reader"))
    officer.wait_for_selector("#languages button")
    switch = officer.locator(f"#languages button[lang={language}]")
    if switch.count():  # the reader speaks the languages of its own texts
        switch.click()
    officer.select_option("#demo-key", label=officer_option(officer))
    look(officer, "11-reader-keys")
    officer.click("form.panel:has(#demo-key) button")
    expect(officer.locator("#ready")).to_be_visible()


def officer_option(page: Page) -> str:
    options = page.locator("#demo-key option").all_inner_texts()
    return next(option for option in options if option.startswith(OFFICER))


def refer(officer: Page, look: Look) -> None:
    """What the appeal is about and against whom, then the allegation record and the referral."""
    officer.click("a[href$='/classify/']")
    officer.check("input[name=category] >> nth=0")
    officer.select_option("select[name=accused_body]", "administration-1")
    look(officer, "16a-desk-about")
    follow(officer, "main form button >> nth=-1")
    follow(officer, "a[href*='/referrals/from/']")
    look(officer, "17-desk-refer")
    officer.click("main form button >> nth=-1")
    expect(officer.locator(".govuk-error-summary")).to_be_focused()
    look(officer, "18-desk-refer-errors")
    officer.select_option("select[name=receiver]", index=1)
    officer.check("input[name=named][value=named]")
    officer.select_option("select[name=place]", "DEMO-1")
    officer.fill("input[name=happened]", days_ago(4))
    officer.fill("textarea[name=account]", "Ол екі қызметкер ұрғанын айтады.")
    officer.check("input[name=conduct][value=torture]")
    officer.check("input[name=criteria] >> nth=0")
    officer.check("input[name=capacity] >> nth=0")
    officer.check("input[name=consent] >> nth=0")
    officer.click("main form button >> nth=-1")
    officer.wait_for_selector(".a-step--waiting")
    look(officer, "19-desk-referral-sent")


def accept_and_decide(prosecutor: Page, language: str, look: Look) -> None:
    """The number of the national register, what the rules say, court, conviction."""
    look(prosecutor, "20-desk-prosecutor-home")
    prosecutor.goto(re.sub(r"(//[^/]+).*", r"\1/referrals/", prosecutor.url))
    look(prosecutor, "21-desk-referrals")
    follow(prosecutor, "tr:has(.a-step--waiting) a >> nth=-1")
    look(prosecutor, "22-desk-referral")
    prosecutor.fill("input[name=number]", f"26-{language}-000777")
    prosecutor.fill("input[name=given_day]", days_ago(0))
    follow(prosecutor, "form[action$='/accept/'] button")
    prosecutor.wait_for_selector(".a-timeline")
    look(prosecutor, "23-desk-case")
    prosecutor.locator(".govuk-details summary").first.click()
    expect(prosecutor.locator(".a-rules li").first).to_be_visible()
    for kind, name in (("sent_to_court", "24-desk-court"), ("convicted", "25-desk-convicted")):
        prosecutor.click(f"a[href$='/decide/{kind}/']")
        prosecutor.fill("input[name=day]", days_ago(0))
        prosecutor.fill("input[name=persons]", "1")
        look(prosecutor, name)
        follow(prosecutor, "main form button >> nth=-1")
        prosecutor.wait_for_selector(".a-timeline")
    look(prosecutor, "26-desk-case-decided")


def count_and_publish(analyst: Page, page: Page, doors: Doors, language: str, look: Look) -> None:
    """Released by an analyst; one more conviction than before stands on the public page."""
    address = f"{doors.address('public')}/{language}/figures/"
    page.goto(address)
    before = persons_convicted(page)
    analyst.goto(f"{doors.address('desk')}/figures/")
    look(analyst, "27-desk-figures")
    follow(analyst, "main form button")
    page.goto(address)
    look(page, "28-public-figures")
    assert persons_convicted(page) == before + 1
    page.goto(f"{doors.address('public')}/{language}/")
    look(page, "29-public-home")


def persons_convicted(page: Page) -> int:
    figures = page.locator("tbody").first
    return int(figures.locator("tr").last.locator("td").last.inner_text())


def days_ago(days: int) -> str:
    """A day in Kazakhstan, as a date field takes it."""
    almaty = dt.timezone(dt.timedelta(hours=5))
    return (dt.datetime.now(almaty) - dt.timedelta(days=days)).date().isoformat()


def where_it_lies(marker: str, doors: Doors) -> list[str]:
    """Files of the server, the terminal's spool and all logs that hold the words in the clear."""
    files = [str(path) for path in files_with(doors.var, marker)]
    return files + [line for line in doors.said if marker in line]
