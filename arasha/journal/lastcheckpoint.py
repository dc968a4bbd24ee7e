"""The record of the last signed state, kept outside every backup.

A restored database would otherwise sign a second history. It is a SQLite file of its own, so that
compare and swap is one transaction, written through to the disk.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from arasha.engines.translog import EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class State:
    """A state of the log: its size and root."""

    size: int
    root: bytes


NOTHING_SIGNED = State(0, EMPTY_ROOT)


class SwappedError(Exception):
    """Somebody else signed in between: this process must not."""


class LastCheckpoint:
    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> State:
        """The last state for which a signature may have left this machine."""
        if not self.path.exists():
            return NOTHING_SIGNED
        with self._opened() as database:
            return _state(database)

    def swap(self, old: State, new: State) -> None:
        """Replace `old` by `new` durably. Raises SwappedError if another state is recorded."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._opened() as database:
            database.execute("BEGIN IMMEDIATE")
            _create(database)
            if _state(database) != old:
                database.execute("ROLLBACK")
                raise SwappedError
            database.execute("REPLACE INTO last VALUES (1, ?, ?)", (new.size, new.root))
            database.execute("COMMIT")

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, isolation_level=None, timeout=20)) as database:
            database.execute("PRAGMA synchronous = FULL")
            yield database


def _create(database: sqlite3.Connection) -> None:
    database.execute(
        "CREATE TABLE IF NOT EXISTS last"
        " (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, root BLOB NOT NULL)"
    )


def _state(database: sqlite3.Connection) -> State:
    if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'last'").fetchone():
        return NOTHING_SIGNED
    row = database.execute("SELECT size, root FROM last").fetchone()
    return State(*row) if row else NOTHING_SIGNED
