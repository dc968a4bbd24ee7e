"""The two addresses of a witness: add-checkpoint, and the newest checkpoint for monitors."""

import logging
import re
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import FrameType
from typing import Any, cast

from arasha.programs.witness.judging import WORDS, RefusedError, Witness
from arasha.wire.clock import Clock

MOST_BYTES = 128 * 1024  # 63 hashes and a checkpoint with a hundred short signatures fit many times
MOST_AT_ONCE = 64
_LATEST = re.compile("/([0-9a-f]{64})/checkpoint")

log = logging.getLogger(__name__)


class PortTakenError(Exception):
    """Another program listens there already, or the address is not this machine's."""


class WitnessServer(ThreadingHTTPServer):
    """Answers for one witness. Port 0 lets the system choose."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, witness: Witness, *, host: str, port: int, clock: Clock) -> None:
        """Bind the port. Raises PortTakenError."""
        self.witness, self.clock = witness, clock
        self._room = threading.BoundedSemaphore(MOST_AT_ONCE)
        try:
            super().__init__((host, port), _Exchange)
        except OSError as error:
            raise PortTakenError(f"{host}:{port} cannot be used: {error.strerror}") from error

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Hang up on whoever comes when the house is full: a log asks again."""
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
        """Pass over a log that went away; anything else is our fault and must be seen."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            log.exception("an answer failed")

    def serve_until_told(self) -> None:
        """Say the address on stdout and serve until Ctrl-C or SIGTERM."""
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            sys.stdout.write(f"witness: http://{self.server_name}:{self.port}/\n")
            sys.stdout.flush()
            self.serve_forever(0.1)
        except KeyboardInterrupt:
            pass
        finally:
            self.server_close()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20  # seconds; a log that stops in the middle of a request holds no place for long

    def do_POST(self) -> None:
        if self.path != "/add-checkpoint":
            self._refuse(HTTPStatus.NOT_FOUND, "there is nothing at this address\n")
            return
        self._answer(self._add_checkpoint)

    def do_GET(self) -> None:
        self._answer(self._latest)

    def _add_checkpoint(self) -> str:
        body, server = self._body(), cast(WitnessServer, self.server)
        return str(server.witness.add_checkpoint(body, at=server.clock()))

    def _latest(self) -> str:
        named = _LATEST.fullmatch(self.path)
        found = cast(WitnessServer, self.server).witness.latest(named[1]) if named else None
        if found is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, "no checkpoint of that log was cosigned\n")
        return found

    def _answer(self, found: Callable[[], str]) -> None:
        try:
            self._send(HTTPStatus.OK, found(), WORDS)
        except RefusedError as refusal:
            self._send(refusal.status, refusal.body, refusal.content_type)
        except (sqlite3.Error, OSError) as problem:
            if isinstance(problem, ConnectionError | TimeoutError):
                raise
            log.exception("nothing was cosigned: the disk does not take it")
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "the witness cannot write; ask again\n")

    def _body(self) -> bytes:
        length = self.headers.get("content-length", "")
        if "transfer-encoding" in self.headers or not (length.isascii() and length.isdigit()):
            self._end(HTTPStatus.LENGTH_REQUIRED, "say the length of the body\n")
        if len(length) > 12 or int(length) > MOST_BYTES:
            self._end(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {MOST_BYTES:,} bytes\n")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self._end(HTTPStatus.BAD_REQUEST, "the body is cut off\n")
        return body

    def _end(self, status: HTTPStatus, words: str) -> None:
        # What is left of a refused request must not be read as the next one.
        self.close_connection = True
        raise RefusedError(status, words)

    def _refuse(self, status: HTTPStatus, words: str) -> None:
        self.close_connection = True
        self._send(status, words, WORDS)

    def _send(self, status: HTTPStatus, words: str, content_type: str) -> None:
        body = words.encode()
        self.send_response_only(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request that we know, without repeating any of it."""
        self._refuse(HTTPStatus(code), "not a request that a witness answers\n")

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing: what counts is in the memory and in the evidence."""
