"""What came down to a terminal: sealed replies, and files of the root of trust on their way to be believed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import ClassVar

from arasha.wire.store import Store


class CameDown(Store):
    """The same for every terminal, whatever people did there."""

    tables: ClassVar[str] = (
        Store.tables
        + """
CREATE TABLE IF NOT EXISTS reply (
  tag BLOB PRIMARY KEY, sealed BLOB NOT NULL, came_day TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS reply_day ON reply (came_day, tag);
CREATE TABLE IF NOT EXISTS trust_file (
  name TEXT PRIMARY KEY, position INTEGER NOT NULL, data BLOB NOT NULL
) WITHOUT ROWID;
"""
    )

    def keep_replies(self, replies: Iterable[tuple[bytes, bytes]], *, day: dt.date) -> None:
        """Keep (tag, sealed reply) pairs. The newest of a tag counts, from the day of the first."""
        with self._open() as database:
            database.executemany(
                "INSERT INTO reply VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET sealed = excluded.sealed",
                [(tag, sealed, day.isoformat()) for tag, sealed in replies],
            )

    def replies(self, tags: Iterable[bytes]) -> dict[bytes, bytes]:
        """The sealed replies to these tags, as far as there are any."""
        asked = list(tags)
        marks = ",".join("?" * len(asked))
        with self._open() as database:
            rows = database.execute(f"SELECT tag, sealed FROM reply WHERE tag IN ({marks})", asked)  # noqa: S608 (question marks)
            return dict(rows.fetchall())

    def forget_replies(self, *, came_before: dt.date | None, most: int) -> None:
        """Destroy old replies if a day is known, and the oldest of more than `most`."""
        day = came_before.isoformat() if came_before else ""
        with self._open() as database:
            database.execute("DELETE FROM reply WHERE came_day < ?", (day,))
            database.execute(
                "DELETE FROM reply WHERE tag IN"
                " (SELECT tag FROM reply ORDER BY came_day DESC, tag DESC LIMIT -1 OFFSET ?)",
                (most,),
            )

    def keep_trust_files(self, files: Mapping[str, bytes], *, position: int) -> None:
        """Keep files of the root of trust that are not believed yet, and where they stood."""
        with self._open() as database:
            database.executemany(
                "INSERT OR REPLACE INTO trust_file VALUES (?, ?, ?)",
                [(name, position, data) for name, data in files.items()],
            )

    def trust_file(self, name: str) -> bytes | None:
        with self._open() as database:
            found = database.execute("SELECT data FROM trust_file WHERE name = ?", (name,))
            row = found.fetchone()
        return None if row is None else bytes(row[0])

    def trust_file_bytes(self) -> int:
        with self._open() as database:
            row = database.execute("SELECT coalesce(sum(length(data)), 0) FROM trust_file")
            return int(row.fetchone()[0])

    def forget_trust_files(self, *, before: int) -> None:
        """Drop those that stood before this byte of the stream."""
        with self._open() as database:
            database.execute("DELETE FROM trust_file WHERE position < ?", (before,))
