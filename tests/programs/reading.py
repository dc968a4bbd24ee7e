"""The reader's program with its desk, as an officer starts them, and what an officer does there."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyrage
from playwright.sync_api import Page, expect

from arasha.engines.sealing.age import randomness_bytes, seal
from arasha.engines.sealing.envelope import split
from tests.programs import stand
from tests.programs.desk import Desk, desk

OFFICERS = (("Айгерім Серікова", stand.IDENTITIES[0]), ("Бөгде", pyrage.x25519.Identity.generate()))


@dataclass(frozen=True)
class Reader:
    url: str
    desk: Desk
    folder: Path

    def link(self, kind: str = "inbox", appeal: str | None = None) -> str:
        """What the desk redirects to."""
        return f"{self.url}#errand={self.desk.errand(kind, appeal)}"

    def kept(self) -> bytes:
        """Everything that lies in the folder of keys."""
        return b"".join(path.read_bytes() for path in (self.folder / "keys").rglob("*.*"))


@contextmanager
def reader_of(folder: Path, *options: str) -> Iterator[Reader]:
    """Start a desk and a demo's reader beside it."""
    identities = [
        {
            "name": name,
            "email": f"{number}@demo.invalid",
            "recipient": str(identity.to_public()),
            "identity": str(identity),
        }
        for number, (name, identity) in enumerate(OFFICERS)
    ]
    known = folder / "identities.json"
    known.write_text(json.dumps({"demo": True, "identities": identities}))
    with desk() as server:
        command = [sys.executable, "-m", "arasha", "reader", "--desk", server.url, "--port", "0"]
        command += ["--keys", str(folder / "keys"), "--demo-identities", str(known), *options]
        environment = os.environ | {"ARASHA_DEMO": "True"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as run:
            assert run.stdout is not None
            url = run.stdout.readline().removeprefix("reader: ").strip()
            yield Reader(url, server, folder)
            run.terminate()


def unlock_with_demo(page: Page, officer: str = "0") -> None:
    page.select_option("#demo-key", officer)
    page.locator(".panel button").click()


def open_inbox(page: Page, reader: Reader, officer: str = "0") -> None:
    page.goto("about:blank")
    page.goto(reader.link())
    unlock_with_demo(page, officer)
    expect(page.locator("#inbox")).to_be_visible()


def open_appeal(page: Page, reader: Reader, key: str, officer: str = "0") -> None:
    page.goto("about:blank")
    page.goto(reader.link("open", key))
    unlock_with_demo(page, officer)


def header_for(plaintext: bytes, *recipients: str) -> bytes:
    """Return a real header with a file key of its own, as who wants an appeal lost would add it."""
    drawn = secrets.token_bytes(randomness_bytes(len(recipients)))
    return split(seal(plaintext, recipients=recipients, randomness=drawn))[0]


def demo_identity(reader: Reader, number: int) -> str:
    known = json.loads((reader.folder / "identities.json").read_text())
    identity: str = known["identities"][number]["identity"]
    return identity
