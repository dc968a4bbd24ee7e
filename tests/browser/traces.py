"""Where words may have been left: in files, in what was sent."""

import json
from pathlib import Path
from urllib.parse import quote


def spellings(words: str) -> list[bytes]:
    """The words as a file, a browser's profile, JSON or an address would hold them."""
    escaped = json.dumps(words).strip('"')
    return [words.encode(), words.encode("utf-16-le"), escaped.encode(), quote(words).encode()]


def holds(content: bytes, words: str) -> bool:
    return any(spelling in content for spelling in spellings(words))


def files_with(folder: Path, words: str) -> list[Path]:
    """The files under `folder` that hold the words."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return [path for path in files if holds(_content(path), words)]


def _content(path: Path) -> bytes:
    """Nothing of a file that is gone by now, as SQLite's journals are when a write is over."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
