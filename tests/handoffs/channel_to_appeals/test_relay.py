"""A relay before the real gateway: an appeal passes through it, on the line and on a stick, once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client as Door

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.channel.services import close_days
from arasha.engines.channel.bundle import parse_bundle
from arasha.engines.channel.down import Became, parse_answer
from arasha.engines.channel.up import Piece
from arasha.engines.sealing import RecipientSet
from arasha.handoffs.channel_to_appeals.carrying import carry
from arasha.programs.relay.carrying import carry_in, carry_out
from arasha.programs.relay.forwarding import Forwarding
from arasha.programs.relay.house import Relay, open_relay
from arasha.wire.client import MOST_BYTES, Answer, Client
from arasha.wire.ingest import IngestKey
from tests.gateway.conftest import door as door
from tests.line import Line, Thing, batches, filing
from tests.walk import DAY, NOW, Terminal, posted

MONITOR = Actor.user("monitor")


class ToDoor(Client):
    """The same requests, handed to the gateway without a socket: its tests share one transaction."""

    def __init__(self, door: Door) -> None:
        super().__init__("http://gateway")
        self._door = door

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        most_bytes: int = MOST_BYTES,
    ) -> Answer:
        asked = urlsplit(path)
        response = self._door.generic(
            method,
            asked.path,
            body,
            content_type="application/octet-stream",
            query_params={"page": asked.query.removeprefix("page=")} if asked.query else None,
        )
        return Answer(response.status_code, response.content)


@dataclass
class Prison:
    """One terminal at one relay."""

    line: Line
    relay: Relay
    forwarding: Forwarding

    def speak(self, pieces: list[Piece] | None = None, asking: Thing | None = None) -> None:
        looks = [asking.look] if asking else []
        self.relay.rack.keep(parse_bundle(self.line.bundle(pieces=pieces or [], looks=looks)))

    def became(self) -> Became:
        newest = self.relay.rack.newest_answer(self.line.terminal.device.pk) or b""
        (state,) = self.line.read(parse_answer(newest))
        return state.became


@pytest.fixture
def prison(
    terminal: Terminal,
    ingest_key: IngestKey,
    settings: Any,
    tmp_path: Path,
    door: Door,
) -> Prison:
    settings.ARASHA_LOG_DIR = tmp_path / "log"
    relay = open_relay(tmp_path / "relay", demo=False)
    line = Forwarding(relay, ToDoor(door), jitter=lambda: 0.0)
    return Prison(Line(terminal, ingest_key), relay, line)


def test_an_appeal_passes_through_the_relay_once(prison: Prison, recipients: RecipientSet) -> None:
    letter = filing(posted(recipients), prison.line.key)
    for some in batches(letter.pieces()):
        prison.speak(some)
    prison.speak(asking=letter)
    while prison.forwarding.once() and prison.relay.rack.counts()[0]:
        pass

    assert Appeal.objects.count() == 1
    assert prison.became() is Became.KEPT
    assert prison.relay.rack.counts() == (0, 0)


def test_the_same_through_a_stick_and_the_line_is_one_appeal(
    prison: Prison, recipients: RecipientSet, tmp_path: Path
) -> None:
    letter = filing(posted(recipients), prison.line.key)
    stick = tmp_path / "stick"
    stick.mkdir()
    for some in batches(letter.pieces()):
        prison.speak(some)
    prison.speak(asking=letter)
    carry_out(prison.relay, stick, token="")
    prison.forwarding.once()
    carry(stick=stick, out=stick, by=MONITOR, at=NOW)
    carried = carry_in(prison.relay, stick)

    assert (carried.forged, carried.spoilt) == (0, 0)
    assert prison.relay.rack.counts() == (0, 0)
    assert Appeal.objects.count() == 1
    assert prison.became() is Became.KEPT


def test_a_refused_terminal_leaves_nothing_behind(prison: Prison) -> None:
    prison.line.terminal.device.revoked_at = NOW
    prison.line.terminal.device.save()
    prison.speak()
    prison.forwarding.once()

    assert prison.relay.rack.counts() == (0, 0)
    assert prison.forwarding.counted.refused == 1


def test_the_gateway_tells_the_day_in_the_form_that_the_relay_reads(prison: Prison) -> None:
    prison.speak()
    prison.forwarding.once()
    (day,) = prison.relay.receipts.days()
    tomorrow = dt.datetime.combine(day.day, dt.time(12), dt.UTC) + DAY
    close_days(at=tomorrow)
    path = f"/v1/deliveries/{day.terminal}/{day.chain}/{day.day.isoformat()}"
    told = prison.forwarding.client.ask("GET", path)

    assert told.status == 200
    assert not prison.relay.prove(told.body)  # its proof is published with the next epoch
