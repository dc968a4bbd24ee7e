"""The reader's program: what it takes in a demo, and to whom it answers."""

import json
from pathlib import Path

import pytest

from arasha.programs import reader
from arasha.programs.reader.demo import NotADemoError, read_identities
from arasha.programs.reader.keyring import Keyring
from arasha.programs.reader.room import HOST, Room, texts
from arasha.wire.client import Client
from arasha.wire.serving import Refusal, Request
from tests.programs import stand

RECIPIENT = str(stand.IDENTITIES[0].to_public())
DEMO = {"name": "A", "email": "a@demo.invalid", "recipient": RECIPIENT, "identity": "AGE-SECRET"}

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
