"""The client: patience, pins, and waiting."""

import datetime as dt
import itertools
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

from arasha.wire import client as wire
from arasha.wire import clock


class Echo(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(302 if self.path == "/moved" else 200)
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(body if self.path != "/long" else bytes(wire.MOST_BYTES + 1))

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def echo() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, str]:
    key = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gateway")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(clock.now() - dt.timedelta(days=1))
        .not_valid_after(clock.now() + dt.timedelta(days=1))
        .sign(key, None)
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = tmp_path / "gateway.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path, made.fingerprint(hashes.SHA256()).hex()


def test_nobody_there_is_told(echo: ThreadingHTTPServer) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{free.getsockname()[1]}"

        with pytest.raises(wire.UnreachableError, match=base):
            wire.Client(base, timeout=0.5).ask("GET", "/")


def test_a_server_that_never_answers_is_given_up() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        base = f"http://127.0.0.1:{silent.getsockname()[1]}"

        with pytest.raises(wire.UnreachableError):
            wire.Client(base, timeout=0.2).ask("POST", "/", body=b"sealed")


STATUS = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture(
    params=[
        pytest.param(STATUS + b"X-Slow: ", id="in the headers"),
        pytest.param(STATUS + b"Content-Length: 9999\r\n\r\n", id="in the body"),
        pytest.param(STATUS + b"\r\n", id="in a body that ends with the line"),
    ]
)
def dripping(request: pytest.FixtureRequest) -> Iterator[str]:
    """A server that sends a byte each twentieth of a second, for ever."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        told = threading.Event()

        def drip() -> None:
            line, _ = server.accept()
            with line, suppress(OSError):
                line.sendall(request.param)
                while not told.wait(0.05):
                    line.sendall(b"x")

        thread = threading.Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        told.set()
        thread.join()


def test_a_server_that_drips_holds_nobody_beyond_the_deadline(dripping: str) -> None:
    client, begun = wire.Client(dripping, timeout=5, within=0.5), time.monotonic()

    with pytest.raises(wire.UnreachableError, match=dripping):
        client.ask("GET", "/")

    assert 0.4 < time.monotonic() - begun < 2


def test_an_endless_answer_is_not_held(echo: ThreadingHTTPServer) -> None:
    client = wire.Client(f"http://127.0.0.1:{echo.server_port}")

    with pytest.raises(wire.AnswerTooLongError):
        client.ask("POST", "/long", body=b"x")


def test_a_redirect_is_not_followed(echo: ThreadingHTTPServer) -> None:
    client = wire.Client(f"http://127.0.0.1:{echo.server_port}/")

    assert client.ask("POST", "/moved", body=b"x").status == 302


def test_an_answer_comes_back_whole(echo: ThreadingHTTPServer) -> None:
    client = wire.Client(f"http://127.0.0.1:{echo.server_port}")

    assert client.ask("POST", "/", body=b"sealed") == wire.Answer(200, b"sealed")


def test_only_the_pinned_certificate_is_believed(
    echo: ThreadingHTTPServer, certificate: tuple[Path, str]
) -> None:
    path, fingerprint = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    echo.socket = context.wrap_socket(echo.socket, server_side=True, do_handshake_on_connect=False)
    base, other = f"https://127.0.0.1:{echo.server_port}", sha256(b"other").hexdigest()

    for pinned in (other, None):
        with pytest.raises(wire.UnreachableError):
            wire.Client(base, pinned=pinned, timeout=2).ask("POST", "/", body=b"x")
    assert wire.Client(base, pinned=fingerprint).ask("POST", "/", body=b"x").body == b"x"


def test_waits_double_up_to_the_most_and_spread_by_jitter() -> None:
    steady = wire.delays(first=1, most=10, jitter=lambda: 0)
    spread = wire.delays(first=1, most=10, jitter=lambda: 1)

    assert list(itertools.islice(steady, 6)) == [1, 2, 4, 8, 10, 10]
    assert list(itertools.islice(spread, 4)) == [0.5, 1, 2, 4]


def test_the_clock_says_utc() -> None:
    assert clock.now().utcoffset() == dt.timedelta(0)
