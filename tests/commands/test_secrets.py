from pathlib import Path

from arasha.commands.keys import make_keys
from arasha.engines.notes import SignerKey
from tests.commands.conftest import Server, said

ORIGIN = "log.example/arasha"


def test_keys_are_made_for_their_owner_only(tmp_path: Path) -> None:
    make_keys(tmp_path / "keys", ORIGIN)

    assert {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {
        "django": 0o600,
        "log": 0o600,
        "ack": 0o600,
    }
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_making_keys_again_changes_none(tmp_path: Path) -> None:
    make_keys(tmp_path, ORIGIN)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    assert make_keys(tmp_path, ORIGIN) == []
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_missing_key_alone_is_made_anew(tmp_path: Path) -> None:
    make_keys(tmp_path, ORIGIN)
    (tmp_path / "ack").unlink()

    assert make_keys(tmp_path, ORIGIN) == [tmp_path / "ack"]


def test_the_log_and_the_acknowledgements_have_keys_and_names_of_their_own(tmp_path: Path) -> None:
    make_keys(tmp_path, ORIGIN)

    log, ack = (SignerKey.parse((tmp_path / name).read_text().strip()) for name in ("log", "ack"))
    assert (log.name, ack.name) == (ORIGIN, f"{ORIGIN}/ack")
    assert log.seed != ack.seed


def test_without_keys_every_verb_says_how_to_make_them(tmp_path: Path) -> None:
    done = Server(tmp_path).arasha("verify")

    assert done.returncode == 2
    assert "run `arasha secrets`" in said(done)
    assert "Traceback" not in said(done)


def test_secrets_needs_no_key_to_run(tmp_path: Path) -> None:
    done = Server(tmp_path).arasha("secrets")

    assert done.returncode == 0, said(done)
    assert (tmp_path / "keys" / "django").exists()
