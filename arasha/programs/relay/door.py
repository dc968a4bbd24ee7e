"""The relay's address for terminals: the same as the gateway's, and the same sizes whatever happens."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import ClassVar
from urllib.parse import parse_qs

from arasha.engines.channel.bundle import BUNDLE_BYTES, parse_bundle
from arasha.engines.channel.down import ANSWER_BYTES
from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.pages import NUMBER
from arasha.programs.relay.disk import FullError, ShutError
from arasha.programs.relay.forwarding import Forwarding
from arasha.programs.relay.house import Relay
from arasha.wire.serving import Answer, Refusal, Request, Server

BYTES, PLAIN, PROBLEM = "application/octet-stream", "text/plain; charset=utf-8", "application/json"
_PAGE = re.compile(NUMBER, re.ASCII)
_BROADCAST = re.compile(rf"/v1/broadcast/({NUMBER})", re.ASCII)
# What happened, and what to do next.
_WORDS = MappingProxyType(
    {
        "bundle_malformed": (
            "This is no bundle of the channel.",
            "Send 65,536 bytes in the form of docs/reference/channel.md, and the page as ?page=N.",
        ),
        "relay_full": (
            "The relay has no room for more bundles.",
            "Keep yours and send it again: there is room when the line or a stick has taken some.",
        ),
        "relay_broken": (
            "The relay cannot write to its disk.",
            "Keep the bundle and send it again; who runs the relay has to look at it.",
        ),
        "no_such_address": ("There is nothing at this address.", "See docs/reference/channel.md."),
    }
)


def serving(relay: Relay, line: Forwarding, *, host: str, port: int) -> Server:
    """A server for the terminals of a place. Raises PortTakenError."""
    return Server(Door(relay, line, host), port=port, address=host)


@dataclass(frozen=True)
class Door:
    """Takes bundles, hands out answers and pages; it knows no more of them than their form."""

    relay: Relay
    line: Forwarding
    host: str
    most_bytes: int = BUNDLE_BYTES
    headers: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    )

    def answer(self, request: Request, *, port: int) -> Answer:
        try:
            return self._found(request)
        except ChannelError as error:
            raise Refusal(HTTPStatus.BAD_REQUEST, "bundle_malformed") from error
        except FullError as error:
            raise Refusal(HTTPStatus.INSUFFICIENT_STORAGE, "relay_full") from error
        except ShutError as error:
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "relay_broken") from error

    def refused(self, refusal: Refusal) -> Answer:
        code = refusal.code if refusal.code in _WORDS else "bundle_malformed"
        happened, next_step = _WORDS[code]
        said = {"problem": code, "happened": happened, "next": next_step}
        return Answer(json.dumps(said).encode(), PROBLEM, refusal.status)

    def _found(self, request: Request) -> Answer:
        match request.method, request.path:
            case "POST", "/v1/bundles":
                return Answer(self._exchange(request), BYTES)
            case "GET", "/health":
                return Answer(b"Arasha relay: ready\n", PLAIN)
            case "GET", path if asked := _BROADCAST.fullmatch(path):
                return Answer(self.relay.pages.shown(int(asked[1])), BYTES)
        raise Refusal(HTTPStatus.NOT_FOUND, "no_such_address")

    def _exchange(self, request: Request) -> bytes:
        """The bundle is on the disk before anything is answered."""
        number, bundle = _number(request.query), parse_bundle(request.body)
        self.relay.rack.keep(bundle)
        self.line.wake()
        newest = self.relay.rack.newest_answer(bundle.head.terminal)
        return (newest or secrets.token_bytes(ANSWER_BYTES)) + self.relay.pages.shown(number)


def _number(query: str) -> int:
    asked = parse_qs(query).get("page", [""])
    if len(asked) != 1 or not _PAGE.fullmatch(asked[0]):
        raise ChannelError("which page, as ?page=N")
    return int(asked[0])
