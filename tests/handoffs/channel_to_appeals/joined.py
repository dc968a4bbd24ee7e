"""The parts of a country as they are: terminals, the relay in the rack, the gateway. Only wires are ours."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.test import Client as Door

from arasha.country import country
from arasha.engines.channel.down import ANSWER_BYTES
from arasha.programs.relay.door import Door as RelayDoor
from arasha.programs.relay.forwarding import Forwarding
from arasha.programs.relay.house import open_relay
from arasha.programs.terminal import CHAIN
from arasha.programs.terminal.chain import Chain
from arasha.programs.terminal.delivery import Delivery
from arasha.programs.terminal.exchange import Exchange, Line
from arasha.programs.terminal.health import Health
from arasha.programs.terminal.kiosk import Kiosk
from arasha.programs.terminal.knowledge import Knowledge
from arasha.wire import serving
from arasha.wire.client import Answer, Client, UnreachableError
from arasha.wire.keyfile import Device
from arasha.wire.spool import Spool
from tests.handoffs.channel_to_appeals.dying import Killed

Far = Callable[[str, str, bytes], Answer]
MOODS = ("well", "lost", "unheard", "twice", "busy", "stale")


class Wire(Client):
    """Requests without a socket. `mood` is of the next one; `died`: what to do when the far end did."""

    def __init__(self, far: Far, *, died: Callable[[], None] = lambda: None) -> None:
        super().__init__("http://far")
        self._far, self._died = far, died
        self._answers: list[Answer] = []
        self.mood = "well"

    def ask(self, method: str, path: str, *, body: bytes = b"", **_rest: Any) -> Answer:
        mood, self.mood = self.mood, "well"
        if mood == "lost":
            raise UnreachableError
        if mood == "busy":
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE, b"")
        try:
            answer = self._far(method, path, body)
            if mood == "twice":
                answer = self._far(method, path, body)
        except Killed:
            self._died()
            raise UnreachableError from None
        if mood == "unheard":
            raise UnreachableError
        return self._stale(answer) if mood == "stale" else self._noted(answer)

    def _noted(self, answer: Answer) -> Answer:
        if answer.status == HTTPStatus.OK and len(answer.body) > ANSWER_BYTES:
            self._answers.append(answer)
        return answer

    def _stale(self, answer: Answer) -> Answer:
        """The first answer that ever came, before the page that was asked for."""
        if not self._answers or len(answer.body) <= ANSWER_BYTES:
            return answer
        old = self._answers[0].body[:ANSWER_BYTES]
        return Answer(answer.status, old + answer.body[ANSWER_BYTES:])


@dataclass
class Machine:
    """The terminal's own program over its disk. `start` again: it knows what lies there and no more."""

    folder: Path
    device: Device
    wire: Client
    clock: Callable[[], dt.datetime]

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        spool = Spool(self.folder)
        self.knowledge = Knowledge(spool, self.device, demo=False)
        self.delivery = Delivery(spool, lambda: self.knowledge.trust, is_urgent=lambda _set: False)
        self.kiosk = Kiosk(
            device=self.device,
            pack=country(),
            delivery=self.delivery,
            knowledge=self.knowledge,
            public_url="https://public.example/",
            clock=self.clock,
        )
        self.exchange = Exchange(
            Line(self.wire, self.device),
            Chain(self.folder / CHAIN, self.device),
            self.delivery,
            self.knowledge,
            health=Health(spool, self.knowledge, build="7", today=self.kiosk.today),
            today=self.kiosk.today,
        )

    def beat(self, times: int = 1) -> None:
        for _ in range(times):
            self.exchange.once()


@dataclass
class Rack:
    """The relay's own program over its disk, and the bundles that it was ever given."""

    folder: Path
    wire: Client
    clock: Callable[[], dt.datetime]
    given: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.relay = open_relay(self.folder, demo=False)
        self.line = Forwarding(
            self.relay, self.wire, jitter=lambda: 0.0, clock=lambda: self.clock().timestamp()
        )
        self._door = RelayDoor(self.relay, self.line, "relay")

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        """What a terminal is answered."""
        if body and body not in self.given:
            self.given.append(body)
        asked = urlsplit(path)
        request = serving.Request(method, asked.path, {}, body, asked.query)
        try:
            answer = self._door.answer(request, port=0)
        except serving.Refusal as refusal:
            answer = self._door.refused(refusal)
        return Answer(answer.status, answer.body)


def gateway(door: Door) -> Far:
    """The gateway's own door, as HTTP would reach it."""

    def answer(method: str, path: str, body: bytes) -> Answer:
        response = door.generic(method, path, body, "application/octet-stream")
        return Answer(response.status_code, response.content)

    return answer
