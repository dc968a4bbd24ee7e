"""How long a person waits at the terminal: a voice of three minutes is sealed, eight words are worked out.

Run: python -m bench.voice. In Chromium, in a page of the terminal's own scripts. The voice is 540,000 bytes of
noise, as three minutes of Opus at 24 kbit/s are, sealed to a set of three keys of each kind.
"""

import os
import statistics
import sys
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import launched
from tests.engines.sealing.browser import serving

VOICE_BYTES = 540_000
READERS = 3
ROUNDS = 15
DERIVED = 5
MAKE_KEYS = """async ([make, count]) => {
  const age = await import("/static/vendor/age-open.js");
  const one = async () => age.identityToRecipient(await age[make]());
  return Promise.all(Array.from({ length: count }, one));
}"""
SEAL = """async ([length, recipients, rounds]) => {
  const { sealAttachment } = await import("/shared/attaching.js");
  const voice = new Uint8Array(length);
  for (let start = 0; start < length; start += 65536) crypto.getRandomValues(voice.subarray(start, start + 65536));
  const took = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await sealAttachment(voice, "audio/webm", recipients);
    took.push(performance.now() - began);
  }
  return took;
}"""
DERIVE = """async (rounds) => {
  const { deriveMailbox, newWords, openReplies, tagsOf } = await import("/shared/mailbox.js");
  const took = { derive: [], open: [] };
  for (let round = 0; round < rounds; round++) {
    const words = await newWords("kk");
    const began = performance.now();
    const mailbox = await deriveMailbox(words);
    took.derive.push(performance.now() - began);
    const noise = Array.from({ length: 64 }, () => crypto.getRandomValues(new Uint8Array(8392)));
    const asked = performance.now();
    await tagsOf(mailbox.tags);
    await openReplies(mailbox, noise);
    took.open.push(performance.now() - asked);
  }
  return took;
}"""


def main() -> None:
    with sync_playwright() as playwright, launched(playwright) as chromium:
        page = chromium.new_page()
        x25519, hybrid = keys(page)
        with serving("terminal", host="localhost") as address:
            page.goto(address)
            say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
            for kind, recipients in (("X25519", x25519), ("post-quantum", hybrid)):
                took = page.evaluate(SEAL, [VOICE_BYTES, recipients, ROUNDS])
                say(f"{VOICE_BYTES:,} bytes sealed to {READERS} keys, {kind}: {told(took)}")
            mailbox: dict[str, Any] = page.evaluate(DERIVE, DERIVED)
            say(f"eight words become a mailbox: {told(mailbox['derive'])}")
            say(f"64 tags, and 64 answers tried: {told(mailbox['open'])}")


def keys(page: Page) -> list[list[str]]:
    """Three recipients of each kind, made in the reader's page: the terminal's makes none."""
    with serving("reader", host="localhost") as address:
        page.goto(address)
        kinds = ("generateIdentity", "generateHybridIdentity")
        return [page.evaluate(MAKE_KEYS, [make, READERS]) for make in kinds]


def told(took: list[float]) -> str:
    return f"median {statistics.median(took):.0f} ms, worst {max(took):.0f} ms"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
