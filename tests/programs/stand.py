"""What a terminal meets in the tests: a small real gateway with a real log, and bodies that sign."""

import datetime as dt
import json
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any

import pyrage

from arasha.engines.channel.bundle import Bundle
from arasha.engines.channel.directory import build_directory
from arasha.engines.channel.errors import ForgedError
from arasha.engines.channel.pages import Kind, Record
from arasha.engines.notes import NOTE, SignerKey, b64, sign
from arasha.engines.sealing.age import randomness_bytes, seal
from arasha.engines.sealing.card import Card, pack_card, title_of
from arasha.engines.sealing.envelope import record_digest, split
from arasha.engines.sealing.filing import Filing, build_filing, parse_filing
from arasha.engines.sealing.payload import Appeal, Attachment, pack_payload
from arasha.engines.sealing.recipient_set import Member, RecipientSet, Role
from arasha.engines.translog import (
    Checkpoint,
    append,
    commitment,
    inclusion_proof,
    leaf,
    leaf_hash,
    make_proof,
    root,
)
from arasha.wire import keyfile
from arasha.wire.ingest import IngestSecret
from arasha.wire.keyfile import Device
from arasha.wire.trust.folder import TrustFolder
from arasha.wire.trust.names import STAMP, is_served
from arasha.worlds.ceremony import Ceremony
from tests.programs.gateway import Inbox, Stand, answer_to, in_pages, serving

LOG = SignerKey("arasha.example/log", NOTE, bytes([1] * 32))
ACK = SignerKey("arasha.example/gateway", NOTE, bytes([2] * 32))
INGEST = IngestSecret(bytes([7] * 32))  # opens what the terminals of all tests send
INGEST_KEY = INGEST.public(from_day=dt.date(2026, 1, 1), until_day=dt.date(2099, 1, 1))
BEGUN_AT = dt.datetime(2026, 3, 1, 7, 0, tzinfo=dt.UTC)  # a day before the tests' noon: fresh
IDENTITIES = [pyrage.x25519.Identity.generate() for _ in range(3)]
DEVICE = keyfile.new_device(key="5a0c8f9e-3f0c-4d57-9f3e-0b8d5c6f7a10", seed=bytes([3] * 32))
DAY = dt.date(2026, 3, 2)
NAME = {"kk": "Омбудсмен", "ru": "Омбудсмен", "en": "Ombudsperson"}


def recipients(
    *,
    body: str = "ombudsperson",
    version: int = 1,
    until: dt.date = dt.date(2099, 1, 1),
    first: str = "Айгерім Серікова",
) -> RecipientSet:
    keys = [str(identity.to_public()) for identity in IDENTITIES]
    members = (
        Member(Role.OFFICER, keys[0], first, body),
        Member(Role.OFFICER, keys[1], "Бауыржан Омаров", body),
        Member(Role.OFFICE, keys[2], "Кеңсе кілті"),
    )
    return RecipientSet(f"{body}-{version}", body, version, dt.date(2026, 1, 1), until, members)


@cache
def repository() -> Ceremony:
    """The root of trust that the devices of all tests pin; each world works on a copy."""
    made = Ceremony.begin(Path(tempfile.mkdtemp(prefix="arasha-trust-")), at=BEGUN_AT, demo=False)
    made.add("log/vkey", f"{LOG.verifier}\n".encode())
    made.add("ingest/gateway.json", json.dumps({"ack": str(ACK.verifier)}).encode())
    made.add_ingest_keys([INGEST_KEY])
    made.trust_body("ombudsperson")
    made.freshen(BEGUN_AT)
    return made


def copied_repository() -> Ceremony:
    first = repository()
    folder = Path(tempfile.mkdtemp(prefix="arasha-trust-")) / "copy"
    copytree(first.folder.path, folder)
    return replace(first, folder=TrustFolder(folder), bodies=dict(first.bodies))


def trusting(device: Device = DEVICE) -> Device:
    return device.trusting(root=repository().root)


def sealed_filing(
    text: str = "marker words",
    *,
    to: RecipientSet | None = None,
    attachments: tuple[Attachment, ...] = (),
    place: str = "",
    topic: str = "",
) -> bytes:
    """Return what a terminal posts, sealed in Python as a terminal's page seals it."""
    to = to or recipients()
    salt = secrets.token_bytes(32)
    appeal = Appeal(salt, "kk", DAY, text, place=place, attachments=attachments)
    envelope = sealed(pack_payload(appeal), to=to)
    digest = record_digest(*split(envelope))
    card = sealed(pack_card(Card(digest, title_of(text), "kk", topic, place)), to=to)
    entry = leaf("event", commitment(salt, digest))
    return build_filing(Filing(to.set_id, entry.decode(), envelope, card))


def sealed(plaintext: bytes, *, to: RecipientSet) -> bytes:
    randomness = secrets.token_bytes(randomness_bytes(len(to.keys)))
    return seal(plaintext, recipients=to.keys, randomness=randomness)


