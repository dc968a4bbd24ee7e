"""What a terminal keeps on its disk: sealed objects until they are proved, beside what came down."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar

from arasha.engines.channel.up import Kind
from arasha.wire.came_down import CameDown
from arasha.wire.store import SpoolFullError

__all__ = ["Item", "Listed", "Spool", "SpoolFullError", "State"]

# By the hash of the sealed object: the order of coming would tell who stood here when. Apart from its bytes: to note
# what became of an object takes a page then, which a disk that is nearly full still has.
_OBJECTS = """
CREATE TABLE IF NOT EXISTS object (
  name BLOB PRIMARY KEY CHECK (length(name) = 32),
  leaf BLOB NOT NULL CHECK (length(leaf) = 32),
  kind INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'kept',
  settled_day TEXT,
  promise TEXT NOT NULL,
  file TEXT NOT NULL,
  proof TEXT,
  size INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS one_filing_a_leaf ON object (leaf) WHERE kind = 1;
CREATE TABLE IF NOT EXISTS sealed (name BLOB PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
"""
# A disk that is full to the last page could neither note what arrived nor destroy anything: both are written first.
ROOM_TO_TIDY = 32 * 1024 * 1024  # bytes; the journal of the largest object, and as much again
_COLUMNS = "name, leaf, kind, body, promise, file, state, proof"
_LISTED = "name, leaf, kind, state, size, file"


class State(StrEnum):
    KEPT = "kept"
    ACKNOWLEDGED = "acknowledged"  # the other side has it
    PROVED = "proved"  # and the log has its leaf


@dataclass(frozen=True, slots=True)
class Item:
    """A sealed object. `name` is its SHA-256, `leaf` the leaf hash of the filing it is or belongs to.

    Only filings have a `promise` and, later, a `proof`; `file` is the SHA-256 (hex) of a sealed file.
    """

    name: bytes
    leaf: bytes
    kind: Kind
    body: bytes
    promise: str = ""
    file: str = ""
    state: State = State.KEPT
    proof: str | None = None

    @classmethod
    def of_filing(cls, leaf: bytes, body: bytes, promise: str) -> "Item":
        return cls(sha256(body).digest(), leaf, Kind.FILING, body, promise)

    @classmethod
    def of_file(cls, leaf: bytes, body: bytes, file: str) -> "Item":
        return cls(sha256(body).digest(), leaf, Kind.ATTACHMENT, body, file=file)

    @property
    def listed(self) -> "Listed":
        return Listed(self.name, self.leaf, self.kind, self.state, len(self.body), self.file)


@dataclass(frozen=True, slots=True)
class Listed:
    """An object without its bytes, of which there are `size`."""

    name: bytes
    leaf: bytes
    kind: Kind
    state: State
    size: int
    file: str

    @property
    def waits(self) -> bool:
        return self.state is State.KEPT


class Spool(CameDown):
    """A folder on this machine's disk.

    It keeps days, never minutes: who takes the disk must not learn when somebody stood here. What
    is an appeal and what the cover of another use, it does not know.
    """

    tables: ClassVar[str] = CameDown.tables + _OBJECTS

    def keep(self, item: Item) -> Item:
        """Store an object durably; a second filing of the same leaf changes nothing. Returns what is stored.

        Raises SpoolFullError, also while the disk has only room to tidy up.
        """
        if self.free_bytes() < ROOM_TO_TIDY + 2 * len(item.body):
            raise SpoolFullError(f"{self._path} has only room to tidy up")
        with self._open() as database:
            is_new = database.execute(
                "INSERT INTO object (name, leaf, kind, promise, file, size) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (item.name, item.leaf, item.kind, item.promise, item.file, len(item.body)),
            ).rowcount
            if is_new:
                database.execute("INSERT INTO sealed VALUES (?, ?)", (item.name, item.body))
        if item.kind is Kind.FILING:
            return self.filing(item.leaf) or item
        return self.get(item.name) or item

    def get(self, name: bytes) -> Item | None:
        return self._one("name = ?", name)

    def filing(self, leaf: bytes) -> Item | None:
        return self._one("kind = 1 AND leaf = ?", leaf)

    def listed(self) -> list[Listed]:
        """Everything that is kept here, in no order that means anything."""
        return self._list("1")

    def listed_of(self, leaf: bytes) -> list[Listed]:
        """The filing of this leaf, and the files that follow it."""
        return self._list("leaf = ?", leaf)

    def find(self, name: bytes) -> Listed | None:
        return next(iter(self._list("name = ?", name)), None)

    def acknowledge(self, name: bytes, *, day: dt.date | None) -> None:
        """Note that the other side has it. Never steps back from PROVED.

        What has no `day` is never destroyed. The acknowledgement itself is not kept: it has a minute, and can be asked for again.
        """
        with self._open() as database:
            database.execute(
                "UPDATE object SET state = 'acknowledged',"
                " settled_day = CASE kind WHEN 1 THEN NULL ELSE ? END"
                " WHERE name = ? AND state = 'kept'",
                (day and day.isoformat(), name),
            )

    def prove(self, name: bytes, proof: str | None, *, day: dt.date | None) -> None:
        """Note the proof; None if the other side has erased what it had proved."""
        with self._open() as database:
            database.execute(
                "UPDATE object SET state = 'proved', proof = coalesce(?, proof), settled_day = ?"
                " WHERE name = ? AND state <> 'proved'",
                (proof, day and day.isoformat(), name),
            )

    def reopen(self, name: bytes) -> None:
        """The other side has lost it: it is to be sent again."""
        with self._open() as database:
            database.execute(
                "UPDATE object SET state = 'kept', settled_day = NULL WHERE name = ?", (name,)
            )

    def forget(self, *, proved_before: dt.date) -> list[bytes]:
        """Destroy filings proved before that day, and attachments that nothing waits for; returns their names."""
        day = proved_before.isoformat()
        filings = self._names("settled_day < ? AND kind = 1", day)
        self._destroy(filings)
        files = self._names(
            "settled_day < ? AND kind <> 1"
            " AND leaf NOT IN (SELECT leaf FROM object WHERE kind = 1)",
            day,
        )
        self._destroy(files)
        return [*filings, *files]

    def _names(self, where: str, *values: str) -> list[bytes]:
        with self._open() as database:
            found = database.execute(f"SELECT name FROM object WHERE {where}", values)  # noqa: S608 (constant parts)
            return [bytes(name) for (name,) in found]

    def _destroy(self, names: list[bytes]) -> None:
        """One by one: what is destroyed is overwritten, which takes as much room in the journal."""
        for name in names:
            with self._open() as database:
                database.execute("DELETE FROM object WHERE name = ?", (name,))
                database.execute("DELETE FROM sealed WHERE name = ?", (name,))
        if names:
            self._wipe_the_journal()

    def _one(self, where: str, value: bytes) -> Item | None:
        with self._open() as database:
            row = database.execute(
                f"SELECT {_COLUMNS} FROM object JOIN sealed USING (name) WHERE {where}",  # noqa: S608 (constant parts)
                (value,),
            ).fetchone()
        if row is None:
            return None
        name, leaf, kind, body, promise, file, state, proof = row
        return Item(name, leaf, Kind(kind), body, promise, file, State(state), proof)

    def _list(self, where: str, *values: bytes) -> list[Listed]:
        with self._open() as database:
            rows = database.execute(
                f"SELECT {_LISTED} FROM object WHERE {where} ORDER BY name",  # noqa: S608 (constant parts)
                values,
            ).fetchall()
        return [
            Listed(name, leaf, Kind(kind), State(state), size, file)
            for name, leaf, kind, state, size, file in rows
        ]

    def _wipe_the_journal(self) -> None:
        with self._open() as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
