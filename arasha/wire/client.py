"""HTTP for programs: short patience, no redirects, no proxies, and a pinned certificate if given."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import urllib3
from urllib3.exceptions import HTTPError

MOST_BYTES = 4 * 1024 * 1024


class UnreachableError(Exception):
    """Nobody answered, in time or at all: the same request may be sent again."""


class AnswerTooLongError(Exception):
    """The other side sent more than this client is willing to hold."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes


class Client:
    """Speaks to one server. `timeout` in seconds bounds connecting and each read.

    `pinned` is the SHA-256 fingerprint (hex) of the server's TLS certificate; with it, no
    authority's word is asked: exactly this certificate or nothing.
    """

    def __init__(self, base: str, *, timeout: float = 10, pinned: str | None = None) -> None:
        self.base = base.rstrip("/")
        self._pool = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=timeout, read=timeout),
            retries=False,
            assert_fingerprint=pinned,
            cert_reqs="CERT_NONE" if pinned else "CERT_REQUIRED",
        )

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
        try:
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
