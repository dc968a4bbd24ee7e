"""The prison's own evidence: the gateway's receipts by day, and what the log says of each day."""

import datetime as dt
import sqlite3
import uuid
from dataclasses import dataclass

from arasha.engines.channel.bundle import Bundle
from arasha.engines.channel.down import Answer
from arasha.programs.relay.disk import Disk

# Receipts of a day whose leaf is proved are no longer needed one by one; of another one they are
# the only evidence, and stay longer.
KEPT_AFTER_PROOF = dt.timedelta(days=7)
KEPT_WITHOUT_PROOF = dt.timedelta(days=92)


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A chain of a terminal on a day of the gateway's calendar."""

    day: dt.date
    terminal: uuid.UUID
    chain: int

    @property
    def key(self) -> tuple[bytes, int, str]:
        return self.terminal.bytes, self.chain, self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a day: signed receipts, how many bundles there were, the gateway's answer
    about the leaf of the day. `is_closed`: only the first and the last receipt are left."""

    receipts: tuple[bytes, ...]
    count: int
    is_closed: bool
    delivery: bytes | None


class Receipts:
    """Asks no clock: the days are those that the gateway signed."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    def days(self) -> list[Day]:
        """All days of which there is evidence, in their order."""
        with self._disk.open() as database:
            rows = database.execute(
                "SELECT DISTINCT terminal, chain, day FROM receipt"
                " UNION SELECT terminal, chain, day FROM closed_day"
            ).fetchall()
        return sorted(_day(*row) for row in rows)

    def of(self, day: Day) -> Kept:
        with self._disk.open() as database:
            closed = database.execute(
                "SELECT first, last, count FROM closed_day WHERE terminal = ? AND chain = ? AND day = ?",
                day.key,
            ).fetchone()
            signed = [row[0] for row in database.execute(_RECEIPTS, day.key)]
            delivery = database.execute(
                "SELECT answer FROM delivery WHERE terminal = ? AND chain = ? AND day = ?", day.key
            ).fetchone()
        proved = delivery[0] if delivery else None
        if closed:
            return Kept(closed[:2], closed[2], True, proved)
        return Kept(tuple(signed), len(signed), False, proved)

    def unproved(self) -> list[Day]:
        """The days that are over at the gateway and of which the log's leaf is not here."""
        with self._disk.open() as database:
            rows = database.execute(
                "SELECT DISTINCT terminal, chain, day FROM receipt AS r"
                " WHERE day < (SELECT MAX(day) FROM receipt) AND NOT EXISTS (SELECT 1 FROM delivery"
                " AS d WHERE (d.terminal, d.chain, d.day) = (r.terminal, r.chain, r.day))"
            ).fetchall()
        return sorted(_day(*row) for row in rows)

    def prove(self, day: Day, answer: bytes) -> None:
        """Keep what the gateway says of the leaf of a day, once it was checked."""
        with self._disk.open() as database:
            database.execute(
                "INSERT INTO delivery VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET answer = excluded.answer",
                (*day.key, answer),
            )

    def close_old(self) -> int:
        """Leave the first and the last receipt of days long over. Returns how many days."""
        with self._disk.open() as database:
            newest = database.execute("SELECT MAX(day) FROM receipt").fetchone()[0]
            if newest is None:
                return 0
            today = dt.date.fromisoformat(newest)
            rows = database.execute(
                "SELECT DISTINCT terminal, chain, day FROM receipt AS r WHERE day < ? OR day < ? AND"
                " EXISTS (SELECT 1 FROM delivery AS d"
                " WHERE (d.terminal, d.chain, d.day) = (r.terminal, r.chain, r.day))",
                (str(today - KEPT_WITHOUT_PROOF), str(today - KEPT_AFTER_PROOF)),
            ).fetchall()
            for key in rows:
                _close(database, key)
        return len(rows)


def has_receipt(database: sqlite3.Connection, bundle: Bundle) -> bool:
    """Whether this very bundle was delivered."""
    head = bundle.head
    found = database.execute(
        "SELECT 1 FROM receipt WHERE terminal = ? AND chain = ? AND seq = ? AND sha256 = ?",
        (head.terminal.bytes, head.chain, head.seq, bundle.sha256()),
    )
    return found.fetchone() is not None


def add_receipt(database: sqlite3.Connection, answer: Answer) -> None:
    """Keep the receipt of an answer, unless its day is closed: then it was counted before."""
    receipt = answer.receipt
    day = (receipt.terminal.bytes, receipt.chain, receipt.day.isoformat())
    closed = "SELECT 1 FROM closed_day WHERE terminal = ? AND chain = ? AND day = ?"
    if database.execute(closed, day).fetchone() is None:
        database.execute(
            "INSERT INTO receipt (terminal, chain, day, seq, sha256, signed)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (*day, receipt.seq, receipt.bundle, receipt.to_bytes() + answer.signature),
        )


_RECEIPTS = "SELECT signed FROM receipt WHERE terminal = ? AND chain = ? AND day = ? ORDER BY seq"


def _close(database: sqlite3.Connection, key: tuple[bytes, int, str]) -> None:
    signed = [row[0] for row in database.execute(_RECEIPTS, key)]
    database.execute(
        "INSERT INTO closed_day VALUES (?, ?, ?, ?, ?, ?)",
        (*key, len(signed), signed[0], signed[-1]),
    )
    database.execute("DELETE FROM receipt WHERE terminal = ? AND chain = ? AND day = ?", key)


def _day(terminal: bytes, chain: int, day: str) -> Day:
    return Day(dt.date.fromisoformat(day), uuid.UUID(bytes=terminal), chain)
