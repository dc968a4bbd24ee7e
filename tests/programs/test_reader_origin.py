"""Who stands beside the reader: the desk's page, sibling hosts, other ports, frames, hostile scripts.

None of them may get the secret of the opening passkey, the plain words, or a frame of the reader.
"""

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import add_passkeys
from tests.programs.reading import Reader, open_appeal

pytestmark = pytest.mark.browser

MARKER = "Белгі-3305: екеуі ұрды"
# The desk's host, a sibling, the parent.
STRANGERS = ("127.0.0.1", "other.localhost", "localhost")
# WebAuthn lets these two ask the passkey: only programs on the officer's own machine can serve them.
# What they would have to ask for, the nonce of the locked file, they do not get.
NEIGHBOURS = ("reader.localhost", "below.reader.localhost")

ASK_PRF = """async (rpId) => navigator.credentials.get({
  publicKey: {
    rpId,
    challenge: new Uint8Array(16),
    userVerification: "required",
    timeout: 3000,
    extensions: { prf: { eval: { first: new Uint8Array(32), second: new Uint8Array(32) } } },
  },
}).then((made) => JSON.stringify(made.getClientExtensionResults()), (error) => error.name)"""
MAKE_PASSKEY = """async (rpId) => navigator.credentials.create({
  publicKey: {
    rp: { id: rpId, name: "x" },
    user: { id: new Uint8Array(8), name: "x", displayName: "x" },
    pubKeyCredParams: [{ type: "public-key", alg: -7 }],
    challenge: new Uint8Array(16),
    extensions: { prf: {} },
  },
}).then(() => "made", (error) => error.name)"""
FETCH = """async ([url, path, headers, method]) => fetch(url + path, {method, headers})
  .then((answer) => answer.text(), (error) => error.name)"""
READ_PAGE = """async (url) => fetch(url, { mode: "no-cors" }).then((answer) => answer.text(), (error) => error.name)"""
FRAME = """async (url) => {
  const frame = document.createElement("iframe");
  frame.src = url;
  const loaded = new Promise((done) => { frame.onload = frame.onerror = done; });
  document.body.append(frame);
  await loaded;
  try { return frame.contentDocument?.body.textContent ?? "nothing"; } catch (error) { return error.name; }
}"""
OPEN_WINDOW = """async (url) => {
  const opened = window.open(url);
  await new Promise((resume) => setTimeout(resume, 2000));
  try { return opened.closed ? "severed" : opened.document.body.textContent; } catch (error) { return error.name; }
}"""
# What a script that got into the page's text would try.
INLINE = """() => {
  window.ran = false;
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  document.body.append(script);
  return window.ran;
}"""
SEND_AWAY = """async (url) => {
  const ways = [
    fetch(url).then(() => "sent", () => "stopped"),
    new Promise((done) => {
      const picture = new Image();
      picture.onload = () => done("sent");
      picture.onerror = () => done("stopped");
      picture.src = url;
    }),
    Promise.resolve(navigator.sendBeacon(url, "x")).then(() => "asked"),
  ];
  return Promise.all(ways);
}"""


class Stranger(ThreadingHTTPServer):
    """An empty page of anybody; it remembers what is asked of it."""

    daemon_threads = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Page)


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Stranger)
        self.server.asked.append(self.path)
        body = b"<!doctype html><html lang=en><title>Another page</title><body></body>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    server = Stranger()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def enrolled(officer: Page, reader: Reader) -> Page:
    """A browser that holds an opening passkey of reader.localhost, and is willing to use it."""
    add_passkeys(officer)
    officer.goto(f"{reader.url}#keys")
    officer.fill("#key-name", "Айгерім")
    officer.get_by_role("button", name="Кілт жасап, құлыптау").click()
    expect(officer.locator("#ready")).to_be_visible()
    return officer


def test_the_reader_itself_gets_an_answer_from_its_passkey(enrolled: Page) -> None:
    assert '"prf"' in enrolled.evaluate(ASK_PRF, "reader.localhost")


@pytest.mark.parametrize("host", STRANGERS)
def test_no_other_host_gets_an_answer_from_the_opening_passkey(
    enrolled: Page, stranger: Stranger, host: str
) -> None:
    enrolled.goto(f"http://{host}:{stranger.server_port}/")

    assert enrolled.evaluate(ASK_PRF, "reader.localhost") == "SecurityError"
    assert enrolled.evaluate(MAKE_PASSKEY, "reader.localhost") == "SecurityError"


