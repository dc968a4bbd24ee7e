"""What axe finds on a page: WCAG 2.2 AA and its best practices."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, {
  runOnly: {type: "tag", values: tags},
  resultTypes: ["violations"],
})"""


def violations(page: Page) -> list[str]:
    """Each violation as `rule: element — what to do`, on the page as it stands once it is loaded."""
    page.wait_for_load_state()
    if page.evaluate("typeof axe") == "undefined":  # reading it in takes as long as asking it
        page.evaluate(AXE)  # through the debugger, which the page's own policy does not stop
    found: list[dict[str, Any]] = page.evaluate(RUN, TAGS)["violations"]
    return [
        f"{violation['id']}: {node['html'][:160]} — {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def overflows(page: Page) -> bool:
    """True when a reader would have to scroll sideways."""
    wide: bool = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wide
