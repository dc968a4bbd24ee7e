"""A person at the terminal: the hands that touch its pages in the tests."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyrage
from playwright.sync_api import Page, expect

from arasha.engines.sealing.filing import Filing, parse_filing
from arasha.engines.sealing.payload import Appeal, unpack_payload
from tests.programs.stand import IDENTITIES, World

ACKNOWLEDGED = ".state--acknowledged, .state--proved"


@dataclass
class Terminal:
    url: str
    world: World
    folder: Path
    process: "subprocess.Popen[str]"

    @contextmanager
    def started_anew(self) -> Iterator[None]:
        """The same program on the same port, as after a fault."""
        self.process.terminate()
        self.process.wait()
        demo = os.environ | {"ARASHA_DEMO": "True"}
        with subprocess.Popen(
            self.process.args, stdout=subprocess.PIPE, text=True, env=demo
        ) as again:
            assert again.stdout is not None
            again.stdout.readline()
            yield
            again.terminate()


def begin(page: Page, use: str, language: str = "kk") -> None:
    page.click(f".choice[lang={language}]")
    page.click(f"[data-use={use}]")


def answer(page: Page, step: str) -> None:
    """Touch Next on the page of this step."""
    page.click(f"main[data-step={step}] .acts [type=submit]")


def go_to_writing(page: Page, language: str = "kk", use: str = "write") -> None:
    begin(page, use, language)
    page.click("main[data-step=body] .card >> nth=0")
    answer(page, "body")
    answer(page, "readers")
    expect(page.locator("#text")).to_be_visible()


def write(page: Page, text: str, language: str = "kk") -> None:
    """Up to the question of danger."""
    go_to_writing(page, language)
    page.fill("#text", text)
    answer(page, "write")
    answer(page, "adding")


def say_no_danger(page: Page) -> None:
    page.check("input[name=danger][value=no]")
    answer(page, "danger")


def write_and_check(page: Page, text: str, name: str = "") -> None:
    write(page, text)
    say_no_danger(page)
    page.check(f"input[name=way][value={'named' if name else 'neither'}]")
    if name:
        page.fill("#name", name)
    answer(page, "way")
    expect(page.locator(".summary")).to_be_visible()


def send(page: Page) -> None:
    answer(page, "check")
    expect(page.locator(ACKNOWLEDGED)).to_be_visible()


def slip_code(page: Page) -> str:
    return page.inner_text("#code").replace("\n", "").replace(" ", "")


def filed(terminal: Terminal) -> list[tuple[Filing, Appeal]]:
    filings = [parse_filing(posted) for posted in terminal.world.filed]
    return [(each, unpack_payload(opened(each.envelope))) for each in filings]


def opened(sealed: bytes) -> bytes:
    return bytes(pyrage.decrypt(sealed, [IDENTITIES[1]]))


def on_the_wire(page: Page) -> list[tuple[str, str, int]]:
    """Every request to the program from now on: method, kind of address, bytes."""
    seen: list[tuple[str, str, int]] = []

    def note(method: str, url: str, body: bytes | None) -> None:
        path = "/" + url.partition("://")[2].partition("/")[2]
        kind = "/".join(part if len(part) < 40 else "…" for part in path.split("/"))
        if kind.startswith(("/api/", "/qr/")):
            seen.append((method, kind, len(body or b"")))

    page.on("request", lambda sent: note(sent.method, sent.url, sent.post_data_buffer))
    return seen


def texts_left(page: Page) -> str:
    """All that the page, its fields, its storage and its history could still hold."""
    held: str = page.evaluate(
        """() => [document.documentElement.outerHTML, JSON.stringify({...localStorage}),
          JSON.stringify({...sessionStorage}), JSON.stringify(history.state), location.href, document.cookie,
          ...[...document.querySelectorAll("input, textarea")].map(({ value }) => value)].join("\\n")"""
    )
    return held
