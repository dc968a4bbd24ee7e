"""A small real desk for the reader: hands over what lies in it, keeps what it gets, judges nothing."""

import base64
import datetime as dt
import json
import os
import re
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pyrage

from arasha.engines.notes import filing_code
from arasha.engines.sealing import (
    IDENTITY_TYPE,
    Appeal,
    Attachment,
    Mailbox,
    Writer,
    pack_identity,
    pack_payload,
    record_digest,
    split,
)
from arasha.engines.translog import commitment, leaf, leaf_hash
from tests.programs import stand

KEY = "5a0c8f9e-3f0c-4d57-9f3e-0b8d5c6f7a10"
SESSION = "a-session-token-0123456789"
OFFICER = stand.IDENTITIES[0]
RECIPIENTS = [str(each.to_public()) for each in stand.IDENTITIES]
MARKER = "Белгі-3305: екеуі ұрды"

ENTRY = {
    "sets": [
        {
            "id": "ombudsperson-1",
            "body": "ombudsperson",
            "name": "Омбудсмен",
            "recipients": RECIPIENTS,
            "until": "2099-01-01",
        }
    ],
    "channels": ["paper", "phone", "email", "in_person"],
    "places": [{"code": "samal-1", "name": "№ 1 мекеме"}],
    "categories": [{"code": "torture", "name": "Азаптау"}, {"code": "health", "name": "Денсаулық"}],
    "urgencies": [{"code": "now", "name": "Дереу"}],
    "bodies": [{"code": "police-1", "name": "№ 1 полиция бөлімі"}],
    "today": stand.DAY.isoformat(),
    "public": "https://public.example",
}


@dataclass
class Memory:
    """One appeal with its attachments; `errand` is what the officer came with."""

    attachments: Sequence[tuple[bytes, str]] = ()
    mailbox: Mailbox | None = None
    errand: str = "open"
    late: bool = False
    entry: dict[str, Any] = field(default_factory=lambda: dict(ENTRY))
    refuse: dict[str, str] | None = None
    refuse_files: bool = False
    closed: list[dict[str, str]] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    posted: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    replies: list[dict[str, str]] = field(default_factory=list)
    proof: str | None = None
    receivers: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    call: dict[str, str] | None = None
    is_over: bool = False
    writer: Writer | None = None  # who is told of it: `told`, and nobody else
    told: Sequence[pyrage.x25519.Identity] = ()
    untold: list[dict[str, Any]] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        recipients = [each.to_public() for each in stand.IDENTITIES]
        papers = []
        parts = [(*each, recipients) for each in self.attachments]
        if self.writer:
            told = [each.to_public() for each in self.told]
            parts.append((pack_identity(self.writer), IDENTITY_TYPE, told))
        for content, media_type, to in parts:
            sealed = bytes(pyrage.encrypt(content, to))
            digest = sha256(sealed).hexdigest()
            self.files[digest] = sealed
            papers.append(Attachment(digest, len(sealed), media_type))
        salt = secrets.token_bytes(32)
        appeal = Appeal(
            salt,
            "kk",
            stand.DAY,
            MARKER,
            answers=self.answers,
            mailbox=self.mailbox,
            attachments=(*papers,),
        )
        self.envelope = stand.sealed(pack_payload(appeal), to=stand.recipients())
        self.leaf = leaf("event", commitment(salt, record_digest(*split(self.envelope)))).decode()
        self.code = filing_code(leaf_hash(self.leaf.encode()))

    def appeal(self) -> dict[str, Any]:
        here = {} if self.late else self.files
        return {
            "appeal": KEY,
            "set": "ombudsperson-1",
            "leaf": self.leaf,
            "envelope": base64.b64encode(self.envelope).decode(),
            "card": None,
            "headers": [],
            "code": self.code,
            "state": "opened",
            "attachments": [{"sha256": name, "size": len(sealed)} for name, sealed in here.items()],
            "notes": self.notes,
            "replies": self.replies,
            "next_reply": len(self.replies),
            "next_day": stand.DAY.isoformat(),
            "told": ["бөлім / отдел / unit", "басшы / руководитель / head"],
            "recipients": RECIPIENTS,
            "call": self.call,
            "back": "/",
        } | ({"proof": self.proof} if self.proof else {})


