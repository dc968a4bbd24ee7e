"""Several people at the same moment: threads with connections of their own."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def at_once(folder: Path, *acts: Callable[[], T]) -> list[T]:
    """What each act returned, when all began together. Needs a test that commits (transaction=True)."""
    together = threading.Barrier(len(acts))

    def begin(act: Callable[[], T]) -> T:
        try:
            together.wait()
            return act()
        finally:
            connection.close()

    with _database_for_threads(folder), ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(begin, acts))


@contextmanager
def _database_for_threads(folder: Path) -> Iterator[None]:
    """SQLite in memory has no second connection with locks of its own: threads get a file like it."""
    if connection.vendor == "postgresql":
        yield
        return
    in_memory, path = connection.settings_dict["NAME"], str(folder / "threads.sqlite3")
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        # Two threads that switched to the journal of the doors at once would find the file locked.
        copy.execute("PRAGMA journal_mode=WAL")
    connection.settings_dict["NAME"] = path
    try:
        yield
    finally:
        connection.settings_dict["NAME"] = in_memory
