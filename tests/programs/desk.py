"""A desk for the reader's tests: a small real server that keeps to the contract of /reader/v1."""

import base64
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import pyrage

from arasha.engines.notes import filing_code
from arasha.engines.sealing.envelope import split
from arasha.engines.sealing.filing import Filing, parse_filing
from tests.programs import stand

OVER = {"problem": "session_over", "happened": "Your session is over.", "next": "Sign in again."}
UNKNOWN = {"problem": "not_found", "happened": "There is no such record.", "next": "Go back."}


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


@dataclass
class Lying:
    """One appeal at the desk. `changes` spoil what is handed over of it."""

    posted: bytes
    late: bool = False
    answer_by: str = "2026-04-01"
    state: str = "received"
    headers: list[str] = field(default_factory=list)
    part_headers: dict[str, list[str]] = field(default_factory=dict)  # of card and attachments
    changes: dict[str, Any] = field(default_factory=dict)
    attachments: dict[str, bytes] = field(default_factory=dict)
    notes: list[dict[str, str]] = field(default_factory=list)
    replies: list[dict[str, str]] = field(default_factory=list)
    key: str = field(default_factory=lambda: str(uuid4()))

    def add_header(self, part: str, header: str) -> None:
        held = self.headers if part == "text" else self.part_headers.setdefault(part, [])
        held.append(header)

    @property
    def filing(self) -> Filing:
        return parse_filing(self.posted)

    @property
    def code(self) -> str:
        return filing_code(stand.hash_of(self.posted))

    def on_card(self) -> dict[str, Any]:
        header, payload = split(self.filing.envelope)
        return {
            "appeal": self.key,
            "code": self.code,
            "set": self.filing.set_id,
            "card": b64(self.filing.card),
            "headers": self.part_headers.get("card", []),
            "received_on": "2026-03-02",
            "answer_by": self.answer_by,
            "state": self.state,
            "late": self.late,
            "header_hash": sha256(header).hexdigest(),
            "payload_hash": sha256(payload).hexdigest(),
        } | self.changes

    def whole(self, desk_url: str) -> dict[str, Any]:
        return {
            "appeal": self.key,
            "set": self.filing.set_id,
            "leaf": self.filing.leaf,
            "envelope": b64(self.filing.envelope),
            "card": b64(self.filing.card),
            "headers": self.headers,
            "card_headers": self.part_headers.get("card", []),
            "code": self.code,
            "state": self.state,
            "attachments": [
                {"sha256": name, "size": len(content), "headers": self.part_headers.get(name, [])}
                for name, content in self.attachments.items()
            ],
            "notes": self.notes,
            "replies": self.replies,
            "next_reply": len(self.replies),
            "recipients": [str(each.to_public()) for each in stand.IDENTITIES],
            "back": f"{desk_url}/appeals/{self.key}/",
        } | self.changes


