"""The terminal's own program at the real gateway, bundle by bundle: only the wire between them is missing."""

import datetime as dt
import json
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client as Door

from arasha.actors import WORLD
from arasha.appeals.models import Appeal, Attachment
from arasha.channel import tick
from arasha.channel.models import Alarm
from arasha.channel.models import Chain as Noted
from arasha.channel.models import Health as Said
from arasha.engines.sealing import RecipientSet
from arasha.journal.models import Leaf
from arasha.wire.ingest import IngestKey
from arasha.wire.keyfile import new_device
from arasha.wire.serving import Request
from arasha.worlds.ceremony import Ceremony
from arasha.worlds.sealing import sealed
from tests.gateway.conftest import door as door
from tests.handoffs.channel_to_appeals.joined import Machine, Wire, gateway
from tests.line import hash_of
from tests.walk import ACK, LONG_AGO, NOW, Terminal, posted


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
    key = new_device(key=str(terminal.device.pk), seed=terminal.seed)
    device = key.trusting(root=ceremony.root).in_chain(1)
    made = Machine(tmp_path / "spool", device, Wire(gateway(door)), lambda: NOW)
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
