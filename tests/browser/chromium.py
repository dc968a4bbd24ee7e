"""Debian's Chromium, which speaks to nobody beyond this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, Playwright

EXECUTABLE = "/usr/bin/chromium"
FLAGS = (
    # Nothing beyond this machine: no look-ups, no updates, no reports.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--disable-extensions",
    "--font-render-hinting=none",
    # No graphics card is played on the processor: that took a tenth of a browser test's time.
    "--disable-gpu",
    "--disable-gpu-rasterization",
    "--disable-software-rasterizer",
    # Chromium's own sandbox cannot be made by root.
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
)
# Milliseconds. Nobody waits longer than it takes; only a busy machine and a failure need them.
PATIENCE = 60_000
PASSKEY = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
    "hasPrf": True,
}


def follow(page: Page, link: str) -> None:
    """Click on what opens another page, and be on it: not on the one that is about to go."""
    with page.expect_navigation():
        page.click(link)


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=FLAGS)
    yield browser
    browser.close()


def add_passkeys(page: Page, **changes: bool) -> None:
    """Give a page an authenticator of its own that holds passkeys and says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY | changes})
