"""kill -9 and the power cut: a program may die at whatever it writes, and a disk forgets what was not synced."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any
from unittest.mock import patch

from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE")


class Killed(BaseException):
    """Nothing catches it but who stands outside of the program; an open transaction is gone."""


class Fate:
    """Counts what is written; the write at which it has counted down is not made."""

    def __init__(self) -> None:
        self._left: int | None = None

    def writes(self) -> None:
        if self._left is None:
            return
        self._left -= 1
        if self._left < 0:
            self._left = None
            raise Killed

    @contextmanager
    def after(self, writes: int | None) -> Iterator[None]:
        """Whoever writes in here dies after so many writes; nobody does if it is None."""
        self._left = writes
        try:
            yield
        finally:
            self._left = None


fate = Fate()


class Mortal(sqlite3.Connection):
    """A program's own file: it dies before a statement, before the commit or right behind it."""

    def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
        if sql.lstrip().startswith(WRITES):
            fate.writes()
        return super().execute(sql, *given)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
        /,
    ) -> Any:
        has_written = kind is None and self.in_transaction
        try:
            if has_written:
                fate.writes()
        except Killed:
            self.rollback()
            raise
        done = super().__exit__(kind, error, trace)
        if has_written:
            fate.writes()
        return done


class Synced:
    """What of each file is on the plates: what a power cut leaves of it."""

    def __init__(self) -> None:
        self._files: dict[int, bytes] = {}
        self._fsync = os.fsync

    def begin(self, folder: Path) -> None:
        """Everything in the folder has lain there for long."""
        self._files = {each.stat().st_ino: each.read_bytes() for each in _own_files(folder)}

    def fsync(self, handle: int) -> None:
        fate.writes()
        self._fsync(handle)
        if Path(f"/proc/self/fd/{handle}").is_file():
            self._files[os.fstat(handle).st_ino] = Path(f"/proc/self/fd/{handle}").read_bytes()
        fate.writes()

    def cut_the_power(self, folder: Path) -> None:
        """SQLite's own files are left to SQLite, which syncs below Python."""
        for file in _own_files(folder):
            file.write_bytes(self._files.get(file.stat().st_ino, b""))


def _own_files(folder: Path) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if each.is_file() and "sqlite3" not in each.name)


@contextmanager
def everybody_is_mortal() -> Iterator[Synced]:
    """In here each program of this process, and each write of the server, asks its fate."""
    synced, connect = Synced(), sqlite3.connect

    def mortal(*where: Any, **how: Any) -> sqlite3.Connection:
        return connect(*where, **how, factory=Mortal)

    with (
        patch.object(sqlite3, "connect", mortal),
        patch.object(os, "fsync", synced.fsync),
        connection.execute_wrapper(_asking),
    ):
        yield synced


def _asking(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if sql.startswith(WRITES):
        fate.writes()
    return execute(sql, params, many, context)
