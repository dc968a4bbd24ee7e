"""For everybody: by keyboard alone, by touch alone, read aloud, large, in strong contrast, on any screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.programs import browsing
from tests.programs.pages.walking import (
    ACKNOWLEDGED,
    Terminal,
    answer,
    begin,
    filed,
    go_to_writing,
)
from tests.programs.test_terminal_process import eventually

pytestmark = pytest.mark.browser

KK = "әіңғүұқөһ"
# What is done on each page of each use before Next; "" is only Next.
WALKS: dict[str, list[tuple[str, str]]] = {
    "write": [
        ("body", "input[name=body]"),
        ("readers", ""),
        ("write", "#text"),
        ("adding", ""),
        ("danger", "input[name=danger][value=yes]"),
        ("way", "input[value=mailbox]"),
        ("words", ""),
    ],
    "danger": [
        ("readers", ""),
        ("write", "#text"),
        ("wish", "#wish"),
        ("way", "input[value=named]"),
    ],
    "visit": [("body", "input[name=body]"), ("readers", ""), ("write", "#text")],
    "add": [("code", "")],
    "replies": [("mailbox", "")],
    "rights": [("right-0", "")],
    "help": [("helper-0", "")],
}


def act(page: Page, selector: str) -> None:
    if selector.startswith("#"):
        page.fill(selector, "Кеше кешке…")
    elif selector:
        page.locator(selector).first.check()


def walked(page: Page, use: str, language: str, look: Callable[[str], None]) -> None:
    """Go through the pages of a use and look at each, as it stands once it was answered."""
    begin(page, use, language)
    for step, selector in WALKS[use]:
        page.wait_for_selector(f"main[data-step={step}] .acts [type=submit]")
        if step == "words":
            expect(page.locator(".word").first).not_to_have_text("…")
        act(page, selector)
        look(step)
        answer(page, step)
    page.wait_for_timeout(300)
    look(f"after {WALKS[use][-1][0]}")


def into(found: dict[str, list[str]], page: Page, use: str) -> Callable[[str], None]:
    """A look at a page that writes down its faults, on a wide screen and on a narrow one."""

    def look(step: str) -> None:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            found[f"{use}: {step}, {width}"] = browsing.faults(page)

    return look


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_is_accessible_and_fits(
    line: None, browser: Browser, terminal: Terminal, language: str
) -> None:
    found: dict[str, list[str]] = {}
    for use in WALKS:
        page = browser.new_page()
        page.goto(terminal.url)
        expect(page.locator(".choice").first).to_be_visible()
        look = into(found, page, use)
        look("language")
        walked(page, use, language, look)
        page.close()

    assert {step: each for step, each in found.items() if each} == {}


def test_the_home_is_accessible_large_and_in_strong_contrast(page: Page) -> None:
    page.click(".choice[lang=kk]")
    page.set_viewport_size({"width": 1080, "height": 1920})
    assert browsing.faults(page) == []
    page.click("#contrast")
    page.click("#size")
    page.click("#size")
    assert browsing.faults(page) == []
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "31px"

    page.click("[data-use=rights]")
    assert browsing.faults(page) == []
    page.click("#leave")
    expect(page.locator(".choice").first).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.contrast ?? ''") == ""


def test_every_use_has_a_picture_of_its_own_that_nobody_needs_to_hear(
    line: None, page: Page
) -> None:
    page.click(".choice[lang=kk]")
    tiles = page.locator("[data-use]")
    expect(tiles).to_have_count(7)
    pictures = [tile.locator("svg") for tile in tiles.all()]

    assert len({each.inner_html() for each in pictures}) == 7
    assert {each.get_attribute("aria-hidden") for each in pictures} == {"true"}
    assert min(box["width"] for each in pictures if (box := each.bounding_box())) >= 32


def test_strong_contrast_is_white_on_black(page: Page) -> None:
    page.click(".choice[lang=kk]")
    assert page.evaluate(INK_ON_PAPER)[1] != "rgb(0, 0, 0)"
    page.click("#contrast")

    assert page.evaluate(INK_ON_PAPER) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert page.get_attribute("#contrast", "aria-pressed") == "true"


def test_the_slip_and_the_warning_are_accessible(browser: Browser, terminal: Terminal) -> None:
    page = browser.new_page()
    page.clock.install()
    page.goto(terminal.url)
    go_to_writing(page)
    page.fill("#text", "…")
    page.clock.run_for(155_000)
    assert browsing.faults(page) == []
    page.locator("dialog button").first.click()
    page.click("#partial")
    page.clock.run_for(10_000)
    expect(page.locator(ACKNOWLEDGED)).to_be_visible()

    assert browsing.faults(page) == []
    page.close()


def test_from_right_to_left_every_page_is_accessible_and_fits(qamar: str, browser: Browser) -> None:
    found: dict[str, list[str]] = {}
    for use in ("visit", "add", "rights", "help"):
        page = browser.new_page()
        page.goto(qamar)
        walked(page, use, "ar", into(found, page, use))
        assert page.get_attribute("html", "dir") == "rtl"
        page.close()

    assert {step: each for step, each in found.items() if each} == {}


def test_confirmed_numbers_of_help_stand_on_the_first_page(qamar: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(qamar)
    page.click(".choice[lang=en]")

    expect(page.locator(".phones__number")).to_have_text("000 11")
    page.close()


# By touch alone


def test_all_letters_of_kazakh_can_be_touched(page: Page, terminal: Terminal) -> None:
    go_to_writing(page)
    page.set_viewport_size({"width": 1280, "height": 1024})
    for letter in KK:
        page.click(f".key:text-is('{letter}')")
    page.get_by_role("button", name="Бас әріп").click()
    page.click(".key:text-is('Ә')")
    page.get_by_role("button", name="Бос орын").click()
    page.get_by_role("button", name="Өшіру").click()
    expect(page.locator("#text")).to_have_value(f"{KK}Ә")

    page.click("#partial")
    eventually(lambda: terminal.world.filed)
    assert filed(terminal)[0][1].text == f"{KK}Ә"


def test_a_finger_writes_digits_signs_and_another_language(page: Page) -> None:
    go_to_writing(page)
    page.get_by_role("button", name="Цифрлар немесе әріптер").click()
    page.click(".key:text-is('7')")
    page.get_by_role("button", name="Цифрлар немесе әріптер").click()
    page.get_by_role("button", name="Тіл: Русский").click()
    page.click(".key:text-is('ы')")

    expect(page.locator("#text")).to_have_value("7ы")


# By keyboard alone


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, selector: str) -> None:
    """Once it is there, Tab on until it has the focus, as somebody without a mouse does."""
    page.wait_for_selector(selector, state="attached")
    for _ in range(40):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by Tab")


def next_by_keyboard(page: Page, step: str) -> None:
    page.wait_for_selector(f"main[data-step={step}]")
    tab_to(page, ".acts [type=submit]")
    page.keyboard.press("Enter")


def test_writing_works_by_keyboard_alone(page: Page, terminal: Terminal) -> None:
    tab_to(page, ".choice[lang=kk]")
    page.keyboard.press("Enter")
    tab_to(page, "[data-use=write]")
    page.keyboard.press("Enter")
    page.wait_for_selector("input[name=body]")
    tab_to(page, "input[name=body]")
    page.keyboard.press("Space")
    next_by_keyboard(page, "body")
    next_by_keyboard(page, "readers")
    tab_to(page, "#text")
    page.keyboard.type("by keyboard")
    tab_to(page, ".key")
    press(page, "ArrowRight", "ArrowDown", "Enter")
    next_by_keyboard(page, "write")
    next_by_keyboard(page, "adding")
    for step in ("danger", "way"):
        tab_to(page, f"input[name={step}]")
        press(page, "ArrowDown", *(["ArrowDown"] if step == "way" else []))
        next_by_keyboard(page, step)
    next_by_keyboard(page, "check")

    expect(page.locator("#code")).to_be_visible()
    eventually(lambda: terminal.world.filed)
    assert filed(terminal)[0][1].text == "by keyboardц"


def test_reading_works_by_keyboard_alone(page: Page, terminal: Terminal) -> None:
    tab_to(page, ".choice[lang=ru]")
    page.keyboard.press("Enter")
    tab_to(page, "[data-use=help]")
    page.keyboard.press("Space")
    for step in [*(f"helper-{number}" for number in range(5)), "finish"]:
        next_by_keyboard(page, step)

    expect(page.locator("#code")).to_be_visible()
    tab_to(page, "#leave")
    page.keyboard.press("Enter")
    expect(page.locator(".choice").first).to_be_visible()


# Read aloud


@pytest.mark.parametrize("use", WALKS)
def test_each_page_is_told_by_one_heading_and_named_controls(
    use: str, line: None, page: Page
) -> None:
    """What a screen reader meets: one first heading that has the focus, and no control without a name."""
    told: list[str] = []

    def listen(step: str) -> None:
        assert page.locator("h1").count() == 1
        headings = page.locator("h1, h2, h3").evaluate_all("all => all.map(({tagName}) => tagName)")
        assert headings == sorted(headings), step
        nameless = page.locator("button, input, textarea, select, meter").evaluate_all(NAMELESS)
        assert nameless == [], step
        told.append(page.locator("body").aria_snapshot())

    walked(page, use, "kk", listen)

    assert all("heading" in each and "[level=1]" in each for each in told)
    assert all('button "Бірден шығу"' in each for each in told)


def test_a_new_page_is_told_by_its_heading(page: Page) -> None:
    begin(page, "rights")

    expect(page.locator("h1")).to_be_focused()
    assert page.title().startswith(page.inner_text("h1"))


NAMELESS = """all => all.filter((each) => each.checkVisibility() && !(each.ariaLabel || each.labels?.length
  || each.textContent.trim() || each.title)).map(({ outerHTML }) => outerHTML)"""
INK_ON_PAPER = """() => {
  const { color, backgroundColor } = getComputedStyle(document.documentElement);
  return [color, backgroundColor];
}"""
