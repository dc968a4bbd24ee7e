"""A small real gateway of the channel for the tests of the terminal: its memory, and its door."""

import datetime as dt
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol, cast
from urllib.parse import parse_qs, urlsplit

from arasha.engines.channel.bundle import Bundle, parse_bundle
from arasha.engines.channel.down import (
    ANSWER_BYTES,
    NONCE_BYTES,
    SEALED_BYTES,
    Became,
    Receipt,
    State,
    blind_answer,
    build_answer,
)
from arasha.engines.channel.objects import AttachmentObject, FilingObject
from arasha.engines.channel.pages import PAGE_BYTES, Record
from arasha.engines.channel.sending import bitmap
from arasha.engines.channel.up import Kind, Look, Piece, Said, pieces_of
from arasha.engines.channel.window import Window
from arasha.engines.notes import SignerKey
from arasha.engines.sealing.filing import parse_filing
from arasha.engines.translog import leaf_hash
from arasha.wire.ingest import IngestSecret

DAY_OF_RECEIPTS = dt.date(2026, 3, 2)


@dataclass
class Inbox:
    """What came up. `said` are the bundles that could be opened, in the order of their coming."""

    secret: IngestSecret
    window: Window = field(default_factory=Window)
    bundles: list[Bundle] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    filed: list[bytes] = field(default_factory=list)
    covers: list[bytes] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    refused: set[bytes] = field(default_factory=set)
    _pieces: dict[bytes, dict[int, Piece]] = field(default_factory=dict)
    _whole: dict[bytes, bytes] = field(default_factory=dict)  # object → leaf

    def take(self, bundle: Bundle) -> Said:
        """Raises ChannelError for the same number with other bytes."""
        if bundle not in self.bundles:
            self.window = self.window.add(bundle)
            self.bundles.append(bundle)
        said = self.secret.open(bundle)
        self.said.append(said)
        for piece in said.pieces:
            self._put(piece)
        return said

    def lose_everything(self) -> None:
        """As a server that was restored from an old copy."""
        self._pieces, self._whole, self.filed = {}, {}, []

    def leaf_of(self, look: Look) -> bytes | None:
        """By the leaf that is named, as the gateway does: a look at a file names none."""
        return look.leaf if look.leaf in self._whole.values() else None

    def pieces_of(self, look: Look) -> dict[int, Piece]:
        return self._pieces.get(look.object, {})

    def is_file(self, look: Look) -> bool:
        return any(sha256(body).digest() == look.object for body in self.files.values())

    def _put(self, piece: Piece) -> None:
        if piece.object in self._whole or piece.object in self.refused:
            return
        known = self._pieces.setdefault(piece.object, {})
        known[piece.number] = piece
        if len(known) == pieces_of(piece.total):
            body = b"".join(known[number].data for number in sorted(known))
            assert sha256(body).digest() == piece.object
            self._whole[piece.object] = self._hand_over(piece.kind, body)

    def _hand_over(self, kind: Kind, body: bytes) -> bytes:
        if kind is Kind.ATTACHMENT:
            file = AttachmentObject.parse(body)
            self.files[file.sha256] = body
            return file.leaf
        found = FilingObject.parse(body)
        leaf = leaf_hash(parse_filing(found.filing).leaf.encode())
        is_cover = self.secret.is_cover(found.mark, leaf_hash=leaf)
        into = self.covers if is_cover else self.filed
        assert found.filing not in into, "the same filing came twice"
        into.append(found.filing)
        return leaf


class Answering(Protocol):
    """The world behind the door. `mood` changes how it answers."""

    mood: str
    inbox: Inbox
    requests: list[bytes]

    def is_ours(self, bundle: Bundle) -> bool: ...
    def acknowledgement(self, leaf: bytes) -> bytes: ...
    def proof_of(self, leaf: bytes) -> bytes | None: ...
    def page(self, number: int) -> bytes: ...
    @property
    def signer(self) -> SignerKey: ...


