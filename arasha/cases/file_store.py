"""Where the bytes of documents lie: by their SHA-256, once, however many cases hold them."""

import logging
from collections.abc import Iterable
from hashlib import sha256
from typing import BinaryIO, Literal

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import default_storage

from arasha.cases.models import Document, MedicalDocument

logger = logging.getLogger(__name__)
PIECE = 1 << 18
Fault = Literal["", "lost", "forged"]


def path_of(digest: str) -> str:
    return f"cases/{digest[:2]}/{digest}"


def digest_of(file: BinaryIO) -> str:
    """The SHA-256 in hex of a file from its beginning, a piece at a time."""
    file.seek(0)
    digest = sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def keep(file: BinaryIO, *, digest: str) -> None:
    """Keep the bytes, if they are not there yet. What lies damaged in their place is mended by them."""
    if fault := fault_of(digest):
        if fault == "forged":
            logger.error("%s was damaged; the same file came again and took its place", digest)
        file.seek(0)
        default_storage.save(path_of(digest), File(file))


def has(digest: str) -> bool:
    return default_storage.exists(path_of(digest))


def opened(digest: str) -> BinaryIO:
    """The bytes, from the beginning. Raises FileNotFoundError."""
    return default_storage.open(path_of(digest))  # type: ignore[return-value]


def fault_of(digest: str) -> Fault:
    """Whether the bytes are still what was kept; what is no file, or lies elsewhere, is not."""
    try:
        with opened(digest) as file:
            return "" if digest_of(file) == digest else "forged"
    except FileNotFoundError:
        return "lost"
    except (IsADirectoryError, SuspiciousFileOperation):
        return "forged"


def destroy_unused(hashes: Iterable[str]) -> None:
    """Delete the bytes that no document holds any more."""
    for digest in hashes:
        held = any(m.objects.filter(sha256=digest).exists() for m in (Document, MedicalDocument))
        if not held:
            default_storage.delete(path_of(digest))