class DeskStand(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, memory: Memory) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.memory = memory

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Door(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._do()

    do_POST = do_PUT = do_GET

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.partition("?")[0]
        for method, pattern, act in ACTS:
            found = re.fullmatch(pattern, path)
            if found and method == self.command:
                return self._answer(*act(self._desk, body, *found.groups()))
        return self._answer(404, {"problem": "not_found", "happened": "x", "next": "y"})

    @property
    def _desk(self) -> DeskStand:
        return cast(DeskStand, self.server)

    def _answer(self, status: int, content: object) -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


Act = Callable[..., tuple[int, object]]


def hand_over(desk: DeskStand, _body: bytes) -> tuple[int, object]:
    errand = {"kind": desk.memory.errand, "appeal": KEY if desk.memory.errand == "open" else None}
    officer = {"name": "Айгерім Серікова", "language": "kk"}
    back = f"{desk.url}/appeals/"
    return 200, {"session": SESSION, "errand": errand, "officer": officer, "back": back}


def take(desk: DeskStand, body: bytes, act: str) -> tuple[int, object]:
    if desk.memory.refuse:
        return 409, desk.memory.refuse
    content = json.loads(body)
    desk.memory.posted.append((act, content))
    if act == "replies":
        kept = {"on": stand.DAY.isoformat(), "shown": content["shown"], "state": ""}
        desk.memory.replies.append(kept)
    if act == "told":
        desk.memory.untold.clear()
    return 200, {"note": "n", "reply": "r"}


def enter(desk: DeskStand, body: bytes) -> tuple[int, object]:
    if desk.memory.refuse:
        return 409, desk.memory.refuse
    content = json.loads(body)
    desk.memory.posted.append(("entered", content))
    return 200, {"code": "", "ack": "", "appeal": KEY, "slip": f"{desk.url}/slip/"}


def put_file(desk: DeskStand, body: bytes, digest: str) -> tuple[int, object]:
    if desk.memory.refuse_files:
        return 507, {"problem": "disk_full", "happened": "Диск толы.", "next": "Кейін жіберіңіз."}
    desk.memory.files[digest] = body
    return 200, {"kept": digest}


def ask_alive(_desk: DeskStand, _body: bytes) -> tuple[int, object]:
    nonce = pyrage.encrypt(secrets.token_hex(32).encode(), [OFFICER.to_public()])
    return 200, {"due_on": "2099-01-01", "sealed": base64.b64encode(nonce).decode()}


def headers(desk: DeskStand, _body: bytes) -> tuple[int, object]:
    """The same list for the key that is tried and for the office key: the tests look at the second."""
    return 200, {"headers": desk.memory.closed, "next": None}


def nothing(_desk: DeskStand, _body: bytes) -> tuple[int, object]:
    return 200, {"cards": [], "headers": [], "next": None, "live_until": "2099-01-01"}


def untold(desk: DeskStand, _body: bytes) -> tuple[int, object]:
    return 200, {"untold": desk.memory.untold, "next": None}


def coded(desk: DeskStand, _body: bytes, code: str) -> tuple[int, object]:
    found = desk.memory.codes.get(code)
    refused = {"problem": "not_found", "happened": "x", "next": "y"}
    return (200, {"appeal": found}) if found else (404, refused)


def receivers(desk: DeskStand, _body: bytes) -> tuple[int, object]:
    return 200, {"receivers": desk.memory.receivers}


def look(desk: DeskStand, _body: bytes) -> tuple[int, object]:
    over = {"problem": "session_over", "happened": "x", "next": "y"}
    return (401, over) if desk.memory.is_over else (200, {})


ACTS: list[tuple[str, str, Act]] = [
    ("POST", r"/handover/[\w-]+/", hand_over),
    ("GET", r"/reader/v1/liveness", ask_alive),
    ("GET", r"/reader/v1/headers", headers),
    ("GET", r"/reader/v1/cards", nothing),
    *(("POST", rf"/reader/v1/{name}", nothing) for name in ("end", "coverage", "liveness")),
    ("GET", rf"/reader/v1/appeals/{KEY}", lambda desk, _body: (200, desk.memory.appeal())),
    ("GET", rf"/reader/v1/appeals/{KEY}/receivers", receivers),
    ("GET", r"/reader/v1/session", look),
    ("GET", r"/reader/v1/untold", untold),
    ("GET", r"/reader/v1/codes/(\d+)", coded),
    ("GET", r"/reader/v1/entry", lambda desk, _body: (200, desk.memory.entry)),
    ("POST", rf"/reader/v1/appeals/{KEY}/(\w+)", take),
    ("POST", r"/reader/v1/entered", enter),
    ("PUT", rf"/reader/v1/attachments/{KEY}/(\w+)", put_file),
    (
        "GET",
        rf"/reader/v1/attachments/{KEY}/(\w+)",
        lambda desk, _body, digest: (200, desk.memory.files[digest]),
    ),
]


@dataclass
class Officer:
    """A reader that runs for one officer, and the desk behind it."""

    url: str
    desk: DeskStand
    folder: Path

    @property
    def memory(self) -> Memory:
        return self.desk.memory

    @property
    def link(self) -> str:
        return f"{self.url}#errand=a-one-time-token-{secrets.token_hex(8)}"


@contextmanager
def officer_at(memory: Memory, folder: Path) -> Iterator[Officer]:
    """Start the desk and the reader's program, with a demo key that everybody knows."""
    desk = DeskStand(memory)
    threading.Thread(target=desk.serve_forever, args=(0.02,), daemon=True).start()
    known = folder / "identities.json"
    identity = {
        "name": "Айгерім Серікова",
        "email": "a@demo.invalid",
        "recipient": RECIPIENTS[0],
        "identity": str(OFFICER),
    }
    known.write_text(json.dumps({"demo": True, "identities": [identity]}))
    command = [sys.executable, "-m", "arasha", "reader", "--desk", desk.url, "--port", "0"]
    command += ["--keys", str(folder / "keys"), "--demo-identities", str(known)]
    environment = os.environ | {"ARASHA_DEMO": "True"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("reader: ").strip()
        yield Officer(url, desk, folder)
        process.terminate()
    desk.shutdown()
    desk.server_close()


def today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()
