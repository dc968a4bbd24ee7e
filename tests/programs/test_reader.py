"""The reader's program: whom it refuses, what it takes from the desk, which keys it keeps."""

import base64
import json
import os
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from arasha.programs import reader
from arasha.programs.reader.demo import NotADemoError, read_identities
from arasha.programs.reader.desk import CALLS, Desk
from arasha.programs.reader.keyring import Keyring
from arasha.programs.reader.room import HOST, Room, texts
from arasha.wire.client import Client
from arasha.wire.loopback import Refusal, Request
from tests.programs import stand
from tests.programs.desk import Desk as StandDesk
from tests.programs.desk import desk as standing

PASSKEY = "AGE-PLUGIN-FIDO2PRF-1" + "Q" * 60
LOCKED = b"age-encryption.org/v1\n-> age-encryption.org/fido2prf AAAA\nlocked\n--- mac\nsealed"
BY_PHRASE = b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" 18\nlocked\n--- mac\nsealed"
RECIPIENT = str(stand.IDENTITIES[0].to_public())
DEMO = {"name": "A", "email": "a@demo.invalid", "recipient": RECIPIENT, "identity": "AGE-SECRET"}
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


# A session with the desk


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


# Keys


def key(**changes: object) -> dict[str, object]:
    wrapped = base64.b64encode(LOCKED).decode()
    named = {"name": "A", "label": "first", "recipient": RECIPIENT}
    return {**named, "passkey": PASSKEY, "wrapped": wrapped} | changes


def second() -> dict[str, object]:
    return key(label="spare", wrapped=base64.b64encode(LOCKED + b"2").decode())


def phrase(locked: bytes = BY_PHRASE) -> dict[str, object]:
    return {"wrapped": base64.b64encode(locked).decode()}