@pytest.mark.parametrize("host", STRANGERS + NEIGHBOURS)
def test_no_other_page_reads_an_answer_of_the_program(
    officer: Page, reader: Reader, stranger: Stranger, host: str
) -> None:
    officer.goto(f"http://{host}:{stranger.server_port}/")

    for path, headers, method in (
        ("api/start", {}, "GET"),
        ("api/start", {"arasha-token": "guessed"}, "GET"),
        ("api/errand", {}, "POST"),
    ):
        assert officer.evaluate(FETCH, [reader.url, path, headers, method]) == "TypeError"
    assert officer.evaluate(READ_PAGE, reader.url) in {"", "TypeError"}


@pytest.mark.parametrize("host", STRANGERS + NEIGHBOURS)
def test_no_other_page_frames_the_reader_or_keeps_a_hand_on_its_window(
    officer: Page, reader: Reader, stranger: Stranger, host: str
) -> None:
    officer.goto(f"http://{host}:{stranger.server_port}/")
    framed = officer.evaluate(FRAME, reader.url)
    opened = officer.evaluate(OPEN_WINDOW, reader.url)

    assert framed in {"nothing", "SecurityError"}
    assert "Arasha" not in " ".join(each.name for each in officer.frames)
    assert all(not each.url.startswith(reader.url) for each in officer.frames)
    assert opened in {"severed", "SecurityError"}


def test_the_page_that_led_to_the_reader_keeps_no_hand_on_it(
    officer: Page, reader: Reader, stranger: Stranger
) -> None:
    lying = reader.desk.file(MARKER)
    officer.goto(f"http://other.localhost:{stranger.server_port}/")
    link = reader.link("open", lying.key)
    with officer.context.expect_page() as led:
        officer.evaluate("(url) => { window.led = window.open(url); }", link)
    led.value.wait_for_selector("#demo-key")
    led.value.locator(".panel button").click()
    expect(led.value.locator("#written")).to_have_text(MARKER)

    assert officer.evaluate("window.led.closed") is True
    assert led.value.evaluate("window.opener") is None


@pytest.mark.parametrize(
    "text",
    [
        "<script>window.ran = true</script>" + MARKER,
        "<img src=x onerror='window.ran = true'>" + MARKER,
        "</div><iframe srcdoc='<script>parent.ran = true</script>'></iframe>" + MARKER,
        "javascript:window.ran=true " + MARKER,
    ],
)
def test_what_was_written_never_becomes_markup(officer: Page, reader: Reader, text: str) -> None:
    open_appeal(officer, reader, reader.desk.file(text).key)

    expect(officer.locator("#written")).to_have_text(text)
    assert officer.evaluate("window.ran") is None
    assert officer.locator("main img, main iframe, main script").count() == 0


def test_a_script_that_got_into_the_page_does_not_run_and_cannot_send(
    officer: Page, reader: Reader, stranger: Stranger
) -> None:
    open_appeal(officer, reader, reader.desk.file(MARKER).key)
    expect(officer.locator("#written")).to_have_text(MARKER)

    assert officer.evaluate(INLINE) is False
    fetched, pictured, _ = officer.evaluate(SEND_AWAY, f"http://127.0.0.1:{stranger.server_port}/x")
    assert (fetched, pictured) == ("stopped", "stopped")
    officer.wait_for_timeout(300)
    assert stranger.asked == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "localhost:{port}"}, 421),
        ({"Host": "other.localhost:{port}"}, 421),
        ({"Host": "reader.localhost"}, 421),
        ({"Host": "reader.localhost:{port}", "Origin": "http://localhost:{port}"}, 403),
        ({"Host": "reader.localhost:{port}", "Origin": "null"}, 403),
        ({"Host": "reader.localhost:{port}"}, 403),
        ({"Host": "reader.localhost:{port}", "arasha-token": "of-an-earlier-start"}, 403),
    ],
)
def test_a_request_of_another_host_origin_or_start_is_refused(
    reader: Reader, headers: dict[str, str], status: int
) -> None:
    port = urlsplit(reader.url).port
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    named = {name: value.format(port=port) for name, value in headers.items()}
    connection.request("GET", "/api/start", headers=named)

    assert connection.getresponse().status == status
    connection.close()


def test_every_answer_forbids_frames_foreign_scripts_and_shared_windows(reader: Reader) -> None:
    port = urlsplit(reader.url).port
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/", headers={"Host": f"reader.localhost:{port}"})
    answer = connection.getresponse()
    policy = answer.headers["Content-Security-Policy"]
    connection.close()

    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self'" in policy
    assert "'unsafe" not in policy.replace("'wasm-unsafe-eval'", "")
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
