"""One file that holds everything that must survive: the database, the log and the sealed files.

Not in it: keys (whoever finds a backup must not be able to sign) and the record of the last
checkpoint (a restored one could sign a second history). docs/howto/backup.md says where they go.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.db import connection

from arasha.commands.errors import (
    BackupBehindLogError,
    BackupUnreadableError,
    OtherDatabaseError,
    ProgramFailedError,
    ProgramMissingError,
)
from arasha.commands.progress import Say, silent
from arasha.engines.translog import Checkpoint, tiles_between
from arasha.journal.folder import LogFolder
from arasha.journal.lastcheckpoint import NOTHING_SIGNED, State
from arasha.journal.models import Epoch
from arasha.wire.published import CHECKPOINT

FORMAT = 1
BLOCK_BYTES = 1 << 20
MANIFEST, DATABASE, LOG, FILES = "manifest.json", "database", "log/", "files/"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself; `state` is the newest epoch that its database knows."""

    made_at: str
    vendor: str
    state: State
    sha256: str

    def to_json(self) -> str:
        log = {"size": self.state.size, "root": self.state.root.hex()}
        said = {"arasha": FORMAT, "made_at": self.made_at, "database": self.vendor, "log": log}
        return json.dumps(said | {"sha256": self.sha256}, indent=2)

    @classmethod
    def parse(cls, text: bytes) -> "Manifest":
        said: dict[str, Any] = json.loads(text)
        if said["arasha"] != FORMAT:
            raise ValueError(f"its format {said['arasha']} is not known here")
        state = State(said["log"]["size"], bytes.fromhex(said["log"]["root"]))
        return cls(said["made_at"], said["database"], state, said["sha256"])


def back_up(
    target: Path, log: LogFolder, files: Path, *, at: dt.datetime, say: Say = silent
) -> Manifest:
    """Write a backup while the server runs. The file appears whole, readable by its owner only."""
    beside = target.with_name(f".{target.name}.new")
    beside.touch(mode=0o600)
    with (
        TemporaryDirectory(dir=target.parent) as folder,
        zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        say("The log")
        # The log first: a database that is ahead of its log writes it anew, never the reverse.
        _add_log(archive, log)
        say("The database")
        state = newest_state()
        dump = Path(folder) / DATABASE
        _dump(dump)
        archive.write(dump, DATABASE)
        with dump.open("rb") as file:
            manifest = Manifest(at.isoformat(), connection.vendor, state, _digest(file))
        say("The sealed files")
        # The files last: a row's file came before the row.
        _add_files(archive, files)
        archive.writestr(MANIFEST, manifest.to_json())
    beside.replace(target)
    return manifest


def newest_state() -> State:
    """The newest epoch of the database."""
    newest = Epoch.objects.order_by("-number").first()
    return State(newest.size, bytes(newest.root)) if newest else NOTHING_SIGNED


def _add_log(archive: zipfile.ZipFile, log: LogFolder) -> None:
    """Add the log as one checkpoint describes it, however it grows meanwhile."""
    note = log.checkpoint()
    if note is None:
        return
    archive.writestr(LOG + CHECKPOINT, str(note).encode())
    for tile in tiles_between(0, Checkpoint.parse(note.text).size):
        archive.writestr(LOG + tile.path, log.read(tile))
    for name in log.files():
        archive.writestr(LOG + name, (log.path / name).read_bytes())


def _add_files(archive: zipfile.ZipFile, files: Path) -> None:
    """Add the sealed files as they are: what is encrypted cannot be packed smaller."""
    for path in sorted(each for each in files.rglob("*") if each.is_file()):
        # What is erased this moment is not missed.
        with suppress(FileNotFoundError):
            # No time of the file: when something was written is kept nowhere (config/files.py).
            entry = zipfile.ZipInfo(FILES + path.relative_to(files).as_posix())
            with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target)