@pytest.mark.parametrize(
    "changes",
    [
        {"wrapped": base64.b64encode(str(stand.IDENTITIES[0]).encode()).decode()},
        {"wrapped": base64.b64encode(b"age-encryption.org/v1\n-> X25519 AAAA\n").decode()},
        {"wrapped": base64.b64encode(BY_PHRASE).decode()},
        {"wrapped": base64.b64encode(LOCKED + bytes(9000)).decode()},
        {"wrapped": "!"},
        {"wrapped": None},
        {"recipient": "age1nonsense"},
        {"passkey": "AGE-SECRET-KEY-1QQQQ"},
        {"name": "  "},
        {"label": "x" * 201},
    ],
)
def test_nothing_but_a_key_locked_by_a_passkey_is_kept(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    with pytest.raises(Refusal, match="identity"):
        Keyring(tmp_path).add(key(**changes))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("locked", [LOCKED, BY_PHRASE.replace(b" 18", b" 10"), b"AGE-SECRET"])
def test_a_recovery_file_is_opened_by_a_passphrase_of_full_work_and_by_nothing_else(
    tmp_path: Path, locked: bytes
) -> None:
    ring = Keyring(tmp_path)
    kept = ring.add(key())

    with pytest.raises(Refusal, match="identity"):
        ring.set_recovery(kept["key"], phrase(locked))
    assert ring.all()[0]["recovery"] is None


@pytest.mark.parametrize("which", ["../elsewhere", "0" * 20, "A" * 20, ""])
def test_a_key_that_is_not_there_is_refused(tmp_path: Path, which: str) -> None:
    ring = Keyring(tmp_path)

    for act in (ring.add_passkey, ring.set_recovery):
        with pytest.raises(Refusal, match="not_found"):
            act(which, key())


def test_an_identity_is_ready_with_two_passkeys_and_a_passphrase(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    begun = ring.add(key())
    two = ring.add_passkey(begun["key"], second())
    whole = ring.set_recovery(begun["key"], phrase())

    assert [begun["ready"], two["ready"], whole["ready"]] == [False, False, True]
    assert {each["label"] for each in whole["passkeys"]} == {"first", "spare"}
    assert ring.all() == [whole]


def test_the_last_way_to_open_an_identity_is_never_removed(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    kept = ring.add(key())
    last = kept["passkeys"][0]["key"]

    with pytest.raises(Refusal, match="last_way"):
        ring.remove_passkey(kept["key"], last)
    ring.set_recovery(kept["key"], phrase())
    assert ring.remove_passkey(kept["key"], last)["passkeys"] == []


def test_a_lost_passkey_leaves_no_file_behind(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    kept = ring.add(key())
    added = ring.add_passkey(kept["key"], second())
    lost = added["passkeys"][0]["key"]

    left = ring.remove_passkey(kept["key"], lost)

    assert lost not in {each["key"] for each in left["passkeys"]}
    assert list(tmp_path.rglob(f"*{lost}*")) == []


def test_a_passkey_file_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    ring.add(key())
    for path in tmp_path.rglob("*.age"):
        path.chmod(0o644)

    assert ring.all()[0]["passkeys"] == []


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(Refusal, match="disk") as refused:
        Keyring(tmp_path).add(key())
    assert refused.value.status == HTTPStatus.INSUFFICIENT_STORAGE
    assert list(tmp_path.rglob("*.*")) == []


def test_a_locked_key_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    kept = Keyring(tmp_path).add(key())

    assert len(kept["fingerprint"].split(" ")) == 5
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*.*")} == {0o600}
    assert base64.b64decode(kept["passkeys"][0]["wrapped"]) == LOCKED


# A demo


@pytest.mark.parametrize(
    ("content", "environment"),
    [
        ({"demo": True, "identities": [DEMO]}, {}),
        ({"demo": True, "identities": [DEMO]}, {"ARASHA_DEMO": "False"}),
        ({"demo": False, "identities": [DEMO]}, {"ARASHA_DEMO": "True"}),
        ({"demo": 1, "identities": [DEMO]}, {"ARASHA_DEMO": "True"}),
        ({"identities": [DEMO]}, {"ARASHA_DEMO": "True"}),
        ([DEMO], {"ARASHA_DEMO": "True"}),
        ({"demo": True, "identities": [{}]}, {"ARASHA_DEMO": "True"}),
    ],
)
def test_keys_in_the_clear_are_refused_unless_everything_says_demo(
    tmp_path: Path, content: object, environment: dict[str, str]
) -> None:
    path = tmp_path / "identities.json"
    path.write_text(json.dumps(content))

    with pytest.raises(NotADemoError):
        read_identities(path, environment)


def test_a_demo_says_demo_twice(tmp_path: Path) -> None:
    path = tmp_path / "identities.json"
    path.write_text(json.dumps({"demo": True, "identities": [DEMO]}))

    assert read_identities(path, {"ARASHA_DEMO": "True"}) == [DEMO]


def test_the_program_ends_with_2_when_demo_keys_are_not_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ARASHA_DEMO", raising=False)
    identities = ["--demo-identities", str(tmp_path / "identities.json")]

    assert reader.main(["--keys", str(tmp_path), "--port", "0", *identities]) == 2
    assert "ARASHA_DEMO" in capsys.readouterr().err


# The page's program


def test_it_answers_only_to_its_own_host(tmp_path: Path) -> None:
    site = Room(desk=Client("http://127.0.0.1:9"), keyring=Keyring(tmp_path), demo=[]).site()

    with pytest.raises(Refusal, match="wrong_host"):
        site.answer(Request("GET", "/", {"host": "localhost:8004"}), port=8004)
    assert site.answer(Request("GET", "/", {"host": f"{HOST}:8004"}), port=8004).status == 200


def test_every_text_has_all_three_languages() -> None:
    assert all(words.keys() == {"kk", "ru", "en"} for words in texts().values())
    assert all(word.strip() for words in texts().values() for word in words.values())


@pytest.mark.parametrize("script", ["days.js", "dom.js", "sealing.js"])
def test_reader_and_terminal_carry_the_same_small_scripts(script: str) -> None:
    programs = Path(reader.__file__).parents[1]
    carried = {
        (programs / name / "static" / script).read_bytes() for name in ("reader", "terminal")
    }

    assert len(carried) == 1
