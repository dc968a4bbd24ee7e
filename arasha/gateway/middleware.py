"""A disk that is full is no fault of the terminal's; and the public door's page may post here."""

import errno
import sqlite3
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from arasha.gateway.errors import StorageFullError
from arasha.gateway.views import told

# SQLite tells a full disk (SQLITE_FULL) from a quota or a limit of the file's size (a write that failed).
SQLITE_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}
FOLDER_CODES = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
POSTGRESQL_STATE = "53100"  # disk_full

LETTERS = "/v1/letters"
ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Arasha-Puzzle, Arasha-Envelope, Content-Type, Accept-Language",
    "Access-Control-Max-Age": "86400",
}


class PublicDoorsPage:
    """The page on the public door may post letters here, and read every answer, refusals too.

    The public door itself has no right to write and holds no key that signs.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(LETTERS):
            return self.answer(request)
        asks_first = request.method == "OPTIONS"
        response = HttpResponse(headers=ALLOWED) if asks_first else self.answer(request)
        response.headers["Access-Control-Allow-Origin"] = settings.ARASHA_PUBLIC_URL
        return response


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
