"""Run in a mount namespace of its own: starts Chromium under a managed policy, says what it makes of it.

Takes the policy's file and addresses; prints JSON: {"told": {policy: message}, "opened": {address: error}}.
"""

import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.browser.chromium import EXECUTABLE, FLAGS, PATIENCE

MANAGED = Path("/etc/chromium/policies/managed")
# A test steers Chromium by the developers' protocol, which the policy forbids.
STEERING = ("RemoteDebuggingAllowed", "DeveloperToolsAvailability")
OPEN_TO_TESTS = ["chrome://policy", "about:blank"]
ROWS = """() => {
  const rows = [];
  const walk = (node) => node.querySelectorAll("*").forEach((each) => {
    if (each.localName === "policy-row") {
      const text = (part) => each.shadowRoot.querySelector(part)?.textContent.trim() ?? "";
      rows.push([text(".name"), text(".messages")]);
    }
    if (each.shadowRoot) walk(each.shadowRoot);
  });
  walk(document);
  return rows;
}"""


def main(policy: str, *addresses: str) -> None:
    content = json.loads(Path(policy).read_text())
    for name in STEERING:
        del content[name]
    content["URLAllowlist"] += OPEN_TO_TESTS
    MANAGED.mkdir(parents=True)
    (MANAGED / "arasha.json").write_text(json.dumps(content))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=EXECUTABLE, args=[*FLAGS]
        )
        context.set_default_timeout(PATIENCE)
        page = context.pages[0]
        page.goto("chrome://policy")
        page.wait_for_function(f"({ROWS})().length > 100")
        told = dict(page.evaluate(ROWS))
        opened = {}
        for address in addresses:
            try:
                page.goto(address)
                opened[address] = ""
            except Error as error:
                opened[address] = str(error)
        context.close()
    sys.stdout.write(json.dumps({"told": {n: told.get(n, "") for n in content}, "opened": opened}))


if __name__ == "__main__":
    main(*sys.argv[1:])
