"""Chromium as a kiosk starts it, and what a test wants to know about a page."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, Playwright

from tests.browser.axe import overflows, violations
from tests.browser.chromium import EXECUTABLE, FLAGS


@contextmanager
def kiosk_chromium(playwright: Playwright, profile: Path, *flags: str) -> Iterator[Page]:
    """Yield the one page of a Chromium with a profile folder that a test can search afterwards."""
    with kiosk_process(playwright, profile, *flags) as (page, _):
        yield page


@contextmanager
def kiosk_process(
    playwright: Playwright, profile: Path, *flags: str
) -> Iterator[tuple[Page, "subprocess.Popen[bytes]"]]:
    """The same, with the browser's process: for a test that kills it."""
    command = [EXECUTABLE, *FLAGS, "--incognito", "--headless=new", "--remote-debugging-port=0"]
    command += [*flags, f"--user-data-dir={profile}", "about:blank"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            url = f"http://127.0.0.1:{_debugging_port(profile)}"
            browser = playwright.chromium.connect_over_cdp(url)
            yield browser.contexts[0].pages[0], process
        finally:
            process.terminate()


def _debugging_port(profile: Path) -> str:
    told = profile / "DevToolsActivePort"
    until = time.monotonic() + 30
    while not (told.exists() and told.read_text().count("\n")):
        assert time.monotonic() < until, "Chromium did not start"
        time.sleep(0.05)
    return told.read_text().splitlines()[0]


def faults(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than its window."""
    return [*violations(page), *(["wider than its window"] if overflows(page) else [])]