class Desk(ThreadingHTTPServer):
    """One officer, one session for each errand. `asked` is what came in; `a_page` cards a page."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.lying: dict[str, Lying] = {}
        self.errands: dict[str, dict[str, Any]] = {}
        self.sessions: set[str] = set()
        self.asked: list[tuple[str, str, bytes]] = []
        self.covered: dict[str, set[str]] = {}
        self.nonces: dict[str, str] = {}
        self.due_on = "2020-01-01"
        self.a_page = 100
        self.places: list[dict[str, str]] = []
        self.listed: set[str] | None = None  # None: every key is in a set

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def file(self, text: str, *, topic: str = "", **fields: Any) -> Lying:
        lying = Lying(stand.sealed_filing(text, topic=topic), **fields)
        self.lying[lying.key] = lying
        return lying

    def errand(self, kind: str = "inbox", appeal: str | None = None) -> str:
        """Return a new token, which works once."""
        token = secrets.token_urlsafe(24)
        self.errands[token] = {"kind": kind, "appeal": appeal}
        return token

    def bodies(self, ending: str) -> list[Any]:
        """What was sent to the calls whose path ends so."""
        return [json.loads(body) for _method, path, body in self.asked if path.endswith(ending)]


@contextmanager
def desk() -> Iterator[Desk]:
    server = Desk()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


class _Door(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        desk = cast(Desk, self.server)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        desk.asked.append((self.command, self.path, body))
        if self.path.startswith("/handover/"):
            return self._hand_over(desk, self.path.split("/")[2])
        if self.headers.get("Authorization", "").removeprefix("Bearer ") not in desk.sessions:
            return self._answer(401, OVER)
        asked = urlsplit(self.path)
        called = asked.path.removeprefix("/reader/v1/").split("/")
        act = getattr(self, f"_{self.command.lower()}_{called[0]}", None)
        if act is None:
            return self._answer(404, UNKNOWN)
        return act(desk, called[1:], dict(parse_qsl(asked.query)), body)  # type: ignore[no-any-return]

    do_POST = do_PUT = do_GET

    def _hand_over(self, desk: Desk, token: str) -> None:
        if token not in desk.errands:
            return self._answer(404, {"problem": "used", "happened": "Used.", "next": "Again."})
        session = secrets.token_urlsafe(24)
        desk.sessions.add(session)
        officer = {"name": "Айгерім Серікова", "language": "kk"}
        errand, back = desk.errands.pop(token), f"{desk.url}/appeals/"
        return self._answer(
            200, {"session": session, "errand": errand, "officer": officer, "back": back}
        )

    def _get_cards(self, desk: Desk, _parts: list[str], query: dict[str, str], _b: bytes) -> None:
        start = int(query.get("after", 0))
        wanted = [
            each
            for each in desk.lying.values()
            if query.get("state") == "all" or each.state != "answered"
        ]
        following = start + desk.a_page if start + desk.a_page < len(wanted) else None
        cards = [each.on_card() for each in wanted[start : start + desk.a_page]]
        self._answer(200, {"cards": cards, "next": following and str(following)})

    def _get_appeals(self, desk: Desk, parts: list[str], _q: dict[str, str], _b: bytes) -> None:
        if parts[1:] == ["receivers"]:
            return self._answer(200, {"receivers": []})
        found = desk.lying.get(parts[0])
        return self._answer(200, found.whole(desk.url)) if found else self._answer(404, UNKNOWN)

    def _get_session(self, _d: Desk, _parts: list[str], _q: dict[str, str], _b: bytes) -> None:
        self._answer(200, {})

    def _post_appeals(self, desk: Desk, parts: list[str], _q: dict[str, str], body: bytes) -> None:
        lying, content = desk.lying[parts[0]], json.loads(body)
        if parts[1] == "headers":
            for each in content["headers"]:
                lying.add_header(each["part"], each["header"])
            return self._answer(201, {})
        if parts[1] == "notes":
            noted = {"key": str(uuid4()), "on": "2026-03-02", "by": "Айгерім Серікова"}
            lying.notes.append(noted | {"sealed": content["sealed"]})
            return self._answer(200, {"note": noted["key"]})
        if parts[1] == "replies":
            lying.replies.append({"on": "2026-03-02", "shown": content["shown"]})
            return self._answer(200, {"reply": str(uuid4())})
        return self._answer(200, {})

    def _get_attachments(self, desk: Desk, parts: list[str], _q: dict[str, str], _b: bytes) -> None:
        content = desk.lying[parts[0]].attachments[parts[1]]
        self._send(200, content, "application/octet-stream")

    def _put_attachments(
        self, desk: Desk, parts: list[str], _q: dict[str, str], body: bytes
    ) -> None:
        desk.lying[parts[0]].attachments[parts[1]] = body
        self._answer(200, {"kept": parts[1]})

    def _get_entry(self, desk: Desk, _parts: list[str], _q: dict[str, str], _b: bytes) -> None:
        recipients = [str(each.to_public()) for each in stand.IDENTITIES]
        ours = {"id": "ombudsperson-1", "body": "ombudsperson", "name": "Омбудсмен"}
        channels = ["paper", "phone", "email", "in_person"]
        content = {"channels": channels, "places": desk.places, "today": "2026-03-02"}
        sets = [ours | {"recipients": recipients, "until": "2099-01-01"}]
        self._answer(200, content | {"sets": sets})

    def _get_headers(self, desk: Desk, _parts: list[str], query: dict[str, str], _b: bytes) -> None:
        covered = desk.covered.get(query["recipient"], set())
        headers = [
            {"appeal": key, "code": lying.code, "header": b64(split(lying.filing.envelope)[0])}
            for key, lying in desk.lying.items()
            if key not in covered
        ]
        self._answer(200, {"headers": headers, "next": None})

    def _post_coverage(
        self, desk: Desk, _parts: list[str], _q: dict[str, str], body: bytes
    ) -> None:
        content = json.loads(body)
        desk.covered.setdefault(content["recipient"], set()).update(content["opened"])
        self._answer(200, {})

    def _get_liveness(
        self, desk: Desk, _parts: list[str], query: dict[str, str], _b: bytes
    ) -> None:
        if desk.listed is not None and query["recipient"] not in desk.listed:
            return self._answer(404, UNKNOWN)
        nonce = desk.nonces[query["recipient"]] = secrets.token_hex(32)
        recipient = pyrage.x25519.Recipient.from_str(query["recipient"])
        sealed = pyrage.encrypt(nonce.encode(), [recipient])
        return self._answer(200, {"due_on": desk.due_on, "sealed": b64(sealed)})

    def _post_liveness(
        self, desk: Desk, _parts: list[str], _q: dict[str, str], body: bytes
    ) -> None:
        content = json.loads(body)
        is_right = desk.nonces.get(content["recipient"]) == content["nonce"]
        self._answer(200 if is_right else 422, {"live_until": "2026-04-01"})

    def _post_end(self, desk: Desk, _parts: list[str], _q: dict[str, str], _b: bytes) -> None:
        desk.sessions.clear()
        self._answer(200, {})

    def _answer(self, status: int, content: object) -> None:
        self._send(status, json.dumps(content).encode(), "application/json")

    def _send(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass
