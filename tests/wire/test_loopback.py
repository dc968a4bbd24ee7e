"""The server on this machine: what it refuses, then what it serves."""

import http.client
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

from arasha.wire.loopback import Handler, Site, json_answer
from arasha.wire.serving import PortTakenError, Request, Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "page.js").write_text("export {};")
    (tmp_path / "files" / "notes.md").write_text("not for pages")
    (tmp_path / "secret.js").write_text("secret")
    (tmp_path / "files" / "link.js").symlink_to(tmp_path / "secret.js")
    routes: dict[tuple[str, str], Handler] = {
        ("GET", "/"): lambda request: json_answer("start"),
        ("GET", "/api/echo/{word}"): lambda request, word: json_answer(word),
        ("POST", "/api/echo"): lambda request: json_answer(request.json()),
    }
    site = Site(routes=routes, files={"/static/": tmp_path / "files"}, most_bytes=20_000)
    running = Server(site, port=0).start()
    yield running
    running.stop()


@dataclass
class Answered:
    status: int
    headers: Message
    body: bytes


def ask(
    server: Server, method: str, path: str, *, body: bytes | None = None, **headers: str | None
) -> Answered:
    """Send what a page of ours would send; None leaves a header out."""
    assert isinstance(server.served, Site)
    usual = {"host": f"localhost:{server.port}", "arasha_token": server.served.token}
    if method == "POST":
        usual["origin"] = server.origin
    sent = {name.replace("_", "-"): text for name, text in (usual | headers).items() if text}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.putrequest(method, path, skip_host=True)
    if body is not None and "content-length" not in sent:
        sent["content-length"] = str(len(body))
    for name, text in sent.items():
        connection.putheader(name, text)
    connection.endheaders(body)
    with connection.getresponse() as answer:
        answered = Answered(answer.status, answer.headers, answer.read())
    connection.close()
    return answered


@pytest.mark.parametrize("host", [None, "localhost", "evil.example:80", "127.0.0.1:{port}"])
def test_another_host_is_refused_even_for_a_plain_page(server: Server, host: str | None) -> None:
    answer = ask(server, "GET", "/", host=host and host.format(port=server.port))

    assert answer.status == 421


@pytest.mark.parametrize("origin", ["null", "http://localhost", "https://localhost:{port}", None])
def test_a_write_from_another_origin_is_refused(server: Server, origin: str | None) -> None:
    origin = origin and origin.format(port=server.port)

    assert ask(server, "POST", "/api/echo", body=b"{}", origin=origin).status == 403


def test_a_foreign_origin_cannot_even_read(server: Server) -> None:
    assert ask(server, "GET", "/", origin="http://localhost:1").status == 403


@pytest.mark.parametrize("token", [None, "", "guessed", "ключ".encode().decode("latin-1")])
@pytest.mark.parametrize(("method", "path"), [("POST", "/api/echo"), ("GET", "/api/echo/a")])
def test_without_the_token_of_this_start_nothing_is_done(
    server: Server, method: str, path: str, token: str | None
) -> None:
    assert ask(server, method, path, body=b"{}", arasha_token=token).status == 403


def test_a_body_that_is_too_long_is_refused_before_it_is_read(server: Server) -> None:
    answer = ask(server, "POST", "/api/echo", body=b"", content_length="20001")

    assert answer.status == 413
    assert answer.headers["Connection"] == "close"


@pytest.mark.parametrize("length", ["-1", "1_0", "٣", "1e2", "9" * 20])
def test_a_strange_length_is_refused(server: Server, length: str) -> None:
    length = length.encode().decode("latin-1")

    assert ask(server, "POST", "/api/echo", body=b"", content_length=length).status in {400, 413}


def test_a_body_in_chunks_is_refused(server: Server) -> None:
    chunked = {"transfer_encoding": "chunked", "content_length": "0"}

    assert ask(server, "POST", "/api/echo", body=b"", **chunked).status == 411


@pytest.mark.parametrize("twice", ["Content-Length: 2", "Host: evil.example", "Origin: null"])
def test_a_header_that_is_believed_is_refused_if_it_is_said_twice(
    server: Server, twice: str
) -> None:
    assert isinstance(server.served, Site)
    usual = f"Host: localhost:{server.port}\r\nArasha-Token: {server.served.token}"
    heads = f"{usual}\r\nOrigin: {server.origin}\r\nContent-Length: 50\r\n{twice}"

    answer = raw(server, f"POST /api/echo HTTP/1.1\r\n{heads}\r\n\r\n{{}}")

    assert answer.startswith(b"HTTP/1.1 400 ")


def test_half_an_address_is_refused_without_a_line_in_the_log(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    answer = raw(server, f"GET http://[ HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert not caplog.records


def raw(server: Server, said: str) -> bytes:
    """What is answered to these very bytes until the connection ends."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(said.encode())
        return connection.makefile("rb").read()


def test_a_body_that_is_no_json_object_is_refused(server: Server) -> None:
    for body in (b"", b"[]", b"{", b"\xff", b"[" * 20_000):
        assert ask(server, "POST", "/api/echo", body=body).status == 400


@pytest.mark.parametrize(
    "path",
    [
        "/static/../secret.js",
        "/static/%2e%2e/secret.js",
        "/static/..%2fsecret.js",
        "/static/link.js",
        "/static//etc/passwd.js",
        "/static/notes.md",
        "/static/",
        "/static/page.js%00.css",
        f"/static/{'a' * 300}.js",
    ],
)
def test_no_file_outside_the_folder_and_no_other_kind_is_served(server: Server, path: str) -> None:
    assert ask(server, "GET", path).status == 404


def test_an_unknown_method_is_refused_with_the_same_headers(server: Server) -> None:
    answer = ask(server, "PATCH", "/api/echo")

    assert answer.status == 501
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_taken_port_is_named(server: Server) -> None:
    with pytest.raises(PortTakenError, match=f"port {server.port} .* --port"):
        Server(server.served, port=server.port)


def test_it_listens_on_this_machine_only(server: Server) -> None:
    assert server.socket.getsockname()[0] == "127.0.0.1"


def test_a_page_of_ours_is_served_and_may_write(server: Server) -> None:
    script = ask(server, "GET", "/static/page.js?v=1")

    assert (script.status, script.body) == (200, b"export {};")
    assert script.headers["Cache-Control"] == "no-store"
    assert script.headers["X-Content-Type-Options"] == "nosniff"
    assert ask(server, "GET", "/api/echo/a%20b").body == b'"a b"'
    assert ask(server, "POST", "/api/echo", body=b'{"a": 1}').body == b'{"a": 1}'


def test_two_requests_share_a_connection(server: Server) -> None:
    connection = http.client.HTTPConnection("localhost", server.port, timeout=5)
    for _ in range(2):
        connection.request("GET", "/")
        assert connection.getresponse().read() == b'"start"'
    connection.close()


def test_nothing_is_written_about_requests(
    server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    ask(server, "GET", "/api/echo/marker")
    with socket.create_connection(("127.0.0.1", server.port)) as gone:
        gone.sendall(b"POST /api/echo HTTP/1.1\r\nContent-Length: 50\r\n\r\nhalf")

    assert capfd.readouterr() == ("", "")


def test_the_token_is_new_at_each_start() -> None:
    tokens = {Site(routes={}, files={}).token for _ in range(50)}

    assert len(tokens) == 50
    assert "token" not in repr(Site(routes={}, files={}))
    assert Request("GET", "/", {}).body == b""
