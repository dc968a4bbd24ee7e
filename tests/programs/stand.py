"""What a terminal meets in the tests: a small real gateway with a real log, and bodies that sign."""

import base64
import datetime as dt
import json
import secrets
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree
from typing import Any, cast

import pyrage

from arasha.engines.notes import NOTE, SignerKey, b64, filing_code, sign
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
from arasha.worlds.ceremony import Ceremony

LOG = SignerKey("arasha.example/log", NOTE, bytes([1] * 32))
ACK = SignerKey("arasha.example/gateway", NOTE, bytes([2] * 32))
INGEST = IngestSecret(bytes([7] * 32))  # opens what the terminals of all tests send
INGEST_KEY = INGEST.public(from_day=dt.date(2026, 1, 1), until_day=dt.date(2099, 1, 1))
BEGUN_AT = dt.datetime(2026, 3, 1, 7, 0, tzinfo=dt.UTC)  # a day before the tests' noon: fresh
IDENTITIES = [pyrage.x25519.Identity.generate() for _ in range(3)]
DEVICE = keyfile.new_device(key="5a0c8f9e-3f0c-4d57-9f3e-0b8d5c6f7a10", seed=bytes([3] * 32))
DAY = dt.date(2026, 3, 2)
# JSON that many programs die of.
STRANGE = {"bottomless": "[" * 100_000, "unpaired": '{"ack": "\\ud800"}'}
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
    """The gateway's memory. `mood` changes how it answers."""

    trust: Ceremony = field(default_factory=copied_repository)
    commanders: list[str] = field(default_factory=lambda: ["administration-1"])
    authority: str = ""
    mood: str = "well"
    filed: list[bytes] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    _nodes: Nodes = field(default_factory=Nodes)
    _leaves: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.offer(recipients())

    def offer(self, which: RecipientSet, *, at: dt.datetime | None = None) -> None:
        """Let a body sign a set, and stamp it."""
        self.trust.publish(which)
        self.trust.freshen(at or BEGUN_AT)

    def about_sets(self) -> list[dict[str, Any]]:
        """The gateway knows one body by name; the others have the name of the pack."""
        body = "ombudsperson"
        return [{"set": f"{body}-1", "body": body, "kind": body, "name": NAME}]

    def publish(self) -> None:
        """Publish an epoch: what was filed so far gets into the log."""
        fresh = sorted({hash_of(posted) for posted in self.filed} - set(self._leaves))
        append(self._nodes, len(self._leaves), fresh)
        self._leaves += fresh

    def checkpoint(self) -> str:
        size = len(self._leaves)
        return str(sign(str(Checkpoint(LOG.name, size, root(self._nodes, size))), [LOG]))

    def acknowledge(self, posted: bytes) -> str:
        signer = SignerKey(ACK.name, NOTE, bytes(32)) if self.mood == "forging" else ACK
        leaf64 = b64.encode(bytes(32) if self.mood == "confused" else hash_of(posted))
        return str(sign(f"arasha/ack/v1\n{leaf64}\n2026-03-02T10:11:12Z\n", [signer]))

    def proof(self, code: str) -> str | None:
        if self.mood == "swapping" and self._leaves:
            code = filing_code(self._leaves[0])
        found = [place for place, each in enumerate(self._leaves) if filing_code(each) == code]
        if not found:
            return None
        size = len(self._leaves)
        checkpoint = sign(str(Checkpoint(LOG.name, size, root(self._nodes, size))), [LOG])
        hashes = inclusion_proof(self._nodes, found[0], size)
        return str(make_proof(self._leaves[found[0]], found[0], hashes, checkpoint))


class Stand(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, world: World) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.world = world
        self.is_over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def gateway(world: World) -> Iterator[Stand]:
    server = Stand(world)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.is_over.set()
    server.shutdown()
    server.server_close()


class _Door(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        world = cast(Stand, self.server).world
        if self.path == "/v1/sets" and self._is_signed(b""):
            content = {"commanders": world.commanders, "sets": world.about_sets()}
            place: dict[str, Any] = {
                "code": "samal-1",
                "name": {"kk": "№ 1", "ru": "№ 1", "en": "No. 1"},
            }
            place["authority"] = world.authority
            self._answer(200, json.dumps({"place": place} | content))
        elif self.path.startswith("/v1/trust/") and (
            file := world.trust.folder.fetch(self.path.removeprefix("/v1/trust/"))
        ):
            self._answer(200, file.decode())
        elif self.path.startswith("/v1/proofs/") and (proof := world.proof(self.path[-24:])):
            self._answer(200, proof)
        elif self.path == "/log/checkpoint":
            self._answer(200, world.checkpoint())
        else:
            self._answer(404, '{"problem": "not_yet"}')

    def do_POST(self) -> None:
        world = cast(Stand, self.server).world
        body = self.rfile.read(int(self.headers["Content-Length"]))
        world.requests.append(body)
        if world.mood == "silent":
            cast(Stand, self.server).is_over.wait(20)
            return
        if world.mood == "full":
            self._answer(507, '{"problem": "disk_full"}')
            return
        if world.mood in STRANGE:
            self._answer(202, STRANGE[world.mood])
            return
        if not self._is_signed(body):
            self._answer(403, '{"problem": "unknown_device"}')
            return
        parse_filing(body)
        if body not in world.filed:
            world.filed.append(body)
        self._answer(202, json.dumps({"ack": world.acknowledge(body)}))

    def _is_signed(self, body: bytes) -> bool:
        world = cast(Stand, self.server).world
        message = f"arasha request v1\n{self.command} {self.path}\n{sha256(body).hexdigest()}"
        signature = base64.b64decode(self.headers["Arasha-Signature"])
        is_known = self.headers["Arasha-Device"] == DEVICE.key and world.mood != "forgetful"
        return is_known and DEVICE.signer.verifier.verifies(signature, message.encode())

    def _answer(self, status: int, content: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content.encode())))
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass
