"""A small HTTP server: whole requests of bounded size, no list of who asked. What it answers, others say."""

import json
import logging
import signal
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import FrameType
from typing import Any, Protocol, cast
from urllib.parse import unquote, urlsplit

LOOPBACK = "127.0.0.1"
MOST_AT_ONCE = 64
WITHOUT_BODY = ("GET", "DELETE")  # it need not say that there is none
# Said twice, one of them would be believed here and another one by a proxy in front.
ONCE = ("content-length", "host", "origin")

log = logging.getLogger(__name__)


class Refusal(Exception):
    """An answer that says no and ends the connection; who asked turns `code` into words."""

    def __init__(self, status: HTTPStatus, code: str, **details: object) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.details = details


class PortTakenError(Exception):
    """Another program listens there already, or the address is not this machine's."""

    def __init__(self, address: str, port: int, fault: str) -> None:
        super().__init__(
            f"port {port} on {address} is not free ({fault}): end the program that uses it, or choose"
            " another with --port"
        )
        self.details = {"address": address, "port": port, "detail": fault}


@dataclass(frozen=True, slots=True)
class Request:
    """`headers` have lower-case names; `path` is without its `query`, which is still encoded."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""
    query: str = ""

    def json(self) -> dict[str, Any]:
        """Return the body as a JSON object. Raises Refusal."""
        try:
            content = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Refusal(HTTPStatus.BAD_REQUEST, "not_json") from error
        if not isinstance(content, dict):
            raise Refusal(HTTPStatus.BAD_REQUEST, "not_json")
        return content


@dataclass(frozen=True, slots=True)
class Answer:
    body: bytes
    content_type: str
    status: HTTPStatus = HTTPStatus.OK


class Served(Protocol):
    """What is served. `host` is the name by which it is called, `headers` go with every answer."""

    @property
    def host(self) -> str: ...
    @property
    def most_bytes(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...

    def answer(self, request: Request, *, port: int) -> Answer:
        """Return the answer, or raise Refusal."""
        ...

    def refused(self, refusal: Refusal) -> Answer: ...


class Server(ThreadingHTTPServer):
    """Serves on one port, of this machine only unless `address` says more. Port 0 lets the system choose."""

    daemon_threads = True
    request_queue_size = MOST_AT_ONCE

    def __init__(self, served: Served, *, port: int, address: str = LOOPBACK) -> None:
        """Bind the port. Raises PortTakenError."""
        self.served = served
        self._room = threading.BoundedSemaphore(MOST_AT_ONCE)
        try:
            super().__init__((address, port), _Exchange)
        except OSError as error:
            raise PortTakenError(address, port, error.strerror or str(error)) from error

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def origin(self) -> str:
        return f"http://{self.served.host}:{self.port}"

    def start(self) -> "Server":
        """Serve in a thread of its own; end with `stop`."""
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def serve_until_told(self, name: str) -> None:
        """Say the address on stdout and serve until Ctrl-C or SIGTERM."""
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            sys.stdout.write(f"{name}: {self.origin}/\n")
            sys.stdout.flush()
            self.serve_forever(0.1)
        except KeyboardInterrupt:
            pass
        finally:
            self.server_close()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Hang up on whoever comes when the house is full: programs ask again."""
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over whoever went away; anything else is our fault and must be seen."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            log.exception("an answer failed")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20  # seconds; who stops in the middle of a request holds no place for long
    disable_nagle_algorithm = True  # head and body are two writes: the second must not wait 40 ms

    def do_GET(self) -> None:
        served, port = self._served, cast(Server, self.server).port
        try:
            answer = served.answer(self._request(served.most_bytes), port=port)
        except Refusal as refusal:
            # What is left of a refused request must not be read as the next one.
            self.close_connection = True
            answer = served.refused(refusal)
        self._send(answer)

    do_POST = do_PUT = do_DELETE = do_GET

    @property
    def _served(self) -> Served:
        return cast(Server, self.server).served

    def _request(self, most_bytes: int) -> Request:
        headers = {name.lower(): value for name, value in self.headers.items()}
        if any(len(self.headers.get_all(name, ())) > 1 for name in ONCE):
            raise Refusal(HTTPStatus.BAD_REQUEST, "bad_request")
        body = self._body(headers, most_bytes)
        try:
            asked = urlsplit(self.path)
        except ValueError as error:  # half an address, as "http://["
            raise Refusal(HTTPStatus.BAD_REQUEST, "bad_request") from error
        return Request(self.command, unquote(asked.path), headers, body, asked.query)

    def _body(self, headers: dict[str, str], most_bytes: int) -> bytes:
        length = headers.get("content-length", "0" if self.command in WITHOUT_BODY else "")
        if "transfer-encoding" in headers or not length:
            raise Refusal(HTTPStatus.LENGTH_REQUIRED, "length_required")
        if not (length.isascii() and length.isdigit()):
            raise Refusal(HTTPStatus.BAD_REQUEST, "length_required")
        if len(length) > 12 or int(length) > most_bytes:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_long")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise Refusal(HTTPStatus.BAD_REQUEST, "cut_off")
        return body

    def _send(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in self._served.headers.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request that we know, without repeating any of it."""
        self.close_connection = True
        self._send(self._served.refused(Refusal(HTTPStatus(code), "bad_request")))

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing: a list of requests with their minutes is a list of who stood here when."""
