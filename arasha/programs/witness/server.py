"""The two addresses of a witness: add-checkpoint, and the newest checkpoint for monitors."""

import logging
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import ClassVar

from arasha.programs.witness.judging import WORDS, RefusedError, Witness
from arasha.wire.clock import Clock
from arasha.wire.serving import Answer, Refusal, Request, Server

MOST_BYTES = 128 * 1024  # 63 hashes and a checkpoint with a hundred short signatures fit many times
HEADERS = MappingProxyType({"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"})
_LATEST = re.compile("/([0-9a-f]{64})/checkpoint")
_BAD_REQUESTS = MappingProxyType(
    {
        "length_required": (HTTPStatus.LENGTH_REQUIRED, "say the length of the body"),
        "too_long": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {MOST_BYTES:,} bytes"),
        "cut_off": (HTTPStatus.BAD_REQUEST, "the body is cut off"),
    }
)

log = logging.getLogger(__name__)


def serving(witness: Witness, *, host: str, port: int, clock: Clock) -> Server:
    """A server for one witness. Raises PortTakenError."""
    return Server(Addresses(witness, clock, host), port=port, address=host)


@dataclass(frozen=True)
class Addresses:
    """Answers logs and monitors in the plain words of the specification."""

    witness: Witness
    clock: Clock
    host: str
    most_bytes: int = MOST_BYTES
    headers: ClassVar[Mapping[str, str]] = HEADERS

    def answer(self, request: Request, *, port: int) -> Answer:
        try:
            return Answer(self._found(request).encode(), WORDS)
        except RefusedError as refusal:
            return Answer(refusal.body.encode(), refusal.content_type, refusal.status)
        except (sqlite3.Error, OSError):
            log.exception("nothing was cosigned: the disk does not take it")
            words = b"the witness cannot write; ask again\n"
            return Answer(words, WORDS, HTTPStatus.SERVICE_UNAVAILABLE)

    def refused(self, refusal: Refusal) -> Answer:
        otherwise = (refusal.status, "not a request that a witness answers")
        status, words = _BAD_REQUESTS.get(refusal.code, otherwise)
        return Answer(f"{words}\n".encode(), WORDS, status)

    def _found(self, request: Request) -> str:
        if request.method == "GET":
            return self._latest(request.path)
        if (request.method, request.path) == ("POST", "/add-checkpoint"):
            return str(self.witness.add_checkpoint(request.body, at=self.clock()))
        raise RefusedError(HTTPStatus.NOT_FOUND, "there is nothing at this address\n")

    def _latest(self, path: str) -> str:
        named = _LATEST.fullmatch(path)
        found = self.witness.latest(named[1]) if named else None
        if found is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, "no checkpoint of that log was cosigned\n")
        return found
