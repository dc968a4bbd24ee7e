"""The one file of a relay: what is in it, and what is said when the disk does not take it."""

import shutil
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

FILE = "relay.sqlite3"
# What is left free for receipts: they are written, and bundles go, when nothing more is taken in.
SPARE_BYTES = 64 * 1024 * 1024

_TABLES = """
CREATE TABLE IF NOT EXISTS bundle (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 BLOB NOT NULL UNIQUE,
  terminal BLOB NOT NULL,
  is_stranger INTEGER NOT NULL,
  is_spoilt INTEGER NOT NULL DEFAULT 0,
  body BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS bundle_terminal ON bundle (terminal);
CREATE INDEX IF NOT EXISTS bundle_stranger ON bundle (terminal) WHERE is_stranger = 1;
CREATE INDEX IF NOT EXISTS bundle_turn ON bundle (is_spoilt, is_stranger, place);
CREATE TABLE IF NOT EXISTS answer (
  terminal BLOB PRIMARY KEY, chain INTEGER NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS receipt (
  terminal BLOB, chain INTEGER, seq INTEGER, sha256 BLOB, day TEXT NOT NULL, signed BLOB NOT NULL,
  PRIMARY KEY (terminal, chain, seq, sha256)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS receipt_day ON receipt (terminal, chain, day, seq);
CREATE TABLE IF NOT EXISTS closed_day (
  terminal BLOB, chain INTEGER, day TEXT, count INTEGER NOT NULL,
  first BLOB NOT NULL, last BLOB NOT NULL,
  PRIMARY KEY (terminal, chain, day)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS delivery (
  terminal BLOB, chain INTEGER, day TEXT, answer BLOB NOT NULL,
  PRIMARY KEY (terminal, chain, day)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS page (
  number INTEGER PRIMARY KEY, sha256 BLOB NOT NULL, body BLOB NOT NULL
);
"""


class FullError(Exception):
    """Nothing more is taken in. Nothing was half-written."""


class ShutError(Exception):
    """The file cannot be read or written; the message is SQLite's."""


class Disk:
    """A SQLite file. An older copy may be brought back: what it still has is sent again."""

    def __init__(self, folder: Path, *, spare_bytes: int = SPARE_BYTES) -> None:
        """Open the file in `folder`, making both. Raises FullError, ShutError, OSError."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder, self._spare_bytes = folder, spare_bytes
        with self.open() as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(_TABLES)
        # Whoever closes the last connection moves the whole log into the file and syncs both:
        # with one that stays open, a bundle costs one sync.
        idle = sqlite3.connect(folder / FILE, check_same_thread=False)
        idle.execute("SELECT 1 FROM page LIMIT 1").fetchone()
        weakref.finalize(self, idle.close)

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """One transaction, durable when it ends well. Raises FullError, ShutError."""
        try:
            with closing(sqlite3.connect(self.folder / FILE, timeout=30)) as database, database:
                database.execute("PRAGMA synchronous = FULL")
                database.execute("PRAGMA secure_delete = ON")
                yield database
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
                raise FullError("the disk is full") from error
            raise ShutError(str(error)) from error

    def refuse_nearly_full(self) -> None:
        """Raises FullError."""
        if shutil.disk_usage(self.folder).free < self._spare_bytes:
            raise FullError("the disk is nearly full")
