"""The sockets under a site."""

import signal
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import FrameType
from typing import cast
from urllib.parse import unquote, urlsplit

from arasha.wire.loopback.messages import Answer, Refusal, Request, refused
from arasha.wire.loopback.site import Site

ADDRESS = "127.0.0.1"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; "
        "base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class PortTakenError(Exception):
    """Another program listens there already."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"port {port} on {ADDRESS} is taken: end the program that uses it, or choose another"
            " with --port"
        )


class Loopback(ThreadingHTTPServer):
    """A site on one port of this machine. Port 0 lets the system choose."""

    daemon_threads = True
    request_queue_size = 32

    def __init__(self, site: Site, *, port: int) -> None:
        """Bind the port. Raises PortTakenError."""
        self.site = site
        try:
            super().__init__((ADDRESS, port), _Exchange)
        except OSError as error:
            raise PortTakenError(port) from error

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def origin(self) -> str:
        return f"http://{self.site.host}:{self.port}"

    def start(self) -> "Loopback":
        """Serve in a thread of its own; end with `stop`."""
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over a page that went away; anything else is our fault and must be seen."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

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


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30  # seconds; a page that stops in the middle of a request holds no thread for long

    def do_GET(self) -> None:
        server = cast(Loopback, self.server)
        try:
            answer = server.site.answer(self._request(server.site.most_bytes), port=server.port)
        except Refusal as refusal:
            # What is left of a refused request must not be read as the next one.
            self.close_connection = True
            answer = refused(refusal)
        self._send(answer)

    do_POST = do_PUT = do_GET

    def _request(self, most_bytes: int) -> Request:
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self._body(headers, most_bytes)
        asked = urlsplit(self.path)
        return Request(self.command, unquote(asked.path), headers, body, asked.query)

    def _body(self, headers: dict[str, str], most_bytes: int) -> bytes:
        if "transfer-encoding" in headers:
            raise Refusal(HTTPStatus.LENGTH_REQUIRED, "length_required")
        length = headers.get("content-length", "0")
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
        for name, value in HEADERS.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request that we know, without repeating any of it."""
        self.close_connection = True
        self._send(refused(Refusal(HTTPStatus(code), "bad_request")))

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing: a list of requests with their minutes is a list of who stood here when."""
