"""The reader's program: whom it refuses, what it takes from the desk, which keys it keeps."""

import base64
import json
import os
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from arasha.engines.notes import filing_code, grouped
from arasha.engines.sealing.filing import parse_filing
from arasha.programs import reader
from arasha.programs.reader.demo import NotADemoError, read_identities
from arasha.programs.reader.desk import take_over
from arasha.programs.reader.keyring import AGE_FILE, Keyring
from arasha.programs.reader.room import HOST, Room, texts
from arasha.wire.client import Client
from arasha.wire.loopback import Refusal, Request
from tests.programs import stand

ONCE = "a-one-time-token-0123456789"
PASSKEY = "AGE-PLUGIN-FIDO2PRF-1" + "Q" * 60
LOCKED = AGE_FILE + b"AAAA\nlocked\n--- mac\nsealed"
RECIPIENT = str(stand.IDENTITIES[0].to_public())
DEMO = {"name": "A", "email": "a@demo.invalid", "recipient": RECIPIENT, "identity": "AGE-SECRET"}


class Desk(BaseHTTPRequestHandler):
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
def desk() -> Iterator[Client]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield Client(f"http://127.0.0.1:{server.server_port}", timeout=2)
    server.shutdown()
    server.server_close()


def handed_over(**changes: object) -> dict[str, object]:
    posted = stand.sealed_filing()
    filing = parse_filing(posted)
    return {
        "appeal": "5a0c8f9e-3f0c-4d57-9f3e-0b8d5c6f7a10",
        "set": filing.set_id,
        "leaf": filing.leaf,
        "envelope": base64.b64encode(filing.envelope).decode(),
        "code": filing_code(stand.hash_of(posted)),
        "back": "http://elsewhere.example/",
    } | changes


# Taking over from the desk


@pytest.mark.parametrize(
    "token", [None, "", 5, "short", "../../admin/and/more", "a" * 300, "токен" * 9]
)
def test_a_token_out_of_form_is_refused_without_asking_the_desk(desk: Client, token: Any) -> None:
    Desk.asked.clear()

    with pytest.raises(Refusal, match="used"):
        take_over(desk, token)
    assert Desk.asked == []


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_token_that_was_used_or_has_expired_is_told(desk: Client, status: int) -> None:
    Desk.answer = (status, {})

    with pytest.raises(Refusal, match="used"):
        take_over(desk, ONCE)


@pytest.mark.parametrize(
    "answer",
    [
        (500, {}),
        (302, {}),
        (200, b"not json"),
        (200, []),
        (200, {}),
        (200, handed_over(envelope="not base 64!")),
        (200, handed_over(envelope=5)),
        (200, handed_over(code="1234")),
    ],
)
def test_an_answer_that_is_not_understood_opens_nothing(
    desk: Client, answer: tuple[int, object]
) -> None:
    Desk.answer = answer

    with pytest.raises(Refusal, match="desk_strange"):
        take_over(desk, ONCE)


def test_a_desk_that_is_down_is_told() -> None:
    with pytest.raises(Refusal, match="desk_gone"):
        take_over(Client("http://127.0.0.1:9", timeout=1), ONCE)


@pytest.mark.parametrize(
    "back", ["javascript:alert(1)", "http://elsewhere.example/", "//x.example"]
)
def test_the_way_back_leads_to_the_desk_only(desk: Client, back: str) -> None:
    Desk.answer = (200, handed_over(back=back))

    assert take_over(desk, ONCE)["back"] == f"{desk.base}/"


def test_an_envelope_is_taken_over_as_it_is(desk: Client) -> None:
    content = handed_over(back=f"{desk.base}/appeals/1/")
    Desk.answer = (200, content | {"code": grouped(str(content["code"]))})

    assert take_over(desk, ONCE) == content
    assert Desk.asked[-1] == f"/handover/{ONCE}/"


# Keys


def key(**changes: object) -> dict[str, object]:
    wrapped = base64.b64encode(LOCKED).decode()
    return {"name": "A", "recipient": RECIPIENT, "passkey": PASSKEY, "wrapped": wrapped} | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"wrapped": base64.b64encode(str(stand.IDENTITIES[0]).encode()).decode()},
        {"wrapped": base64.b64encode(b"age-encryption.org/v1\n-> X25519 AAAA\n").decode()},
        {"wrapped": base64.b64encode(AGE_FILE + bytes(9000)).decode()},
        {"wrapped": "!"},
        {"wrapped": None},
        {"recipient": "age1nonsense"},
        {"passkey": "AGE-SECRET-KEY-1QQQQ"},
        {"name": "  "},
    ],
)
def test_nothing_but_a_key_locked_by_a_passkey_is_kept(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    with pytest.raises(Refusal, match="identity"):
        Keyring(tmp_path).add(key(**changes))
    assert list(tmp_path.iterdir()) == []


def test_a_key_file_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    ring.add(key())
    for path in tmp_path.glob("*.age"):
        path.chmod(0o644)

    assert ring.all() == []


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(Refusal, match="disk") as refused:
        Keyring(tmp_path).add(key())
    assert refused.value.status == HTTPStatus.INSUFFICIENT_STORAGE
    assert list(tmp_path.iterdir()) == []


def test_a_locked_key_is_kept_with_its_card(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    kept = ring.add(key())

    assert ring.all() == [kept]
    assert len(kept["fingerprint"].split(" ")) == 5
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert base64.b64decode(kept["wrapped"]) == LOCKED


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


def test_it_answers_only_to_its_own_host(tmp_path: Path, desk: Client) -> None:
    site = Room(desk=desk, keyring=Keyring(tmp_path), demo=[]).site()

    with pytest.raises(Refusal, match="wrong_host"):
        site.answer(Request("GET", "/", {"host": "localhost:8004"}), port=8004)
    assert site.answer(Request("GET", "/", {"host": f"{HOST}:8004"}), port=8004).status == 200


def test_every_text_has_all_three_languages() -> None:
    assert all(words.keys() == {"kk", "ru", "en"} for words in texts().values())
    assert all(word.strip() for words in texts().values() for word in words.values())


@pytest.mark.parametrize("script", ["days.js", "dom.js"])
def test_reader_and_terminal_carry_the_same_small_scripts(script: str) -> None:
    programs = Path(reader.__file__).parents[1]
    carried = {
        (programs / name / "static" / script).read_bytes() for name in ("reader", "terminal")
    }

    assert len(carried) == 1