@contextmanager
def opened(source: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a backup that is whole. Raises BackupUnreadableError."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = Manifest.parse(archive.read(MANIFEST))
            _refuse_damaged(archive, manifest)
            yield archive, manifest
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BackupUnreadableError(file=source, fault=error) from error


def _refuse_damaged(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    if (damaged := archive.testzip()) is not None:
        raise ValueError(f"{damaged} in it is damaged")
    with archive.open(DATABASE) as file:
        if _digest(file) != manifest.sha256:
            raise ValueError("its database is not the one that the manifest names")


def refuse_another_vendor(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise OtherDatabaseError(backup=manifest.vendor, here=connection.vendor)


def refuse_behind(manifest: Manifest, signed: State) -> None:
    """Raise BackupBehindLogError if the backup is older than what this machine signed."""
    known = manifest.state
    if signed.size > known.size or (signed.size == known.size and signed != known):
        raise BackupBehindLogError(signed=signed.size, known=known.size)


def restore_database(archive: zipfile.ZipFile) -> None:
    """Replace the database by the backup's."""
    where = Path(str(connection.settings_dict["NAME"]))
    folder = where.parent if connection.vendor == "sqlite" else None
    with TemporaryDirectory(dir=folder) as beside:
        dump = Path(archive.extract(DATABASE, beside))
        connection.close()
        if connection.vendor == "sqlite":
            for leftover in ("-wal", "-shm"):
                where.with_name(where.name + leftover).unlink(missing_ok=True)
            dump.replace(where)
        else:
            _restore_postgresql(dump, Path(beside) / "list")


def _restore_postgresql(dump: Path, listed: Path) -> None:
    """Extensions stay: where the server's administrator made them, the owner may not drop them."""
    _run("pg_restore", "--list", f"--file={listed}", str(dump))
    lines = listed.read_text().splitlines(keepends=True)
    listed.write_text("".join(line for line in lines if " EXTENSION " not in line))
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    connection.close()
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction",
         f"--use-list={listed}", f"--dbname={_name()}", str(dump))  # fmt: skip


def restore_log(archive: zipfile.ZipFile, folder: Path, *, at: dt.datetime) -> Path | None:
    """Replace the folder of the log. Returns where the old one was put."""
    return _replace(LOG, archive, folder, at=at)


def restore_files(archive: zipfile.ZipFile, folder: Path, *, at: dt.datetime) -> Path | None:
    """Replace the folder of the sealed files. Returns where the old one was put."""
    return _replace(FILES, archive, folder, at=at)


def _replace(
    inside: str, archive: zipfile.ZipFile, folder: Path, *, at: dt.datetime
) -> Path | None:
    names = [name for name in archive.namelist() if name.startswith(inside)]
    aside = folder.with_name(f"{folder.name}.before-{at:%Y%m%dT%H%M%SZ}")
    with TemporaryDirectory(dir=folder.parent) as beside:
        archive.extractall(beside, names)
        had_one = folder.exists()
        if had_one:
            folder.rename(aside)
        (Path(beside) / inside).mkdir(exist_ok=True)
        shutil.move(Path(beside) / inside, folder)
    return aside if had_one else None


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        _dump_sqlite(target)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}", _name())


def _dump_sqlite(target: Path) -> None:
    source = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(source, isolation_level=None, timeout=60)) as database:
        database.execute("VACUUM INTO ?", (str(target),))


def _run(program: str, *words: str) -> None:
    """Run a program of PostgreSQL with the connection of the settings."""
    found = shutil.which(program)
    if found is None:
        raise ProgramMissingError(program=program)
    told = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
    }
    environment = os.environ | {
        name: str(connection.settings_dict[setting])
        for name, setting in told.items()
        if connection.settings_dict[setting]
    }
    done = subprocess.run(
        [found, *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ProgramFailedError(program=program, said=done.stderr.strip())


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := file.read(BLOCK_BYTES):
        digest.update(block)
    return digest.hexdigest()
