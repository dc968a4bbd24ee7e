"""HTTP for programs: short patience, no redirects, no proxies, and a pinned certificate if given."""

import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

MOST_BYTES = 4 * 1024 * 1024
TIMES_AS_LONG = 12  # a whole answer may take so many times what one read may


class UnreachableError(Exception):
    """Nobody answered, in time or at all: the same request may be sent again."""


class AnswerTooLongError(Exception):
    """The other side sent more than this client is willing to hold."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes

    @property
    def problem(self) -> str | None:
        """The code by which the other side refuses; None if something on the way answered instead."""
        try:
            said = json.loads(self.body)
        except (ValueError, RecursionError):
            return None
        code = said.get("problem") if isinstance(said, dict) else None
        return code if isinstance(code, str) else None


class _Deadline:
    """Hangs up on a server that drips: each byte comes in time, the whole answer never does."""

    def __init__(self) -> None:
        self.is_over = False
        self._socket: socket.socket | None = None

    @contextmanager
    def of(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._end)
        timer.daemon = True
        timer.start()
        before = _deadline.set(self)
        try:
            yield
        finally:
            _deadline.reset(before)
            timer.cancel()

    def watch(self, line: socket.socket) -> None:
        self._socket = line
        if self.is_over:
            self._end()

    def _end(self) -> None:
        self.is_over = True
        if self._socket is not None:
            with suppress(OSError):  # it is closed already
                self._socket.shutdown(socket.SHUT_RDWR)


_deadline: ContextVar[_Deadline] = ContextVar("deadline")


class _Connection(HTTPConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        _deadline.get().watch(self.sock)
        return super().getresponse()


class _TLSConnection(HTTPSConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        _deadline.get().watch(self.sock)
        return super().getresponse()


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Connection


class _TLSPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _TLSConnection


class Client:
    """Speaks to one server. `timeout` in seconds bounds connecting and each read.

    `within` bounds a whole answer, however steadily it comes; else it is some times the timeout.
    `pinned` is the SHA-256 fingerprint (hex) of the server's TLS certificate; with it, no
    authority's word is asked: exactly this certificate or nothing.
    """

    def __init__(
        self,
        base: str,
        *,
        timeout: float = 10,
        within: float | None = None,
        pinned: str | None = None,
    ) -> None:
        self.base = base.rstrip("/")
        self._within = within or TIMES_AS_LONG * timeout
        self._pool = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=timeout, read=timeout),
            retries=False,
            assert_fingerprint=pinned,
            cert_reqs="CERT_NONE" if pinned else "CERT_REQUIRED",
        )
        self._pool.pool_classes_by_scheme = {"http": _Pool, "https": _TLSPool}

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        most_bytes: int = MOST_BYTES,
    ) -> Answer:
        """Send one request. Raises UnreachableError or AnswerTooLongError; any status is an answer."""
        deadline = _Deadline()
        try:
            with deadline.of(self._within):
                response = self._pool.request(
                    method,
                    self.base + path,
                    body=body or None,
                    headers=dict(headers or {}),
                    redirect=False,
                    preload_content=False,
                )
                content = response.read(most_bytes + 1)
                response.release_conn()
        except HTTPError as error:
            raise UnreachableError(f"{self.base} does not answer") from error
        if deadline.is_over:
            response.close()
            raise UnreachableError(f"{self.base} did not answer whole in {self._within:g} seconds")
        if len(content) > most_bytes:
            response.close()
            raise AnswerTooLongError(f"{self.base}{path} sent more than {most_bytes:,} bytes")
        return Answer(response.status, content)


def delays(*, first: float, most: float, jitter: Callable[[], float]) -> Iterator[float]:
    """Yield seconds to wait before each new try: doubling from `first` up to `most`.

    `jitter` returns a number from 0 to 1 and takes up to half of each wait away, so that many
    machines that lost the same line do not all come back in the same second.
    """
    wait = first
    while True:
        yield wait * (1 - jitter() / 2)
        wait = min(wait * 2, most)
