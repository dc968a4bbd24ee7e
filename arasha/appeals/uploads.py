"""A sealed file on its way in: it is hashed while it arrives, and taken whole or not at all."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

from django.core.files.base import File
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from arasha.appeals.errors.filing import TooLargeError, WrongHashError

# 10 MiB, what age adds to them, and a header for as many people as a set may have.
MOST_BYTES = 10 * 1024 * 1024 + 128 * 1024
PIECE_BYTES = 64 * 1024


@contextmanager
def arriving(request: HttpRequest, *, sha256: str) -> Iterator[File[bytes]]:
    """Give the request's body as a file, if it is the one announced.

    Raises TooLargeError before it reads, and WrongHashError also for what breaks off half way.
    """
    refuse_longer(request, most_bytes=MOST_BYTES)
    digest = hashlib.sha256()
    with TemporaryFile() as spool:
        try:
            while piece := request.read(PIECE_BYTES):
                digest.update(piece)
                spool.write(piece)
        except UnreadablePostError as error:
            raise WrongHashError from error
        if digest.hexdigest() != sha256:
            raise WrongHashError
        spool.seek(0)
        yield File(spool)


def refuse_longer(request: HttpRequest, *, most_bytes: int) -> None:
    # Django reads no more of a body than its declared length.
    declared = request.headers.get("Content-Length") or "0"
    if declared.isdecimal() and int(declared) > most_bytes:
        raise TooLargeError(bytes=declared)
