"""Bundles that wait, and the newest answer for each terminal.

A bundle is noise to a relay. It goes as soon as the gateway's receipt for it is here.
"""

import json
import sqlite3
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256

from arasha.engines.channel.bundle import Bundle
from arasha.engines.channel.down import Answer
from arasha.programs.relay.disk import Disk, FullError
from arasha.programs.relay.receipts import add_receipt, has_receipt

# A fortnight at one a minute.
MOST_WAITING = 20_160
# Where there has never been a line all terminals are strangers, each with a room of its own. But a
# hostile machine in the prison's network can write any UUID: there are only so many rooms, of a day.
MOST_STRANGERS = 64
MOST_OF_A_STRANGER = 1_440


@dataclass(frozen=True, slots=True)
class Waiting:
    """A bundle that is not delivered yet, and its place in the order of their coming."""

    place: int
    body: bytes


class Rack:
    """Takes bundles in until the gateway has them."""

    def __init__(
        self,
        disk: Disk,
        *,
        most: int = MOST_WAITING,
        most_strangers: int = MOST_STRANGERS,
        most_of_a_stranger: int = MOST_OF_A_STRANGER,
    ) -> None:
        self._disk, self._most = disk, most
        self._most_strangers, self._most_of_a_stranger = most_strangers, most_of_a_stranger

    def keep(self, bundle: Bundle) -> None:
        """Store a bundle durably; one that is here or was delivered changes nothing.

        Raises FullError if the disk is full or too many of its kind wait; ShutError.
        """
        terminal = bundle.head.terminal.bytes
        with self._disk.open() as database:
            if has_receipt(database, bundle):
                return
            self._disk.refuse_nearly_full()
            is_stranger = not _is_known(database, terminal)
            self._refuse_too_many(database, terminal, is_stranger=is_stranger)
            database.execute(
                "INSERT INTO bundle (sha256, terminal, is_stranger, body) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (bundle.sha256(), terminal, is_stranger, bundle.to_bytes()),
            )

    def next_waiting(self, *, but: Collection[int] = ()) -> Waiting | None:
        """The bundle to send next, strangers' last, none of these places. Raises ShutError.

        A row that the disk has spoilt is marked and passed over.
        """
        sql = (
            "SELECT place, sha256, body FROM bundle WHERE is_spoilt = 0"
            " AND place NOT IN (SELECT value FROM json_each(?)) ORDER BY is_stranger, place LIMIT 1"
        )
        aside = json.dumps(list(but))
        with self._disk.open() as database:
            while found := database.execute(sql, (aside,)).fetchone():
                if sha256(found[2]).digest() == found[1]:
                    return Waiting(found[0], found[2])
                database.execute("UPDATE bundle SET is_spoilt = 1 WHERE place = ?", found[:1])
        return None

    def waiting(self) -> Iterator[bytes]:
        """All bundles that wait, one at a time in memory."""
        with self._disk.open() as database:
            places = database.execute("SELECT place FROM bundle ORDER BY place").fetchall()
        for place in places:
            with self._disk.open() as database:
                found = database.execute(
                    "SELECT sha256, body FROM bundle WHERE place = ?", place
                ).fetchone()
            if found and sha256(found[1]).digest() == found[0]:
                yield found[1]

    def deliver(self, answer: Answer) -> bool:
        """Keep an answer whose receipt was checked, and let its bundle go, in one step.

        Returns whether this relay had the bundle. Raises FullError, ShutError.
        """
        receipt = answer.receipt
        terminal = receipt.terminal.bytes
        with self._disk.open() as database:
            gone = database.execute(
                "DELETE FROM bundle WHERE sha256 = ? AND terminal = ?", (receipt.bundle, terminal)
            )
            if not gone.rowcount:
                return False
            add_receipt(database, answer)
            database.execute("UPDATE bundle SET is_stranger = 0 WHERE terminal = ?", (terminal,))
            database.execute(
                "INSERT INTO answer VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                " chain = excluded.chain, seq = excluded.seq, body = excluded.body"
                " WHERE (excluded.chain, excluded.seq) >= (answer.chain, answer.seq)",
                (terminal, receipt.chain, receipt.seq, answer.to_bytes()),
            )
        return True

    def drop(self, waiting: Waiting) -> None:
        """Let a bundle go that the gateway refuses for good."""
        with self._disk.open() as database:
            database.execute("DELETE FROM bundle WHERE place = ?", (waiting.place,))

    def newest_answer(self, terminal: uuid.UUID) -> bytes | None:
        """The answer to the bundle with the highest number, as it came."""
        with self._disk.open() as database:
            found = database.execute(
                "SELECT body FROM answer WHERE terminal = ?", (terminal.bytes,)
            ).fetchone()
        return found[0] if found else None

    def counts(self) -> tuple[int, int]:
        """How many bundles wait, and how many the disk has spoilt."""
        with self._disk.open() as database:
            rows = dict(
                database.execute("SELECT is_spoilt, COUNT(*) FROM bundle GROUP BY is_spoilt")
            )
        return rows.get(0, 0), rows.get(1, 0)

    def _refuse_too_many(
        self, database: sqlite3.Connection, terminal: bytes, *, is_stranger: bool
    ) -> None:
        """Who came first keeps the room: nobody can crowd out what was acknowledged."""
        sql = "SELECT COUNT(*) FROM bundle WHERE terminal = ?"
        (waiting,) = database.execute(sql, (terminal,)).fetchone()
        if waiting >= (self._most_of_a_stranger if is_stranger else self._most):
            raise FullError("too many bundles wait")
        if is_stranger and not waiting and _strangers(database) >= self._most_strangers:
            raise FullError("too many strangers wait")


def _is_known(database: sqlite3.Connection, terminal: bytes) -> bool:
    """Whether the gateway has ever answered a bundle of this terminal."""
    found = database.execute("SELECT 1 FROM answer WHERE terminal = ?", (terminal,))
    return found.fetchone() is not None


def _strangers(database: sqlite3.Connection) -> int:
    sql = "SELECT COUNT(DISTINCT terminal) FROM bundle WHERE is_stranger = 1"
    found: tuple[int] = database.execute(sql).fetchone()
    return found[0]
