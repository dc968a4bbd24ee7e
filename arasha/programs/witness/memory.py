"""What the witness has cosigned. It is on the disk before a cosignature leaves the machine."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

# The primary key is the promise of a witness: one root for each size of a log.
_TABLES = """
CREATE TABLE IF NOT EXISTS cosigned (
  origin TEXT NOT NULL,
  size INTEGER NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  note TEXT NOT NULL,
  PRIMARY KEY (origin, size)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A checkpoint that was cosigned; `note` as it is served, with both signatures."""

    size: int
    root: bytes
    note: str


class Memory:
    """A SQLite file. Never bring back an older copy of it: the witness would forget what it saw."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it. Raises sqlite3.Error if it cannot be written."""
        self._path = path
        with self._open() as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(_TABLES)

    @contextmanager
    def turn(self) -> Iterator["Turn"]:
        """Give one caller at a time the right to look and to write; durable when it ends well."""
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield Turn(database)
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=30, isolation_level=None)) as database:
            database.execute("PRAGMA synchronous = FULL")
            yield database


class Turn:
    """What may be asked and written while nobody else does."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def latest(self, origin: str) -> Seen | None:
        return self._one("origin = ? ORDER BY size DESC LIMIT 1", origin)

    def at(self, origin: str, size: int) -> Seen | None:
        return self._one("origin = ? AND size = ?", origin, size)

    def keep(self, origin: str, seen: Seen) -> None:
        """Remember a cosigned checkpoint; the same one again renews its note.

        Raises sqlite3.IntegrityError if another root of this size was cosigned.
        """
        row = (origin, seen.size, seen.root, seen.note)
        renewed = self._database.execute(
            "UPDATE cosigned SET note = ? WHERE origin = ? AND size = ? AND root = ?",
            (seen.note, origin, seen.size, seen.root),
        )
        if not renewed.rowcount:
            self._database.execute("INSERT INTO cosigned VALUES (?, ?, ?, ?)", row)

    def _one(self, where: str, *values: object) -> Seen | None:
        sql = f"SELECT size, root, note FROM cosigned WHERE {where}"  # noqa: S608 (constant parts)
        row = self._database.execute(sql, values).fetchone()
        return None if row is None else Seen(*row)
