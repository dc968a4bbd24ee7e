"""The secret halves of the ingest keys: files in the folder of keys, destroyed as they run out.

Each is read anew for each use. A process that kept them would know them after their end: the job that
destroys the files runs in another one.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from arasha.wire.ingest import SEED_BYTES, IngestSecret
from arasha.wire.keyfile import KeyFileError, read_private, replace_private

FOLDER = "ingest"


def keep(secret: IngestSecret, *, key_id: bytes) -> None:
    """Write a secret half, readable by its owner only."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_private(_file(key_id), secret.seed)


def secret_of(key_id: bytes) -> IngestSecret | None:
    """The secret half of a key, or None where it was never or is no more. Raises KeyFileError."""
    where = _file(key_id)
    try:
        return IngestSecret(read_private(where))
    except (KeyFileError, FileNotFoundError):
        if where.exists():
            raise
        return None


def secrets(*, first: bytes = b"") -> Iterator[IngestSecret]:
    """All secret halves that are there, that of the key `first` before the others."""
    found = [bytes.fromhex(each.name) for each in _folder().glob("[0-9a-f]" * 32)]
    for key_id in sorted(found, key=lambda each: each != first):
        if secret := secret_of(key_id):
            yield secret


def file_names() -> set[str]:
    """Whatever lies in the folder of secret halves."""
    folder = _folder()
    return {each.name for each in folder.iterdir()} if folder.is_dir() else set()


def destroy(key_id: bytes) -> None:
    """Overwrite and remove a secret half; it may be gone already.

    A disk that moves what it overwrites (most that are no plates) may keep a copy until it is
    reused: docs/reference/keys.md says how to lay this folder on one that forgets.
    """
    where = _file(key_id)
    try:
        with where.open("r+b") as file:
            file.write(bytes(SEED_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    where.unlink()


def _folder() -> Path:
    folder: Path = settings.ARASHA_KEYS_DIR / FOLDER
    return folder


def _file(key_id: bytes) -> Path:
    return _folder() / key_id.hex()
