"""A disk that is full is no fault of the terminal's: it is told plainly, in JSON."""

import errno
import sqlite3
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from arasha.gateway.errors import StorageFullError
from arasha.gateway.views import told

# SQLite tells a full disk (SQLITE_FULL) from a quota or a limit of the file's size (a write that failed).
SQLITE_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}
FOLDER_CODES = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
POSTGRESQL_STATE = "53100"  # disk_full


class FullStorage:
    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return told(StorageFullError()) if is_full(error) else None


def is_full(error: Exception) -> bool:
    """Whether a database or a folder refused to write because there is no room."""
    cause = error.__cause__
    if isinstance(error, OSError):
        return error.errno in FOLDER_CODES
    return isinstance(error, OperationalError) and (
        getattr(cause, "sqlite_errorcode", None) in SQLITE_CODES
        or getattr(cause, "sqlstate", None) == POSTGRESQL_STATE
    )
