"""The terminal's own program at the real gateway, bundle by bundle: only the wire between them is missing."""

import datetime as dt
import json
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import pytest
from django.test import Client as Door

from arasha.actors import WORLD
from arasha.appeals.models import Appeal, Attachment
from arasha.channel import tick
from arasha.channel.models import Alarm
from arasha.channel.models import Chain as Noted
from arasha.channel.models import Health as Said
from arasha.country import country
from arasha.engines.sealing import RecipientSet
from arasha.journal.models import Leaf
from arasha.programs.terminal.chain import Chain
from arasha.programs.terminal.delivery import Delivery
from arasha.programs.terminal.exchange import Exchange, Line
from arasha.programs.terminal.health import Health
from arasha.programs.terminal.kiosk import Kiosk
from arasha.programs.terminal.knowledge import Knowledge
from arasha.wire.client import Answer, Client
from arasha.wire.ingest import IngestKey
from arasha.wire.keyfile import new_device
from arasha.wire.serving import Request
from arasha.wire.spool import Spool
from arasha.worlds.ceremony import Ceremony
from arasha.worlds.sealing import sealed
from tests.gateway.conftest import door as door
from tests.line import hash_of
from tests.walk import ACK, LONG_AGO, NOW, Terminal, posted

LOG_KEY = "log/vkey"


class Wire:
    """Hands requests to the gateway's own door, as HTTP would."""

    def __init__(self, door: Door) -> None:
        self.door = door

    def ask(self, method: str, path: str, *, body: bytes = b"", **_more: Any) -> Answer:
        answer = self.door.generic(method, path, body, "application/octet-stream")
        return Answer(answer.status_code, answer.content)


class Machine:
    def __init__(self, folder: Path, door: Door, terminal: Terminal, root: bytes) -> None:
        made = new_device(key=str(terminal.device.pk), seed=terminal.seed).trusting(root=root)
        device, spool = made.in_chain(1), Spool(folder)
        self.knowledge = Knowledge(spool, device, demo=False)
        self.delivery = Delivery(spool, lambda: self.knowledge.trust, is_urgent=lambda _set: False)
        self.kiosk = Kiosk(
            device=device,
            pack=country(),
            delivery=self.delivery,
            knowledge=self.knowledge,
            public_url="https://public.example/",
            clock=lambda: NOW,
        )
        self.exchange = Exchange(
            Line(cast(Client, Wire(door)), device),
            Chain(folder / "chain", device),
            self.delivery,
            self.knowledge,
            health=Health(spool, self.knowledge, build="7", today=self.kiosk.today),
            today=self.kiosk.today,
        )

    def beat(self, times: int) -> None:
        for _ in range(times):
            self.exchange.once()


@pytest.fixture
def machine(
    door: Door,
    terminal: Terminal,
    ingest_key: IngestKey,
    recipients: RecipientSet,
    ceremony: Ceremony,
    tmp_path: Path,
) -> Machine:
    ceremony.add("ingest/gateway.json", json.dumps({"ack": str(ACK.verifier)}).encode())
    ceremony.add_ingest_keys([ingest_key])
    ceremony.bring(by=WORLD, at=LONG_AGO + dt.timedelta(days=1))
    tick.tell(at=NOW)
    made = Machine(tmp_path / "spool", door, terminal, ceremony.root)
    made.beat(4)
    return made


def test_a_terminal_learns_all_it_needs_from_the_stream(machine: Machine) -> None:
    offered = json.loads(machine.kiosk.bodies(Request("GET", "", {}, b"")).body)["bodies"]

    assert [each["set"] for each in offered] == ["ombudsperson-1"]
    assert Noted.objects.get().window["runs"][0][0] == 1
    assert Said.objects.get().said["build"] == "7"


def test_a_letter_its_file_and_a_cover_arrive_once(
    machine: Machine, recipients: RecipientSet
) -> None:
    letter, other = posted(recipients), posted(recipients)
    photo = sealed(b"\x89PNG" * 40_000, to=recipients.keys)
    machine.kiosk.appeal(Request("POST", "", {}, letter))
    machine.kiosk.attach(
        Request("POST", "", {}, photo), hash_of(letter).hex(), sha256(photo).hexdigest()
    )
    machine.kiosk.cover(Request("POST", "", {}, other))
    machine.beat(8)

    assert bytes(Appeal.objects.get().leaf_hash) == hash_of(letter)
    assert Attachment.objects.get().sha256 == sha256(photo).hexdigest()
    assert Leaf.objects.filter(hash=hash_of(other)).count() == 1
    told = [machine.delivery.status(hash_of(each)) or {} for each in (letter, other)]
    assert told[0]["attachments"] == {sha256(photo).hexdigest(): "arrived"}
    assert told[0]["state"] == told[1]["state"] != "kept"
    assert not Alarm.objects.exists()
