"""The folder of a witness, as the person who runs it meets it."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from arasha.engines.notes import COSIGNATURE, VerifierKey
from arasha.programs import witness as program
from arasha.programs.witness import house
from arasha.wire.client import Client
from tests.engines.translog.small_log import Log
from tests.programs.witness.watching import NAME, Asker, grown

LOG = str(Log().key.verifier)


def run(*words: str | Path) -> int:
    return program.main([str(word) for word in words])


def test_init_makes_a_private_key_and_prints_the_public_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "w"

    assert run("init", folder, "--name", NAME, "--log", LOG) == 0

    key = VerifierKey.parse(capsys.readouterr().out.strip())
    assert (key.name, key.kind) == (NAME, COSIGNATURE)
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600
    assert run("key", folder) == 0
    assert capsys.readouterr().out.strip() == str(key)


def test_a_second_init_keeps_the_first_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("init", tmp_path / "w", "--name", NAME, "--log", LOG)
    first = (tmp_path / "w" / "key").read_text()

    assert run("init", tmp_path / "w", "--name", NAME, "--log", LOG) == 2
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "w" / "key").read_text() == first


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: (folder / "logs").write_text("# none\n"), "names no log"),
        (lambda folder: (folder / "logs").write_text(LOG[:-3]), "logs, line 1"),
        (lambda folder: (folder / "logs").unlink(), "logs cannot be read"),
        (lambda folder: (folder / "key").chmod(0o644), "chmod 600"),
        (lambda folder: (folder / "seen.sqlite3").unlink(), "could cosign a second history"),
        (lambda folder: (folder / "seen.sqlite3").write_bytes(b"x" * 9999), "cannot be written"),
        (lambda folder: (folder / "key").write_text(Log().key.reveal()), "not a witness's key"),
    ],
)
def test_a_damaged_house_is_not_opened_and_it_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spoil: object, words: str
) -> None:
    folder = tmp_path / "w"
    run("init", folder, "--name", NAME, "--log", LOG)
    assert callable(spoil)
    spoil(folder)

    assert run("serve", folder, "--port", "0") == 2
    assert words in capsys.readouterr().err


def test_a_log_may_have_two_keys_while_it_changes_them(tmp_path: Path) -> None:
    house.make(tmp_path, name=NAME, seed=b"s" * 32, logs=[Log().key.verifier])
    second = VerifierKey(Log().key.name, Log().key.kind, b"\x01" * 32)
    with (tmp_path / "logs").open("a") as file:
        file.write(f"\n{second}\n")

    assert house.watched(tmp_path) == {Log().key.name: [Log().key.verifier, second]}


def test_the_program_serves_until_it_is_told_to_end(tmp_path: Path) -> None:
    run("init", tmp_path / "w", "--name", NAME, "--log", LOG)
    words = [sys.executable, "-m", "arasha", "witness", "serve", str(tmp_path / "w"), "--port", "0"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().removeprefix("witness: ").strip()
        asker = Asker(Client(address))

        assert asker.add(grown(7).request(0)).status == 200
        process.send_signal(signal.SIGTERM)

        assert process.wait(10) == 0


def test_a_disk_that_takes_no_more_is_answered_and_nothing_is_cosigned(
    asker: Asker, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "witness" / "seen.sqlite3")) as database:
        database.execute(
            "CREATE TRIGGER full BEFORE INSERT ON cosigned BEGIN SELECT RAISE(ABORT, 'full'); END"
        )

    refused = asker.add(grown(7).request(0))
    with closing(sqlite3.connect(tmp_path / "witness" / "seen.sqlite3")) as database:
        database.execute("DROP TRIGGER full")

    assert (refused.status, refused.body) == (503, b"the witness cannot write; ask again\n")
    assert asker.add(grown(7, branch="other").request(0)).status == 200
