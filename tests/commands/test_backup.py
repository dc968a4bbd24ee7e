"""Backup and restore, as one administrator does them."""

import os
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copy2, copytree, rmtree

import pytest

from arasha.commands.locks import single_instance
from arasha.engines.channel.pages import PAGE_BYTES
from arasha.engines.notes import SignerKey, open_note
from tests.commands.conftest import PATIENCE, Server, said


@pytest.fixture(scope="module")
def saved(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server that has published one epoch, and a backup of it beside."""
    where = tmp_path_factory.mktemp("saved")
    made = Server(Path(copytree(migrated, where / "var")))
    succeed(made, "sequencer", "--once")
    succeed(made, "backup", str(where / "monday.zip"))
    return made


@pytest.fixture
def server(saved: Server, tmp_path: Path) -> Server:
    return Server(Path(copytree(saved.var, tmp_path / "var")))


@pytest.fixture
def backup(saved: Server, tmp_path: Path) -> Path:
    return Path(copy2(saved.var.with_name("monday.zip"), tmp_path))


def succeed(server: Server, *words: str) -> str:
    done = server.arasha(*words)
    assert done.returncode == 0, said(done)
    return said(done)


def other_machine(server: Server, tmp_path: Path) -> Server:
    """A new machine with the same keys, as the howto says."""
    copytree(server.var / "keys", tmp_path / "new" / "keys")
    return Server(tmp_path / "new")


def test_a_backup_comes_back_on_another_machine_and_the_log_goes_on(
    server: Server, backup: Path, tmp_path: Path
) -> None:
    new = other_machine(server, tmp_path)

    succeed(new, "restore", str(backup))
    succeed(new, "migrate", "--verbosity=0")
    succeed(new, "sequencer", "--once")

    assert "no:" not in succeed(new, "verify")
    old = (server.var / "log/tile/entries/000").read_bytes()
    assert (new.var / "log/tile/entries/000").read_bytes() == old
    assert (new.var / "log/tile/entries/001").exists()


def test_the_stream_comes_back_on_pages_that_nobody_has_read(
    server: Server, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(server.var / "arasha.sqlite3")) as database, database:
        database.execute("DELETE FROM channel_broadcastrecord")
        values = [(0, 3, b"a", b"1"), (6, 3, b"b", b"2")]
        database.executemany("INSERT INTO channel_broadcastrecord VALUES (?, ?, ?, ?)", values)
    succeed(server, "backup", str(tmp_path / "tuesday.zip"))

    succeed(server, "restore", "--over", str(tmp_path / "tuesday.zip"))

    with closing(sqlite3.connect(server.var / "arasha.sqlite3")) as database:
        found = database.execute("SELECT position FROM channel_broadcastrecord ORDER BY position")
        [(first,), (second,)] = found.fetchall()
    assert first % PAGE_BYTES == 0 and first // PAGE_BYTES > 1_700_000_000
    assert second == first + 6


def test_without_the_old_key_a_restored_log_stands_until_a_person_decides(
    server: Server, backup: Path, tmp_path: Path
) -> None:
    new = Server(tmp_path / "new")
    succeed(new, "secrets")

    told = succeed(new, "restore", str(backup))

    assert "signed by another key" in told and "arasha log key lost" in told
    succeed(new, "migrate", "--verbosity=0")
    published = (new.var / "log/checkpoint").read_bytes()
    refused = new.arasha("sequencer", "--once")
    assert refused.returncode == 1 and "signed by another key" in said(refused)
    assert (new.var / "log/checkpoint").read_bytes() == published


def test_a_machine_without_any_key_of_the_log_is_told_to_bring_it_back(
    server: Server, backup: Path, tmp_path: Path
) -> None:
    new = other_machine(server, tmp_path)
    (new.var / "keys/log").unlink()

    assert "Bring the folder of keys back" in succeed(new, "restore", str(backup))


def test_a_key_that_is_lost_for_ever_is_replaced_by_an_act_of_its_own(
    server: Server, backup: Path, tmp_path: Path
) -> None:
    new = Server(tmp_path / "new")
    succeed(new, "secrets")
    succeed(new, "restore", str(backup))
    succeed(new, "migrate", "--verbosity=0")
    keys = [
        SignerKey.parse((each.var / "keys/log").read_text().strip()).verifier
        for each in (server, new)
    ]

    assert str(keys[1]) in succeed(new, "log", "key", "lost")

    checkpoint = (new.var / "log/checkpoint").read_bytes()
    assert open_note(checkpoint, keys[:1]) == open_note(checkpoint, keys[1:])
    succeed(new, "sequencer", "--once")
    assert "no:" not in succeed(new, "verify")


def test_with_the_old_key_a_restore_says_nothing_of_keys(
    server: Server, backup: Path, tmp_path: Path
) -> None:
    assert "key" not in succeed(other_machine(server, tmp_path), "restore", str(backup))


def test_a_person_at_a_terminal_sees_each_part_begin(server: Server, tmp_path: Path) -> None:
    seen = at_a_terminal(server, "backup", str(tmp_path / "tuesday.zip"))
    assert seen == ["The log …", "The database …", "The sealed files …"]

    seen = at_a_terminal(server, "restore", "--over", str(tmp_path / "tuesday.zip"))
    assert seen == [
        "Reading the whole backup …",
        "The database …",
        "The log …",
        "The sealed files …",
    ]


def at_a_terminal(server: Server, *words: str) -> list[str]:
    """What a verb says on the terminal that its stderr is."""
    screen, ours = os.openpty()
    with os.fdopen(screen, "rb", buffering=0) as terminal:
        done = subprocess.run(
            server.command(*words), env=server.environment, stdout=subprocess.DEVNULL, stderr=ours
        )
        os.close(ours)
        shown = terminal.read(4096).decode().splitlines()
    assert done.returncode == 0, shown
    return shown


def test_neither_keys_nor_the_record_of_the_last_checkpoint_are_in_it(
    server: Server, backup: Path
) -> None:
    secrets = [path.read_bytes().strip() for path in (server.var / "keys").iterdir()]
    with zipfile.ZipFile(backup) as archive:
        names = set(archive.namelist())
        contents = b"".join(archive.read(name) for name in names)

    assert {name.split("/")[0] for name in names} == {"manifest.json", "database", "log"}
    assert not [secret for secret in secrets if secret in contents]
    assert backup.stat().st_mode & 0o077 == 0


def test_sealed_files_come_back_with_the_database_and_what_was_there_is_put_aside(
    server: Server, tmp_path: Path
) -> None:
    kept = server.var / "files/attachments/a-key"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"age-encryption.org/v1\n")
    succeed(server, "backup", str(tmp_path / "tuesday.zip"))
    new = other_machine(server, tmp_path)
    (new.var / "files").mkdir()

    told = succeed(new, "restore", str(tmp_path / "tuesday.zip"))

    assert (new.var / "files/attachments/a-key").read_bytes() == kept.read_bytes()
    assert "The folder of sealed files that was here is now in" in told


def test_a_backup_is_not_written_over_another(server: Server, backup: Path) -> None:
    done = server.arasha("backup", str(backup))

    assert done.returncode == 1
    assert "There is a file with this name already" in said(done)
    assert "--over" in said(done)


def test_restoring_over_data_needs_the_word_over(server: Server, backup: Path) -> None:
    before = (server.var / "arasha.sqlite3").read_bytes()

    done = server.arasha("restore", str(backup))

    assert done.returncode == 1
    assert "--over" in said(done)
    assert (server.var / "arasha.sqlite3").read_bytes() == before


def test_restoring_over_data_keeps_the_old_log_aside(server: Server, backup: Path) -> None:
    told = succeed(server, "restore", "--over", str(backup))

    aside = next(server.var.glob("log.before-*"))
    assert str(aside) in told
    assert "no:" not in succeed(server, "verify")


def test_a_backup_older_than_what_was_signed_is_refused(server: Server, backup: Path) -> None:
    succeed(server, "sequencer", "--once")

    done = server.arasha("restore", "--over", str(backup))

    assert done.returncode == 1
    assert "signed a log of 512 leaves, and the backup knows 256" in said(done)
    assert "docs/howto/restore.md" in said(done)
    assert "no:" not in succeed(server, "verify")


def test_a_database_put_back_by_hand_signs_nothing(server: Server, tmp_path: Path) -> None:
    """Yesterday's files of the machine, without `restore`: only the record knows better."""
    yesterday = Path(copytree(server.var, tmp_path / "yesterday"))
    succeed(server, "sequencer", "--once")
    rmtree(server.var / "log")
    copytree(yesterday / "log", server.var / "log")
    (server.var / "arasha.sqlite3").write_bytes((yesterday / "arasha.sqlite3").read_bytes())

    done = server.arasha("sequencer", "--once")

    assert done.returncode == 1
    assert "The log is ahead of this database" in said(done)
    assert (server.var / "log/checkpoint").read_bytes() == (
        yesterday / "log/checkpoint"
    ).read_bytes()


def test_a_running_sequencer_stops_a_restore(server: Server, backup: Path) -> None:
    with single_instance("sequencer", server.var / "locks"):
        done = server.arasha("restore", "--over", str(backup))

    assert done.returncode == 1
    assert "Another sequencer is running" in said(done)


def _cut(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes()[:-100])


def _another_file(source: Path, target: Path) -> None:
    target.write_text("a text")


def _no_file(source: Path, target: Path) -> None:
    assert not target.exists()


def _with_other_database(source: Path, target: Path) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"x" if name == "database" else old.read(name))


