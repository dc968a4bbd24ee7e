"""The manifest of what runs on a terminal: every file of a build by its hash, and nothing beside them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from arasha.engines.notes import MalformedError, canonical_json

VERSION = "arasha kiosk v1"
MANIFEST = "manifest.json"  # the one file of the folder that is not in it
MOST_BYTES = 2**20
_PATH = re.compile(r"(?!\.{1,2}(?:/|$))[\w.@+-]+(?:/(?!\.{1,2}(?:/|$))[\w.@+-]+)*", re.ASCII)
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """SHA-256 as hex, and the size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` by their paths in the folder, with `/` between."""

    version: int
    files: Mapping[str, FileFacts]

    def to_json(self) -> bytes:
        files = {
            path: {"sha256": facts.sha256, "size": facts.size} for path, facts in self.files.items()
        }
        return canonical_json({"v": VERSION, "version": self.version, "files": files})

    @classmethod
    def parse(cls, data: bytes) -> "Manifest":
        """Read what `to_json` writes, and nothing else. Raises MalformedError."""
        if len(data) > MOST_BYTES:
            raise MalformedError(f"a manifest has at most {MOST_BYTES} bytes, got {len(data)}")
        try:
            content = json.loads(data)
            files = {path: _facts(path, facts) for path, facts in content["files"].items()}
            manifest = cls(_version(content["version"]), files)
            is_ours = manifest.to_json() == data
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise MalformedError(f"no manifest of a terminal's build: {error!r}") from error
        if not is_ours:
            raise MalformedError(f"not in the form of {VERSION}")
        return manifest


def is_path(path: str) -> bool:
    """Whether a file of a build can have this path: it leads out of no folder."""
    return _PATH.fullmatch(path) is not None and path != MANIFEST


def _facts(path: str, facts: Mapping[str, Any]) -> FileFacts:
    sha256, size = facts["sha256"], facts["size"]
    if not is_path(path):
        raise MalformedError(f"{path!r} is no path in a build")
    if not _HASH.fullmatch(sha256) or type(size) is not int or size < 0:
        raise MalformedError(f"{path}: a hash of 64 hex digits and a size, got {facts!r}")
    return FileFacts(sha256, size)


def _version(number: object) -> int:
    if type(number) is not int or number < 1:
        raise MalformedError(f"a version is a number from 1, got {number!r}")
    return number