def hash_of(posted: bytes) -> bytes:
    return leaf_hash(parse_filing(posted).leaf.encode())


class Nodes(dict[tuple[int, int], bytes]):
    def put(self, level: int, index: int, node: bytes) -> None:
        self[level, index] = node

    def get(self, level: int, index: int) -> bytes:  # type: ignore[override]
        return self[level, index]


@dataclass
class World:
    """The gateway's memory, its log, and what it sends to everybody. `mood` changes how it answers."""

    trust: Ceremony = field(default_factory=copied_repository)
    commanders: list[str] = field(default_factory=lambda: ["administration-1"])
    authority: str = ""
    mood: str = "well"
    inbox: Inbox = field(default_factory=lambda: Inbox(INGEST))
    requests: list[bytes] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    _nodes: Nodes = field(default_factory=Nodes)
    _leaves: list[bytes] = field(default_factory=list)
    _told: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        self.offer(recipients())

    @property
    def filed(self) -> list[bytes]:
        """The appeals that arrived, as the terminal's page sealed them."""
        return self.inbox.filed

    @property
    def signer(self) -> SignerKey:
        return ACK

    def is_ours(self, bundle: Bundle) -> bool:
        try:
            bundle.check(DEVICE.signer.verifier.public)
        except ForgedError:
            return False
        return str(bundle.head.terminal) == DEVICE.key

    def offer(self, which: RecipientSet, *, at: dt.datetime | None = None) -> None:
        """Let a body sign a set, and stamp it."""
        self.trust.publish(which)
        self.trust.freshen(at or BEGUN_AT)

    def directory(self) -> dict[str, Any]:
        """The gateway knows one body by name; the others have the name of the pack."""
        body = "ombudsperson"
        place = {
            "name": {"kk": "№ 1", "ru": "№ 1", "en": "No. 1"},
            "authority": self.authority,
            "commanders": list(self.commanders),
        }
        return {
            "v": 1,
            "places": {"samal-1": place},
            "devices": {DEVICE.key: "samal-1"},
            "bodies": [{"body": body, "kind": body, "name": NAME}],
        }

    def page(self, number: int) -> bytes:
        self.broadcast()
        return in_pages(self.records, number)

    def broadcast(self) -> None:
        """Put into the stream what is new: files of the root of trust, the directory."""
        for name in self._trust_files():
            self.send(Kind.TRUST, bytes([len(name)]) + name.encode() + self._file(name))
        content = self.directory()
        if content != self._told:
            self._told = content
            said = {"said": len(self.records)}
            self.send(Kind.DIRECTORY, build_directory(content | said, ACK))

    def send(self, kind: Kind, body: bytes) -> None:
        """Put a record into the stream, once."""
        record = Record(kind, body)
        if record not in self.records:
            self.records.append(record)

    def publish(self) -> None:
        """Publish an epoch: what was filed so far gets into the log."""
        filings = [*self.inbox.filed, *self.inbox.covers]
        fresh = sorted({hash_of(posted) for posted in filings} - set(self._leaves))
        append(self._nodes, len(self._leaves), fresh)
        self._leaves += fresh

    def checkpoint(self) -> str:
        size = len(self._leaves)
        return str(sign(str(Checkpoint(LOG.name, size, root(self._nodes, size))), [LOG]))

    def acknowledgement(self, leaf: bytes) -> bytes:
        signer = SignerKey(ACK.name, NOTE, bytes(32)) if self.mood == "forging" else ACK
        leaf64 = b64.encode(bytes(32) if self.mood == "confused" else leaf)
        text = f"arasha/ack/v1\n{leaf64}\n2026-03-02T10:11:12Z\n"
        return str(sign(text, [signer])).encode()

    def proof_of(self, leaf: bytes) -> bytes | None:
        if leaf not in self._leaves:
            return None
        place = 0 if self.mood == "swapping" else self._leaves.index(leaf)
        size = len(self._leaves)
        checkpoint = sign(str(Checkpoint(LOG.name, size, root(self._nodes, size))), [LOG])
        hashes = inclusion_proof(self._nodes, place, size)
        return str(make_proof(self._leaves[place], place, hashes, checkpoint)).encode()

    def _trust_files(self) -> list[str]:
        """In an order in which they can be followed: roots first, the stamp last."""
        top = self.trust.folder.path
        found = [path.relative_to(top).as_posix() for path in top.rglob("*.*") if path.is_file()]
        served = [name for name in found if is_served(name)]
        return sorted(served, key=lambda name: (name == STAMP, ".root.json" not in name, name))

    def _file(self, name: str) -> bytes:
        return self.trust.folder.fetch(name) or b""


@contextmanager
def gateway(world: World, port: int = 0) -> Iterator[Stand]:
    with serving(Stand(world, port)) as server:
        yield server


def answer_of(world: World, bundle: bytes) -> bytes:
    """What the gateway would answer now."""
    return answer_to(world, bundle)
