"""Spoken help: whatever is heard stands on the page too, and nobody is wiped away while it is heard."""

import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.programs.pages.conftest import QAMAR
from tests.programs.pages.walking import answer

pytestmark = pytest.mark.browser

TEXTS = tomllib.loads(Path(QAMAR / "texts" / "terminal.toml").read_text(encoding="utf-8"))
HEARD = ".button--listen"


def in_english(page: Page, url: str) -> None:
    page.goto(url)
    page.click(".choice[lang=en]")


def go_to_adding(page: Page) -> None:
    page.click("[data-use=write]")
    page.click("main .card >> nth=0")
    for step in ("body", "readers", "write"):
        answer(page, step)
    expect(page.locator("main[data-step=adding] h1")).to_be_visible()


def test_whatever_is_heard_stands_on_the_page(qamar: str, browser: Browser) -> None:
    page = browser.new_page()
    heard: list[str] = []
    page.on("request", lambda each: heard.append(each.url) if each.url.endswith(".ogg") else None)
    in_english(page, qamar)
    page.click(HEARD)
    expect(page.locator(HEARD)).to_have_text("Listen", timeout=15_000)

    keys = [each.rpartition("/")[2].removesuffix(".ogg") for each in heard]
    assert keys == ["home.title", "home.write", "home.write_hint"]
    shown = page.inner_text("main")
    assert [key for key in keys if said(key) not in shown] == []
    page.close()


def said(key: str) -> str:
    use, name = key.split(".")
    text: str = TEXTS[use][name]["en"]
    return text


def test_a_page_without_a_recording_offers_none(qamar: str, browser: Browser) -> None:
    page = browser.new_page()
    in_english(page, qamar)
    page.click("[data-use=rights]")
    expect(page.locator(HEARD)).to_be_visible()
    answer(page, "right-0")
    expect(page.locator("main[data-step=right-1]")).to_be_visible()

    expect(page.locator(HEARD)).to_have_count(0)
    page.close()


def test_time_stands_still_while_something_is_heard(qamar: str, browser: Browser) -> None:
    page = browser.new_page()
    page.clock.install()
    in_english(page, qamar)
    go_to_adding(page)
    page.click(HEARD)
    expect(page.locator(HEARD)).to_have_text("Stop")

    page.clock.run_for(400_000)
    assert page.locator("dialog").is_hidden()
    page.click(HEARD)
    page.clock.run_for(181_000)
    expect(page.locator(".choice").first).to_be_visible()
    page.close()


def test_the_next_page_is_silent(qamar: str, browser: Browser) -> None:
    page = browser.new_page()
    in_english(page, qamar)
    go_to_adding(page)
    page.click(HEARD)
    expect(page.locator(HEARD)).to_have_text("Stop")
    page.go_back()

    expect(page.locator(HEARD)).to_have_text("Listen")
    page.close()
