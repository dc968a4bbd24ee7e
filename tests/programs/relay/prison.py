"""A terminal, and a small gateway of the engines' own forms: what stands on both sides of a relay."""

import datetime as dt
import json
import secrets
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from threading import Lock
from typing import ClassVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from arasha.engines.channel.bundle import NONE_BEFORE, Bundle, Head, parse_bundle
from arasha.engines.channel.delivery import LEAF_KIND, Delivery, ProvedDelivery
from arasha.engines.channel.down import (
    ANSWER_BYTES,
    NONCE_BYTES,
    Became,
    Receipt,
    State,
    build_answer,
    parse_answer,
)
from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.pages import PAGE_BYTES, Kind, Record
from arasha.engines.channel.stick import Head as StickHead
from arasha.engines.channel.stick import Kind as StickKind
from arasha.engines.channel.stick import Way, answer_records, delivery_record, page_record
from arasha.engines.channel.up import Look, Said
from arasha.engines.notes import NOTE, SignerKey, sign
from arasha.engines.translog import (
    Checkpoint,
    append,
    inclusion_proof,
    leaf,
    leaf_hash,
    make_proof,
    root,
)
from arasha.wire.client import Answer as Answered
from arasha.wire.client import Client
from arasha.wire.serving import Answer, Refusal, Request, Server
from arasha.wire.stick import files_on, write_files
from arasha.wire.trust import first, follow
from tests.programs import stand

DAY = stand.DAY
LOOK = Look(bytes(32), bytes(range(32)))
ROOT = stand.repository().root


@dataclass
class Terminal:
    """Makes bundles of a chain and reads the answers to them."""

    key: uuid.UUID = field(default_factory=uuid.uuid4)
    signer: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    seq: int = 0
    before: bytes = NONE_BEFORE
    answer_keys: dict[int, bytes] = field(default_factory=dict)

    def bundle(self) -> bytes:
        """The next one of the chain."""
        self.seq += 1
        key = self.answer_keys[self.seq] = secrets.token_bytes(32)
        head = Head(self.key, 1, self.seq, self.before, stand.INGEST_KEY.key_id)
        made = stand.INGEST_KEY.seal(head, Said(key, looks=(LOOK,)), sign=self.signer.sign)
        self.before = made.sha256()
        return made.to_bytes()

    def send(self, client: Client, bundle: bytes, *, page: int = 0) -> Answered:
        return client.ask("POST", f"/v1/bundles?page={page}", body=bundle)

    def read(self, body: bytes) -> tuple[int, list[State]] | None:
        """To which bundle it answers and what it says; None if it is noise."""
        try:
            answer = parse_answer(body[:ANSWER_BYTES])
            answer.check(stand.ACK.verifier.public)
            return answer.receipt.seq, answer.open(self.answer_keys[answer.receipt.seq])
        except ChannelError:
            return None


@cache
def trust_records() -> tuple[Record, ...]:
    """The root of trust in the order in which a follower takes it, the stamp at the end."""
    made = stand.copied_repository()
    made.add("log/policy", f"log {stand.LOG.verifier}\nquorum none\n".encode())
    made.freshen(stand.BEGUN_AT)
    files = {"1.root.json": made.root}

    def fetch(name: str) -> bytes | None:
        content = made.folder.fetch(name)
        if content is not None:
            files[name] = content
        return content

    assert not follow(first(made.root, demo=False), fetch, demo=False).refused
    files["timestamp.json"] = files.pop("timestamp.json")
    return tuple(
        Record(Kind.TRUST, bytes([len(name)]) + name.encode() + content)
        for name, content in files.items()
    )


