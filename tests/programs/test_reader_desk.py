"""The reader's session with the desk: what begins it, what passes through it, what ends it."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from arasha.programs.reader.desk import CALLS, Desk
from arasha.programs.reader.keyring import Keyring
from arasha.programs.reader.room import Room
from arasha.wire.client import Client
from arasha.wire.serving import Refusal, Request
from tests.programs.desk import Desk as StandDesk
from tests.programs.desk import desk as standing

ONCE = "a-one-time-token-0123456789"


class Strange(BaseHTTPRequestHandler):
    """A desk that answers what a test tells it to."""

    answer: ClassVar[tuple[int, object]] = (200, {})
    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.asked.append(self.path)
        status, content = self.answer
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def strange() -> Iterator[Client]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Strange)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield Client(f"http://127.0.0.1:{server.server_port}", timeout=2)
    server.shutdown()
    server.server_close()


@pytest.fixture
def standing_desk() -> Iterator[StandDesk]:
    with standing() as server:
        yield server


def session(**changes: object) -> dict[str, object]:
    return {
        "session": ONCE,
        "errand": {"kind": "open", "appeal": "5a0c8f9e-3f0c-4d57-9f3e-0b8d5c6f7a10"},
        "officer": {"name": "Айгерім", "language": "kk"},
        "back": "http://elsewhere.example/",
    } | changes


def asking(path: str, method: str = "GET", query: str = "", body: bytes = b"") -> Request:
    return Request(method, f"/api/desk/{path}", {"accept-language": "kk"}, body, query)


@pytest.mark.parametrize(
    "token", [None, "", 5, "short", "../../admin/and/more", "a" * 300, "токен" * 9]
)
def test_a_token_out_of_form_is_refused_without_asking_the_desk(
    strange: Client, token: Any
) -> None:
    Strange.asked.clear()

    with pytest.raises(Refusal, match="used"):
        Desk(strange).begin(token)
    assert Strange.asked == []


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_token_that_was_used_or_has_expired_is_told(strange: Client, status: int) -> None:
    Strange.answer = (status, {})

    with pytest.raises(Refusal, match="used"):
        Desk(strange).begin(ONCE)


@pytest.mark.parametrize(
    "answer",
    [
        (500, {}),
        (302, {}),
        (200, b"not json"),
        (200, []),
        (200, {}),
        (200, session(session=5)),
        (200, session(session="short")),
        (200, session(errand={"kind": "rule", "appeal": None})),
        (200, session(errand={"kind": "open", "appeal": "../other"})),
        (200, session(officer="Айгерім")),
    ],
)
def test_an_answer_that_is_not_understood_begins_nothing(
    strange: Client, answer: tuple[int, object]
) -> None:
    Strange.answer = answer
    desk = Desk(strange)

    with pytest.raises(Refusal, match="desk_strange"):
        desk.begin(ONCE)
    assert desk.session is None


def test_a_desk_that_is_down_is_told() -> None:
    with pytest.raises(Refusal, match="desk_gone"):
        Desk(Client("http://127.0.0.1:9", timeout=1)).begin(ONCE)


@pytest.mark.parametrize(
    "back", ["javascript:alert(1)", "http://elsewhere.example/", "//x.example"]
)
def test_the_way_back_leads_to_the_desk_only(strange: Client, back: str) -> None:
    Strange.answer = (200, session(back=back))

    assert Desk(strange).begin(ONCE)["back"] == f"{strange.base}/"


def test_the_page_learns_of_a_session_everything_but_its_token(strange: Client) -> None:
    Strange.answer = (200, session())

    told = Desk(strange).begin(ONCE)

    assert told.keys() == {"errand", "officer", "back"}
    assert ONCE not in json.dumps(told)


def test_without_a_session_nothing_is_asked_of_the_desk(strange: Client) -> None:
    Strange.asked.clear()

    with pytest.raises(Refusal, match="session_over"):
        Desk(strange).pass_on(asking("cards"))
    assert Strange.asked == []


def test_a_call_goes_to_the_desk_and_its_answer_comes_back(standing_desk: StandDesk) -> None:
    lying = standing_desk.file("marker")
    desk = Desk(Client(standing_desk.url))
    desk.begin(standing_desk.errand())

    answer = desk.pass_on(asking("cards", query="state=open"))

    assert json.loads(answer.body)["cards"] == [lying.on_card()]
    assert standing_desk.asked[-1][:2] == ("GET", "/reader/v1/cards?state=open")


def test_an_ended_session_is_told_once_and_forgotten(standing_desk: StandDesk) -> None:
    desk = Desk(Client(standing_desk.url))
    desk.begin(standing_desk.errand())
    standing_desk.sessions.clear()

    assert desk.pass_on(asking("cards")).status == HTTPStatus.UNAUTHORIZED
    assert desk.session is None


def test_ending_ends_it_at_the_desk_too(standing_desk: StandDesk) -> None:
    desk = Desk(Client(standing_desk.url))
    desk.begin(standing_desk.errand())

    desk.end()
    desk.end()

    assert standing_desk.sessions == set()
    assert [path for _, path, _ in standing_desk.asked].count("/reader/v1/end") == 1


@pytest.mark.parametrize("key", ["..", "a/../../desk", "a b", "", "a" * 101])
def test_a_key_that_could_lead_elsewhere_is_refused(standing_desk: StandDesk, key: str) -> None:
    desk = Desk(Client(standing_desk.url))
    desk.begin(standing_desk.errand())
    asked = len(standing_desk.asked)

    with pytest.raises(Refusal, match="not_found"):
        desk.pass_on(asking(f"appeals/{key}"), key=key)
    assert len(standing_desk.asked) == asked


def test_a_file_comes_and_goes_as_it_is(standing_desk: StandDesk) -> None:
    lying, name, content = standing_desk.file("marker"), "ab" * 32, bytes(range(256)) * 40_000
    desk = Desk(Client(standing_desk.url))
    desk.begin(standing_desk.errand())
    path, parts = f"attachments/{lying.key}/{name}", {"key": lying.key, "sha256": name}

    desk.pass_on(asking(path, "PUT", body=content), **parts)

    assert desk.pass_on(asking(path), **parts).body == content


def test_the_page_can_ask_nothing_but_the_calls_of_the_contract(tmp_path: Path) -> None:
    site = Room(desk=Client("http://127.0.0.1:9"), keyring=Keyring(tmp_path), demo=[]).site()
    to_desk = {route for route in site.routes if route[1].startswith("/api/desk/")}

    assert to_desk == {(method, f"/api/desk/{call}") for method, call in CALLS}
