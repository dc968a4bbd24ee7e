"""Store and forward: what was accepted here is kept until somebody else can prove to have it."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS item (
  leaf_hash BLOB PRIMARY KEY CHECK (length(leaf_hash) = 32),
  body BLOB NOT NULL,
  promise TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'kept',
  ack TEXT,
  proof TEXT,
  proved_day TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class State(StrEnum):
    KEPT = "kept"
    ACKNOWLEDGED = "acknowledged"
    PROVED = "proved"


class SpoolFullError(Exception):
    """The disk takes no more. Nothing was half-written: the item is either in or it is not."""


@dataclass(frozen=True, slots=True)
class Item:
    """One filing. `ack` and `proof` are the texts that came back for it."""

    leaf_hash: bytes
    body: bytes
    promise: str
    state: State = State.KEPT
    ack: str | None = None
    proof: str | None = None


class Spool:
    """A folder on this machine's disk, exactly one row for each leaf hash.

    It keeps days, never minutes: who takes the disk must not learn when somebody stood here.
    """

    def __init__(self, folder: Path) -> None:
        """Open the spool in `folder`, making it. Raises SpoolFullError."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / "spool.sqlite3"
        with self._open() as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(_TABLES)

    def keep(self, item: Item) -> Item:
        """Store an item durably; the same leaf hash again changes nothing. Returns what is stored."""
        with self._open() as database:
            database.execute(
                "INSERT INTO item (leaf_hash, body, promise) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (item.leaf_hash, item.body, item.promise),
            )
        return self.get(item.leaf_hash) or item

    def get(self, leaf_hash: bytes) -> Item | None:
        return next(self._select("WHERE leaf_hash = ?", leaf_hash), None)

    def in_state(self, state: State) -> list[Item]:
        return list(self._select("WHERE state = ?", state.value))

    def acknowledge(self, leaf_hash: bytes, ack: str) -> None:
        """Note that the other side took it. Never steps back from PROVED."""
        with self._open() as database:
            database.execute(
                "UPDATE item SET state = 'acknowledged', ack = ? WHERE leaf_hash = ? AND state = 'kept'",
                (ack, leaf_hash),
            )

    def prove(self, leaf_hash: bytes, proof: str, *, day: dt.date) -> None:
        """Note the proof. The acknowledgement is dropped: the proof says more, without a minute."""
        with self._open() as database:
            database.execute(
                "UPDATE item SET state = 'proved', ack = NULL, proof = ?, proved_day = ?"
                " WHERE leaf_hash = ? AND state <> 'proved'",
                (proof, day.isoformat(), leaf_hash),
            )

    def forget(self, *, proved_before: dt.date) -> int:
        """Destroy what was proved before that day; returns how many."""
        with self._open() as database:
            gone = database.execute(
                "DELETE FROM item WHERE proved_day < ?", (proved_before.isoformat(),)
            )
            return gone.rowcount

    def note(self, name: str, value: str) -> None:
        """Remember one fact, such as the last recipient sets that were found genuine."""
        with self._open() as database:
            database.execute(
                "INSERT INTO fact VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (name, value),
            )

    def noted(self, name: str) -> str | None:
        with self._open() as database:
            row = database.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
            return None if row is None else str(row[0])

    def _select(self, where: str, value: object) -> Iterator[Item]:
        columns = "leaf_hash, body, promise, state, ack, proof"
        with self._open() as database:
            rows = database.execute(f"SELECT {columns} FROM item {where}", (value,)).fetchall()  # noqa: S608 (constant parts)
        for leaf_hash, body, promise, state, ack, proof in rows:
            yield Item(leaf_hash, body, promise, State(state), ack, proof)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=30)) as database, database:
                database.execute("PRAGMA synchronous = FULL")
                database.execute("PRAGMA secure_delete = ON")
                yield database
        except sqlite3.OperationalError as error:
            raise SpoolFullError(f"{self._path} cannot be written: {error}") from error
