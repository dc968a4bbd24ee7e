"""Chromium as a kiosk starts it, and what a test wants to know about a page."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--incognito",
]
AXE = Path(__file__).parents[1] / "browser" / "vendor" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@contextmanager
def kiosk_chromium(playwright: Playwright, profile: Path) -> Iterator[Page]:
    """Yield the one page of a Chromium with a profile folder that a test can search afterwards."""
    command = [CHROMIUM, *FLAGS, "--headless=new", "--remote-debugging-port=0"]
    command += [f"--user-data-dir={profile}", "about:blank"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            url = f"http://127.0.0.1:{_debugging_port(profile)}"
            browser = playwright.chromium.connect_over_cdp(url)
            yield browser.contexts[0].pages[0]
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
    """Return what axe finds, and whether the page is wider than its window."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": AXE_RULES}}
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    names = [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return names + ([f"{overflow} px too wide"] if overflow > 0 else [])


def files_with(folder: Path, marker: str) -> list[Path]:
    """Return the files under `folder` that hold the marker in UTF-8 or UTF-16."""
    spellings = (marker.encode(), marker.encode("utf-16-le"))
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return [path for path in files if any(each in path.read_bytes() for each in spellings)]