@dataclass
class Gateway:
    """Takes bundles of known terminals, once each. `mood` changes how it answers."""

    known: dict[uuid.UUID, Ed25519PrivateKey] = field(default_factory=dict)
    day: dt.date = DAY
    mood: str = "well"
    had: Counter[tuple[uuid.UUID, int, bytes]] = field(default_factory=Counter)
    days: dict[tuple[uuid.UUID, dt.date], list[Bundle]] = field(default_factory=dict)
    records: list[Record] = field(default_factory=lambda: list(trust_records()))
    host: str = "127.0.0.1"
    most_bytes: int = 100_000
    headers: ClassVar[Mapping[str, str]] = {}
    _nodes: stand.Nodes = field(default_factory=stand.Nodes)
    _leaves: list[bytes] = field(default_factory=list)
    _turn: Lock = field(default_factory=Lock)

    def terminal(self) -> Terminal:
        """A new one that is enrolled here."""
        made = Terminal()
        self.known[made.key] = made.signer
        return made

    def receive(self, posted: bytes) -> bytes:
        """Raises Refusal."""
        bundle = parse_bundle(posted)
        head = bundle.head
        if head.terminal not in self.known:
            raise Refusal(HTTPStatus.FORBIDDEN, "unknown_terminal")
        bundle.check(self.known[head.terminal].public_key().public_bytes_raw())
        with self._turn:
            self.had[head.terminal, head.seq, bundle.sha256()] += 1
            if self.had[head.terminal, head.seq, bundle.sha256()] == 1:
                self.days.setdefault((head.terminal, self.day), []).append(bundle)
        signer = ACK if self.mood != "forging" else SignerKey("other", NOTE, bytes(32))
        return build_answer(
            Receipt.of(bundle, day=self.day),
            [State(LOOK.object, Became.KEPT, str(head.seq).encode())],
            answer_key=stand.INGEST.open(bundle).answer_key,
            nonce=secrets.token_bytes(NONCE_BYTES),
            sign=signer.sign,
        ).to_bytes()

    def page(self, number: int) -> bytes:
        stream = b"".join(each.to_bytes() for each in self.records)
        start = number * PAGE_BYTES
        return stream[start : start + PAGE_BYTES].ljust(PAGE_BYTES, b"\0")

    def close_day(self, *, less: int = 0) -> None:
        """Publish the leaves of the day, and begin the next. `less`: how many it leaves out."""
        over = [key for key in self.days if key[1] == self.day]
        leaves = [self._leaf(self._delivery(*key, less=less)) for key in over]
        append(self._nodes, len(self._leaves), leaves)
        self._leaves += leaves
        self.day += dt.timedelta(days=1)

    def delivery(self, terminal: uuid.UUID, day: dt.date, *, less: int = 0) -> bytes | None:
        if (terminal, day) not in self.days or day >= self.day:
            return None
        said = self._delivery(terminal, day, less=less)
        if (hashed := self._leaf(said)) not in self._leaves:
            return None
        place, size = self._leaves.index(hashed), len(self._leaves)
        stated = Checkpoint(stand.LOG.name, size, root(self._nodes, size))
        note = sign(str(stated), [stand.LOG])
        proof = make_proof(hashed, place, inclusion_proof(self._nodes, place, size), note)
        return ProvedDelivery(said, hashed, str(proof)).to_json()

    def _delivery(self, terminal: uuid.UUID, day: dt.date, *, less: int) -> Delivery:
        came = sorted(self.days[terminal, day], key=lambda each: each.head.seq)
        came = came[: len(came) - less]
        ends = came[0].head.seq, came[-1].head.seq
        return Delivery(terminal, 1, day, len(came), *ends, came[-1].sha256())

    @staticmethod
    def _leaf(said: Delivery) -> bytes:
        return leaf_hash(leaf(LEAF_KIND, said.commitment()))

    def answer(self, request: Request, *, port: int) -> Answer:
        if self.mood in MOODS:
            return MOODS[self.mood]
        path, content = request.path, None
        if path == "/v1/bundles":
            number = int(request.query.removeprefix("page="))
            content = self.receive(request.body) + self.page(number)
        elif path.startswith("/v1/broadcast/"):
            content = self.page(int(path.rpartition("/")[2]))
        elif path.startswith("/v1/deliveries/"):
            _, _, _, terminal, _chain, day = path.split("/")
            content = self.delivery(uuid.UUID(terminal), dt.date.fromisoformat(day))
        if content is None:
            raise Refusal(HTTPStatus.NOT_FOUND, "not_yet")
        if self.mood == "losing answers" and path == "/v1/bundles":
            return MOODS["out of order"]
        return Answer(content, "application/octet-stream")

    def refused(self, refusal: Refusal) -> Answer:
        said = json.dumps({"problem": refusal.code}).encode()
        return Answer(said, "application/json", refusal.status)

    def import_stick(self, stick_in: object, stick_out: object) -> None:
        """What `arasha channel import` does with a stick."""
        for file in files_on(stick_in, Way.UP):  # type: ignore[arg-type]
            bundles = [each.body for each in file.records() if each.kind is StickKind.BUNDLE]
            answers = [self.receive(each) for each in bundles]
            pages = [page_record(number, self.page(number)) for number in range(file.head.page, 3)]
            days = [self.delivery(*key) for key in self.days]
            proofs = [delivery_record(each) for each in days if each]
            head = StickHead(Way.DOWN, file.head.label)
            write_files(stick_out, head, [*answer_records(answers), *pages, *proofs])  # type: ignore[arg-type]


ACK = stand.ACK
MOODS = {
    "out of order": Answer(b"{}", "text/html", HTTPStatus.BAD_GATEWAY),
    "somebody else": Answer(b"<h1>Hello</h1>", "text/html", HTTPStatus.FORBIDDEN),
    "full": Answer(b'{"problem": "full"}', "application/json", HTTPStatus.INSUFFICIENT_STORAGE),
    "short": Answer(b"too short", "application/octet-stream"),
}


@contextmanager
def listening(gateway: Gateway) -> Iterator[str]:
    """The gateway on a port of its own; yields its address."""
    server = Server(gateway, port=0).start()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()