@pytest.mark.parametrize("harm", [_cut, _another_file, _no_file, _with_other_database])
def test_a_damaged_backup_changes_nothing(
    server: Server, backup: Path, tmp_path: Path, harm: Callable[[Path, Path], None]
) -> None:
    before = (server.var / "arasha.sqlite3").read_bytes()
    harm(backup, tmp_path / "bad.zip")

    done = server.arasha("restore", "--over", str(tmp_path / "bad.zip"))

    assert done.returncode == 1
    assert "is not a whole backup" in said(done)
    assert "Traceback" not in said(done)
    assert (server.var / "arasha.sqlite3").read_bytes() == before


def test_a_backup_of_a_busy_server_is_one_state(server: Server, tmp_path: Path) -> None:
    server.settings |= {"ARASHA_DEMO": "True", "ARASHA_EPOCH_SECONDS": "1"}
    sequencer = server.start("sequencer")
    try:
        for number in range(2):
            succeed(server, "backup", str(tmp_path / f"{number}.zip"))
    finally:
        sequencer.terminate()
        sequencer.communicate(timeout=PATIENCE)

    new = other_machine(server, tmp_path)
    succeed(new, "restore", str(tmp_path / "1.zip"))
    succeed(new, "migrate", "--verbosity=0")
    succeed(new, "sequencer", "--once")
    assert "no:" not in succeed(new, "verify")
    with closing(sqlite3.connect(new.var / "arasha.sqlite3")) as database:
        waiting = database.execute("SELECT count(*) FROM journal_leaf WHERE epoch_id IS NULL")
        assert waiting.fetchone() == (0,)
