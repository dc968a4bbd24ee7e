"""One SQLite file of a program that must outlive a full disk and a power cut, and small facts in it."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar


class SpoolFullError(Exception):
    """The disk takes no more. Nothing was half-written: an object is either in or it is not."""


class Store:
    """A folder on this machine's disk. `tables`: how each kind of store begins."""

    tables: ClassVar[str] = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

    def __init__(self, folder: Path) -> None:
        """Open what is in `folder`, making it. Raises SpoolFullError."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self._path = folder / "spool.sqlite3"
        self._lock = threading.RLock()
        with self._telling():
            # Open as long as the program runs: on a full disk it could not be opened again.
            self._database = sqlite3.connect(self._path, timeout=30, check_same_thread=False)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = FULL")
            self._database.execute("PRAGMA secure_delete = ON")
            self._database.executescript(self.tables)

    def note(self, name: str, value: str) -> None:
        """Remember one fact, such as the root of trust as it was last believed."""
        with self._open() as database:
            database.execute(
                "INSERT INTO fact VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (name, value),
            )

    def noted(self, name: str) -> str | None:
        with self._open() as database:
            row = database.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
            return None if row is None else str(row[0])

    def free_bytes(self) -> int:
        """How much more the disk takes."""
        return shutil.disk_usage(self.folder).free

    def all_bytes(self) -> int:
        """How much the disk takes when it is empty."""
        return shutil.disk_usage(self.folder).total

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._telling(), self._database:
            yield self._database

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:
            raise  # a fault of this program
        except sqlite3.DatabaseError as error:
            raise SpoolFullError(f"{self._path} cannot be written: {error}") from error
