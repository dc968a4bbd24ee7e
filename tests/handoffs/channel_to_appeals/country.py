"""How everything stands before anybody writes: terminals and relay know whom to believe."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client as Door

from arasha.actors import WORLD, Actor
from arasha.channel import tick
from arasha.engines.sealing import RecipientSet
from arasha.places import services as places
from arasha.places.models import Place
from arasha.programs.relay.house import pin
from arasha.wire.ingest import IngestKey
from arasha.wire.keyfile import Device, new_device
from arasha.worlds.ceremony import Ceremony
from arasha.worlds.sealing import sealed
from tests.handoffs.channel_to_appeals.joined import Machine, Rack, Wire, gateway
from tests.journal.reading import SIGNER
from tests.line import hash_of
from tests.walk import ACK, DAY, LONG_AGO, NOW, posted

TERMINALS = 2


@dataclass(frozen=True)
class Written:
    """What somebody wrote, as a page sealed it before the machine starts: sealing is slow."""

    posted: bytes
    is_cover: bool = False
    files: tuple[bytes, ...] = ()

    @property
    def leaf(self) -> bytes:
        return hash_of(self.posted)


@dataclass(frozen=True)
class Country:
    """The disks of everybody, to be copied, and what will be written at each terminal."""

    folder: Path
    devices: list[Device]
    letters: list[list[Written]]
    door: Door
    settings: Any


@pytest.fixture
def country(
    door: Door,
    place: Place,
    ingest_key: IngestKey,
    recipients: RecipientSet,
    ceremony: Ceremony,
    settings: Any,
    tmp_path: Path,
) -> Country:
    """Everybody has learned from the stream; nobody has written."""
    devices = [_enrolled(place, ceremony) for _ in range(TERMINALS)]
    ceremony.add("log/vkey", f"{SIGNER.verifier}\n".encode())
    ceremony.add("ingest/gateway.json", json.dumps({"ack": str(ACK.verifier)}).encode())
    ceremony.add_ingest_keys([ingest_key])
    ceremony.bring(by=WORLD, at=LONG_AGO + DAY)
    tick.tell(at=NOW)
    folder = tmp_path / "country"
    pin(folder / "relay", ceremony.root)
    rack = Rack(folder / "relay", Wire(gateway(door)), lambda: NOW)
    for number, device in enumerate(devices):
        machine = Machine(folder / str(number), device, Wire(gateway(door)), lambda: NOW)
        machine.beat()
    while rack.line.once():
        pass
    letters = [_letters(recipients) for _ in devices]
    return Country(folder, devices, letters, door, settings)


def _letters(recipients: RecipientSet) -> list[Written]:
    files = [sealed(secrets.token_bytes(size), to=recipients.keys) for size in (9_000, 90_000)]
    return [
        Written(posted(recipients)),
        Written(posted(recipients), is_cover=True),
        Written(posted(recipients, "word " * 9_000), files=tuple(files)),
        # Six bundles: some of its pieces may be sent again after it is filed, and the others never.
        Written(posted(recipients, "word " * 14_000)),
        Written(posted(recipients), is_cover=True, files=tuple(files[:1])),
    ]


def _enrolled(place: Place, ceremony: Ceremony) -> Device:
    seed = secrets.token_bytes(32)
    key = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    by = Actor.user("0b6f3c1e-0000-4000-8000-000000000001")
    offer = places.offer_device(place=place, kind="terminal", public_key=key, by=by, at=LONG_AGO)
    row = places.enrol_device(offer=offer, by=WORLD, at=LONG_AGO)
    return new_device(key=str(row.pk), seed=seed).trusting(root=ceremony.root).in_chain(1)
