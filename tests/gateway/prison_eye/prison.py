"""A prison with a terminal, and a rack on its line that keeps all that passes through it."""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.test import RequestFactory

from arasha.channel import tick as channel
from arasha.engines.channel.objects import APPEAL, FilingObject
from arasha.engines.notes import NOTE, SignerKey
from arasha.engines.sealing.filing import parse_filing
from arasha.engines.sealing.recipient_set import RecipientSet
from arasha.engines.translog import commitment, leaf, leaf_hash
from arasha.journal import sequencer
from arasha.journal import services as journal
from arasha.journal.log import Log
from arasha.programs.terminal.chain import Chain
from arasha.programs.terminal.delivery import Delivery
from arasha.programs.terminal.exchange import Exchange, Line
from arasha.programs.terminal.health import Health
from arasha.programs.terminal.knowledge import Knowledge
from arasha.wire.client import Answer, Client
from arasha.wire.ingest import IngestKey
from arasha.wire.keyfile import DEVICE_PREFIX, Device
from arasha.wire.spool import Item, Spool
from arasha.worlds.ceremony import Ceremony
from tests.clock import Clock
from tests.gateway.prison_eye.eye import Day, Passed
from tests.walk import NOW, Terminal, posted

BEATS = 5  # of a day
MINUTE = 60.0
FINEST = 3  # digits of a second: through a line nobody sees less than a millisecond


class Rack:
    """Stands where the relay stands: passes everything on, and writes it down."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._door = BaseHandler()
        self._door.load_middleware()
        self.day = Day()

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        most_bytes: int = 0,
    ) -> Answer:
        request = RequestFactory(headers={"accept-language": "en"}).generic(
            method, path, body, content_type="application/octet-stream"
        )
        began = self._clock.monotonic()
        answer = cast(HttpResponse, self._door.get_response(request))
        took = self._clock.monotonic() - began
        answer.close()  # what the door does behind its answer, nobody waits for
        said = (*sorted((headers or {}).items()), *sorted(answer.headers.items()))
        content = answer.content
        at, took = round(began, FINEST), round(took, FINEST)
        self.day.passed.append(Passed(at, took, f"{method} {path}", body, content, said))
        return Answer(answer.status_code, content)


@dataclass
class Prison:
    """The terminal is the real one, without a page; whoever writes hands over what the page seals."""

    clock: Clock
    rack: Rack
    exchange: Exchange
    delivery: Delivery
    log: Log
    key: IngestKey
    recipients: RecipientSet
    days: list[Day] = field(default_factory=list)

    def spend(self, *, somebody_writes: bool) -> Day:
        """A day on which the terminal beats, other prisons write, and the log is published."""
        self.rack.day = day = Day()
        moment = secrets.randbelow(BEATS - 2)
        for beat in range(BEATS):
            if somebody_writes and beat == moment:
                day.new_leaves.append(self.write())
            self.beat()
        day.new_leaves += [_of_another_prison() for _ in range(5 + secrets.randbelow(26))]
        sequencer.advance(
            self.log, at=NOW + (len(self.days) + 1) * dt.timedelta(days=1), padded=True
        )
        day.log = {
            path.relative_to(self.log.folder.path).as_posix(): path.read_bytes()
            for path in self.log.folder.path.rglob("*")
            if path.is_file()
        }
        self.days.append(day)
        return day

    def beat(self) -> None:
        """As the terminal's own loop does it: formed ahead, sent at the minute."""
        bundle = self.exchange.formed()
        self.clock.sleep_until(MINUTE * (self.clock.monotonic() // MINUTE + 1))
        self.exchange.beat(bundle)

    def publish(self) -> None:
        at = NOW + (len(self.days) + 1) * dt.timedelta(days=1)
        sequencer.advance(self.log, at=at, padded=True)

    def write(self) -> bytes:
        """Somebody writes at the terminal. Returns the leaf hash of the slip."""
        body = posted(self.recipients)
        leaf_ = leaf_hash(parse_filing(body).leaf.encode())
        mark = self.key.seal_mark(APPEAL, leaf_hash=leaf_)
        self.delivery.keep(Item.of_filing(leaf_, FilingObject(mark, body).to_bytes(), "promise"))
        return leaf_

    def learn(self) -> None:
        """The terminal reads all that has come down so far."""
        for _ in range(10):
            self.exchange.once()


def enrolled(terminal: Terminal, ceremony: Ceremony) -> Device:
    return Device(
        SignerKey(DEVICE_PREFIX + str(terminal.device.pk), NOTE, terminal.seed), root=ceremony.root
    )


def prison(
    device: Device,
    folder: Path,
    *,
    clock: Clock,
    log: Log,
    key: IngestKey,
    recipients: RecipientSet,
) -> Prison:
    spool = Spool(folder)
    knowledge = Knowledge(spool, device, demo=False)
    delivery = Delivery(spool, lambda: knowledge.trust, is_urgent=lambda _set_id: False)
    rack = Rack(clock)
    exchange = Exchange(
        Line(cast(Client, rack), device),
        Chain(folder / "chain", device),
        delivery,
        knowledge,
        health=Health(spool, knowledge, build="7", today=NOW.date),
        today=NOW.date,
    )
    channel.tell(at=NOW)
    made = Prison(clock, rack, exchange, delivery, log, key, recipients)
    made.learn()
    return made


def _of_another_prison() -> bytes:
    """An appeal or a cover of some other place: for this prison only a leaf."""
    text = leaf("event", commitment(secrets.token_bytes(32), secrets.token_bytes(32))).decode()
    journal.add_device_leaf(text=text)
    return leaf_hash(text.encode())
