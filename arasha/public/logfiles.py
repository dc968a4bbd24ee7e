"""Which files of the log everybody may fetch, and how long they may be kept.

Only names that the log itself writes are served, so that no path leads out of its folder.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from arasha.engines.notes import MalformedError
from arasha.engines.translog import Tile
from arasha.journal.policy import POLICY
from arasha.wire.published import CHECKPOINT, CODES, PREFIX_DIGITS, TIMESTAMPS, WITNESSED

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
FOR_EVER = "public, max-age=31536000, immutable"
MUST_ASK = "public, no-cache"

_STAMP = re.compile(rf"{TIMESTAMPS}/[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}\.(tsr|checkpoint)")
_CODE_FILE = re.compile(rf"{CODES}/[0-9]{{{PREFIX_DIGITS}}}")


@dataclass(frozen=True, slots=True)
class LogFile:
    """A file of the log as it is served."""

    content: bytes
    content_type: str
    cache: str


def log_file(folder: Path, name: str) -> LogFile | None:
    """Return the file with this name, or None if the log has no such file."""
    if name in (CHECKPOINT, WITNESSED, POLICY):
        return _read(folder, name, TEXT, MUST_ASK)
    if _CODE_FILE.fullmatch(name):
        # An empty answer, too: that a prefix has no file yet is nothing to tell apart.
        return _read(folder, name, TEXT, MUST_ASK) or LogFile(b"", TEXT, MUST_ASK)
    if stamp := _STAMP.fullmatch(name):
        return _read(folder, name, BYTES if stamp[1] == "tsr" else TEXT, MUST_ASK)
    return _read(folder, name, BYTES, FOR_EVER) if _is_tile(name) else None


def _is_tile(name: str) -> bool:
    try:
        Tile.parse(name)
    except MalformedError:
        return False
    return True


def _read(folder: Path, name: str, content_type: str, cache: str) -> LogFile | None:
    where = folder / name
    return LogFile(where.read_bytes(), content_type, cache) if where.is_file() else None