def answer_to(world: Answering, data: bytes) -> bytes:
    """Take a bundle in and answer it, as the gateway does."""
    bundle = parse_bundle(data)
    receipt = Receipt.of(bundle, day=DAY_OF_RECEIPTS)
    sign = world.signer.sign
    if world.mood == "blind":
        noise = secrets.token_bytes(SEALED_BYTES)
        return blind_answer(receipt, noise=noise, sign=sign).to_bytes()
    said = world.inbox.take(bundle)
    states = [state_of(world, look) for look in said.looks]
    nonce = secrets.token_bytes(NONCE_BYTES)
    answer = build_answer(receipt, states, answer_key=said.answer_key, nonce=nonce, sign=sign)
    return answer.to_bytes()


def state_of(world: Answering, look: Look) -> State:
    if look.object in world.inbox.refused:
        return State(look.object, Became.REFUSED, b"malformed_filing")
    if world.inbox.is_file(look):
        return State(look.object, Became.KEPT)
    if leaf := world.inbox.leaf_of(look):
        if proof := world.proof_of(leaf):
            return State(look.object, Became.PROVED, proof)
        return State(look.object, Became.KEPT, world.acknowledgement(leaf))
    if pieces := world.inbox.pieces_of(look):
        total = next(iter(pieces.values())).total
        return State(look.object, Became.PARTLY, bitmap(set(pieces), pieces=pieces_of(total)))
    return State(look.object, Became.UNKNOWN)


def noise() -> bytes:
    return secrets.token_bytes(ANSWER_BYTES)


def in_pages(records: list[Record], number: int) -> bytes:
    stream = b"".join(record.to_bytes() for record in records)
    return stream[number * PAGE_BYTES : (number + 1) * PAGE_BYTES].ljust(PAGE_BYTES, b"\0")


class Stand(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, world: Answering, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Door)
        self.world = world
        self.is_over = threading.Event()
        self.lock = threading.Lock()
        self.paths: list[str] = []  # that were asked for

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def serving(server: Stand) -> Iterator[Stand]:
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.is_over.set()
    server.shutdown()
    server.server_close()


class _Door(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        cast(Stand, self.server).paths.append(self.path)
        _, _, number = self.path.rpartition("/v1/broadcast/")
        self._answer(200, self._world.page(int(number)))

    def do_POST(self) -> None:
        cast(Stand, self.server).paths.append(self.path)
        world, body = self._world, self.rfile.read(int(self.headers["Content-Length"]))
        world.requests.append(body)
        if world.mood == "silent":
            cast(Stand, self.server).is_over.wait(20)
        elif world.mood in REFUSALS:
            self._answer(*REFUSALS[world.mood])
        elif not world.is_ours(parse_bundle(body)):
            self._answer(403, b'{"problem": "unknown_device"}')
        else:
            with cast(Stand, self.server).lock:
                self._answer_bundle(world, body)

    def _answer_bundle(self, world: Answering, body: bytes) -> None:
        answer = noise() if world.mood == "dropping" else answer_to(world, body)
        if world.mood == "cut":
            self.close_connection = True
            return
        number = parse_qs(urlsplit(self.path).query)["page"][0]
        self._answer(200, (noise() if world.mood == "noise" else answer) + world.page(int(number)))

    @property
    def _world(self) -> Answering:
        return cast(Stand, self.server).world

    def _answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


REFUSALS = {
    "full": (507, b'{"problem": "disk_full"}'),
    "forgetful": (403, b'{"problem": "unknown_device"}'),
    "broken": (500, b""),
    "resting": (503, b'{"problem": "relay_broken"}'),
    "refusing": (400, b'{"problem": "malformed_bundle"}'),
    "foreign": (403, b"<html>a proxy on the way</html>"),
    "strange": (200, json.dumps("another page").encode()),
    "endless": (200, bytes(2 * (ANSWER_BYTES + PAGE_BYTES))),
}
