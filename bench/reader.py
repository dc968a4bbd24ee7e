"""How long an officer waits for titles: 50 cards from the desk's answer to the list on the screen.

Run: python -m bench.reader. Chromium opens them in the reader's own page, from a small desk on this machine. The
clock runs in the page: from the touch that unlocks to the list, and apart from it the opening alone. Sealed to a
set of three, as in a small office, and to one of twelve.
"""

import base64
import os
import secrets
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import django
import pyrage
from playwright.sync_api import Page, sync_playwright

from arasha.engines.sealing.age import randomness_bytes, seal
from tests.browser.chromium import launched

# The tests' officers stand in a world of the server.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arasha.config.settings.test")
django.setup()

from tests.programs import stand  # noqa: E402
from tests.programs.reading import Reader, reader_of  # noqa: E402

CARDS = 50
CROWD = 12
ROUNDS = 9
# The click unlocks; the list is there when its last row is.
UNLOCK = """async (cards) => {
  const began = performance.now();
  document.querySelector(".panel button").click();
  while (document.querySelectorAll("#inbox li").length < cards) {
    await new Promise((resume) => requestAnimationFrame(resume));
  }
  const took = performance.now() - began;
  const titles = [...document.querySelectorAll("#inbox a")].map((each) => each.textContent);
  return { took, titles };
}"""
OPEN = """async ({ cards, identity }) => {
  const [{ openCards }, { hideKey }] = await Promise.all([import("/static/cards.js"), import("/static/opening.js")]);
  const held = [await hideKey(identity)];
  const began = performance.now();
  const opened = await openCards(cards, held);
  return { took: performance.now() - began, refused: opened.filter((each) => each.refused).length };
}"""


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        reader_of(Path(folder)) as reader,
        sync_playwright() as playwright,
        launched(playwright) as browser,
    ):
        page = browser.new_page(locale="kk-KZ")
        cards = [reader.desk.file(f"№ {number}: екеуі ұрды").on_card() for number in range(CARDS)]
        report(
            "set of 3, from the touch to the list", [unlocked(page, reader) for _ in range(ROUNDS)]
        )
        report("set of 3, opening alone", [opened(page, cards) for _ in range(ROUNDS)])
        crowd = [each | {"card": sealed_to_a_crowd(each["card"])} for each in cards]
        report(f"set of {CROWD}, opening alone", [opened(page, crowd) for _ in range(ROUNDS)])


def unlocked(page: Page, reader: Reader) -> float:
    """A new document each time: nothing is warm but the browser."""
    page.goto("about:blank")
    page.goto(reader.link())
    page.wait_for_selector("#demo-key")
    measured = page.evaluate(UNLOCK, CARDS)
    assert all("екеуі ұрды" in title for title in measured["titles"])
    return float(measured["took"])


def opened(page: Page, cards: list[dict[str, Any]]) -> float:
    measured = page.evaluate(OPEN, {"cards": cards, "identity": str(stand.IDENTITIES[0])})
    assert measured["refused"] == 0
    return float(measured["took"])


def sealed_to_a_crowd(card: str) -> str:
    """The same title sealed to many, our officer the last of them: every stanza is tried."""
    plaintext = pyrage.decrypt(base64.b64decode(card), [stand.IDENTITIES[0]])
    others = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(CROWD - 1)]
    recipients = [*others, str(stand.IDENTITIES[0].to_public())]
    drawn = secrets.token_bytes(randomness_bytes(CROWD))
    return base64.b64encode(seal(plaintext, recipients=recipients, randomness=drawn)).decode()


def report(what: str, took: list[float]) -> None:
    median, worst = statistics.median(took), max(took)
    sys.stdout.write(f"{CARDS} titles, {what}: median {median:.0f} ms, worst {worst:.0f} ms\n")


if __name__ == "__main__":
    main()
