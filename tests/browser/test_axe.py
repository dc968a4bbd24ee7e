"""The eye that looks at every page sees what it should, under the strictest policy."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

from tests.browser.axe import overflows, violations

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
GOOD = '<!doctype html><html lang="kk"><title>Араша</title><main><h1>Арыз</h1></main></html>'
BAD = '<!doctype html><html lang="kk"><title>Араша</title><main><h1>Арыз</h1><img src="/x"></main></html>'
WIDE = (
    '<!doctype html><html lang="kk"><title>x</title><main><h1>' + "ә" * 400 + "</h1></main></html>"
)
PAGES = {"/good": GOOD, "/bad": BAD, "/wide": WIDE}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(PAGES.get(self.path, "").encode())

    def log_message(self, *_: object) -> None:
        """Silent: the tests' output is for tests."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


def test_a_good_page_has_no_violation(page: Page, address: str) -> None:
    page.goto(f"{address}/good")

    assert violations(page) == []


def test_a_picture_without_words_is_a_violation(page: Page, address: str) -> None:
    page.goto(f"{address}/bad")

    assert [found for found in violations(page) if found.startswith("image-alt")]


def test_a_word_too_long_for_a_phone_is_seen(phone: Page, address: str) -> None:
    phone.goto(f"{address}/wide")

    assert overflows(phone)
