"""The pictures of the README: `.venv/bin/python -m tools.pictures`, after the browser tests have walked.

Takes six pages of the walk from build/screenshots, makes them small, and writes them to docs/pictures. Exit codes: 0 done,
1 there is nothing to take.
"""

import sys
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import launched

CHECKOUT = Path(__file__).parents[1]
TAKEN = CHECKOUT / "build" / "screenshots"
KEPT = CHECKOUT / "docs" / "pictures"
WALK = {
    "1-write": "kk/05-terminal-write",
    "2-slip": "kk/08-terminal-slip",
    "3-read": "ru/16-reader-open",
    "4-refer": "ru/22-desk-referral",
    "5-case": "en/23-desk-case",
    "6-figures": "en/28-public-figures",
}
WIDE, HIGH = 600, 440
MOST_BYTES = 150_000
# The top of the page, at half of its size or so: enough to see what kind of page it is.
SHEET = "<style>body{{margin:0;background:#f6f7f5}}img{{display:block;width:100%}}</style><img src='data:image/png;base64,{}'>"


def main() -> int:
    missing = [name for name in WALK.values() if not (TAKEN / f"{name}.png").exists()]
    if missing:
        sys.stderr.write(f"{TAKEN} lacks {', '.join(missing)}: run the browser tests first\n")
        return 1
    KEPT.mkdir(exist_ok=True)
    with sync_playwright() as playwright, launched(playwright) as browser:
        page = browser.new_page(viewport={"width": WIDE, "height": HIGH})
        for kept, taken in WALK.items():
            make(page, taken=TAKEN / f"{taken}.png", kept=KEPT / f"{kept}.png")
    return 0


def make(page: Page, *, taken: Path, kept: Path) -> None:
    page.set_content(SHEET.format(b64encode(taken.read_bytes()).decode()))
    page.screenshot(path=kept)
    size = kept.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{kept} has {size:,} bytes, more than {MOST_BYTES:,}")
    sys.stdout.write(f"{kept.relative_to(CHECKOUT)}: {size:,} bytes\n")


if __name__ == "__main__":
    sys.exit(main())
