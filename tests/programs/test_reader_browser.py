"""The reader in Chromium: opening with a passkey, refusing, locking, and telling nobody."""

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pyrage
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from arasha.engines.notes import filing_code
from arasha.engines.sealing.filing import parse_filing
from tests.browser.chromium import add_passkeys, launched
from tests.browser.traces import files_with
from tests.programs import browsing, stand

pytestmark = pytest.mark.browser

MARKER = "Белгі-3305: екеуі ұрды"
ONCE = "a-one-time-token-0123456789"


class Desk(ThreadingHTTPServer):
    """Hands one sealed appeal over, once for each token; `changes` spoil it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handover)
        self.used: set[str] = set()
        self.posted = stand.sealed_filing(MARKER)
        self.changes: dict[str, Any] = {}
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def content(self) -> dict[str, Any]:
        filing = parse_filing(self.posted)
        return {
            "appeal": "5a0c8f9e",
            "set": filing.set_id,
            "leaf": filing.leaf,
            "envelope": base64.b64encode(filing.envelope).decode(),
            "code": filing_code(stand.hash_of(self.posted)),
            "back": f"{self.url}/appeals/1/",
        } | self.changes


class _Handover(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        desk = cast(Desk, self.server)
        desk.asked.append(self.path)
        is_used = self.path in desk.used
        desk.used.add(self.path)
        body = json.dumps({} if is_used else desk.content()).encode()
        self.send_response(404 if is_used else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Reader:
    url: str
    desk: Desk
    folder: Path
    tokens: Iterator[int] = field(default_factory=lambda: iter(range(100)))

    def link(self) -> str:
        """What the desk redirects to."""
        return f"{self.url}#open={ONCE}-{next(self.tokens)}"


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    names = (
        ("Айгерім Серікова", stand.IDENTITIES[0]),
        ("Бөгде", pyrage.x25519.Identity.generate()),
    )
    identities = [
        {
            "name": name,
            "email": f"{number}@demo.invalid",
            "recipient": str(identity.to_public()),
            "identity": str(identity),
        }
        for number, (name, identity) in enumerate(names)
    ]
    known = tmp_path / "identities.json"
    known.write_text(json.dumps({"demo": True, "identities": identities}))
    desk = Desk()
    threading.Thread(target=desk.serve_forever, args=(0.02,), daemon=True).start()
    command = [sys.executable, "-m", "arasha", "reader", "--desk", desk.url, "--port", "0"]
    command += ["--keys", str(tmp_path / "keys"), "--demo-identities", str(known)]
    environment = os.environ | {"ARASHA_DEMO": "True"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("reader: ").strip()
        yield Reader(url, desk, tmp_path)
        process.terminate()
    desk.shutdown()
    desk.server_close()


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with launched(playwright) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="kk-KZ", viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    yield opened
    context.close()


def open_with_demo(page: Page, officer: str = "0") -> None:
    page.select_option("#demo-key", officer)
    page.click(".panel button")


def test_a_used_token_is_refused_with_the_way_back(page: Page, reader: Reader) -> None:
    link = reader.link()
    for _ in range(2):
        page.goto("about:blank")
        page.goto(link)
        page.wait_for_selector("h1")

    expect(page.locator("main")).to_contain_text("пайдаланылып қойған")
    expect(page.locator("main .button")).to_have_attribute("href", f"{reader.desk.url}/")


def test_a_key_that_is_not_in_the_set_is_refused_and_another_may_be_tried(
    page: Page, reader: Reader
) -> None:
    page.goto(reader.link())
    open_with_demo(page, "1")
    expect(page.locator("#told")).to_contain_text("сіздің кілтіңізге мөрленбеген")

    open_with_demo(page, "0")
    expect(page.locator("#written")).to_have_text(MARKER)


def test_a_damaged_envelope_is_refused(page: Page, reader: Reader) -> None:
    envelope = parse_filing(reader.desk.posted).envelope
    reader.desk.changes["envelope"] = base64.b64encode(envelope[:-9] + bytes(9)).decode()
    page.goto(reader.link())
    open_with_demo(page)

    expect(page.locator("#told")).to_contain_text("Конверт бүлінген")
    assert page.locator("#written").count() == 0


def test_an_unknown_version_is_refused_and_says_to_update(page: Page, reader: Reader) -> None:
    recipients = [identity.to_public() for identity in stand.IDENTITIES]
    later = json.dumps({"v": "arasha/appeal/v9"}).encode().ljust(4096, b"\0")
    reader.desk.changes["envelope"] = base64.b64encode(pyrage.encrypt(later, recipients)).decode()
    page.goto(reader.link())
    open_with_demo(page)

    expect(page.locator("#told")).to_contain_text("жаңартыңыз")


def test_a_swapped_filing_is_shown_with_an_alarm(page: Page, reader: Reader) -> None:
    leaf = parse_filing(stand.sealed_filing("another")).leaf
    reader.desk.changes["leaf"] = leaf
    page.goto(reader.link())
    open_with_demo(page)

    expect(page.locator("#verdict.alarm")).to_contain_text("бұл тапсырылған өтініш емес")


def test_an_authenticator_without_prf_is_refused_and_no_key_is_kept(
    page: Page, reader: Reader
) -> None:
    page.goto(reader.url)
    add_passkeys(page, hasPrf=False)
    page.locator("form").last.locator("button").click()

    expect(page.locator("#told")).to_contain_text("PRF")
    assert list((reader.folder / "keys").iterdir()) == []


def test_a_key_without_a_name_is_not_made(page: Page, reader: Reader) -> None:
    page.goto(reader.url)
    page.locator("form").first.locator("button").click()

    expect(page.locator("#told")).to_contain_text("аты-жөніңізді жазыңыз")


def test_a_demo_key_locked_with_a_real_passkey_opens_what_was_seeded(
    page: Page, reader: Reader
) -> None:
    page.goto(reader.url)
    add_passkeys(page)
    page.locator("form").last.locator("button").click()
    expect(page.locator(".card h3")).to_have_text("Айгерім Серікова")

    page.goto("about:blank")
    page.goto(reader.link())
    page.click(".acts .button")

    expect(page.locator("#written")).to_have_text(MARKER)
    expect(page.locator("#verdict.sure")).to_contain_text("дәл тапсырылған өтініш")


def test_a_new_key_is_locked_before_it_touches_the_disk(page: Page, reader: Reader) -> None:
    requests: list[str] = []
    page.on("request", lambda sent: requests.append(f"{sent.url} {sent.post_data}"))
    page.goto(reader.url)
    add_passkeys(page)
    page.fill("#key-name", "Дина Жүнісова")
    page.locator("form").first.locator("button").click()
    expect(page.locator(".card h3")).to_have_text("Дина Жүнісова")

    kept = b"".join(path.read_bytes() for path in (reader.folder / "keys").iterdir())
    assert b"AGE-SECRET-KEY" not in kept
    assert not [each for each in requests if "AGE-SECRET-KEY" in each]
    expect(page.locator(".recipient")).to_have_text(json.loads(card(reader))["recipient"])


def card(reader: Reader) -> str:
    return next((reader.folder / "keys").glob("*.json")).read_text()


def test_what_is_open_is_told_to_nobody_and_lock_wipes_it(page: Page, reader: Reader) -> None:
    requests: list[str] = []
    page.on("request", lambda sent: requests.append(f"{sent.url} {sent.post_data}"))
    page.goto(reader.link())
    open_with_demo(page)
    expect(page.locator("#written")).to_have_text(MARKER)
    assert page.url == reader.url
    page.click("#lock")
    page.wait_for_url("**/locked")
    page.go_back()

    assert MARKER not in page.content()
    assert not [each for each in requests if "3305" in each]
    assert not [each for each in requests if "#open" in each and "/api" in each]
    assert files_with(reader.folder, MARKER) == []


def test_it_locks_by_itself_after_a_quarter_of_an_hour(page: Page, reader: Reader) -> None:
    page.clock.install()
    page.goto(reader.link())
    open_with_demo(page)
    expect(page.locator("#written")).to_have_text(MARKER)

    page.clock.run_for(15 * 60 * 1000 + 1000)

    page.wait_for_url("**/locked")
    assert MARKER not in page.content()


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_is_accessible_and_fits(browser: Browser, reader: Reader, width: int) -> None:
    context = browser.new_context(locale="kk-KZ", viewport={"width": width, "height": 700})
    page = context.new_page()
    page.goto(reader.url)
    add_passkeys(page)
    page.locator("form").last.locator("button").click()
    expect(page.locator(".card")).to_be_visible()
    found = {"keys": browsing.faults(page)}
    page.goto("about:blank")
    page.goto(reader.link())
    expect(page.locator(".facts")).to_be_visible()
    found["sealed"] = browsing.faults(page)
    open_with_demo(page)
    expect(page.locator("#written")).to_be_visible()
    found["open"] = browsing.faults(page)
    page.click("#lock")
    page.wait_for_url("**/locked")
    expect(page.locator("h1")).to_be_visible()
    found["locked"] = browsing.faults(page)
    context.close()

    assert {step: each for step, each in found.items() if each} == {}
