"""Evidence against a log: two statements that it signed and that cannot both be true."""

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from arasha.engines.notes import MalformedError, Note, b64, parse_note

VERSION = "arasha evidence v1"
FORK = "fork"  # one size, two roots: nothing can explain it
EMPTY = "empty"  # a root of no leaves that is not the empty tree's: nothing can explain it
UNPROVED = "unproved"  # larger, and the proof given with it does not hold: a better one may come
KINDS = frozenset({FORK, EMPTY, UNPROVED})


@dataclass(frozen=True, slots=True)
class Evidence:
    """`known` is what was believed before (None for EMPTY), `offered` what contradicts it."""

    kind: str
    offered: Note
    known: Note | None
    old_size: int
    proof: tuple[bytes, ...]
    seen_at: dt.datetime

    @property
    def origin(self) -> str:
        return self.offered.text.partition("\n")[0]

    @property
    def name(self) -> str:
        """One name for one statement, so that sending it again fills no disk."""
        return f"{self.kind}-{sha256(self.offered.text.encode()).hexdigest()[:32]}.json"

    def to_json(self) -> bytes:
        content = {
            "v": VERSION,
            "kind": self.kind,
            "seen_at": self.seen_at.isoformat(timespec="seconds"),
            "known": None if self.known is None else str(self.known),
            "offered": str(self.offered),
            "old_size": self.old_size,
            "proof": [b64.encode(each) for each in self.proof],
        }
        return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def keep(folder: Path, evidence: Evidence) -> Path:
    """Write the evidence durably, unless the same statement is kept already. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    where = folder / evidence.name
    if where.exists():
        return where
    beside = where.with_name(f".{where.name}.{os.getpid()}.new")
    with beside.open("wb") as file:
        file.write(evidence.to_json())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(where)
    return where


def kept(folder: Path) -> Iterator[tuple[Path, Evidence]]:
    """Yield what is kept, in the order of the names. Raises MalformedError for a damaged file."""
    for path in sorted(folder.glob("*.json")):
        yield path, _read(path)


def _read(path: Path) -> Evidence:
    try:
        return _evidence(json.loads(path.read_bytes()))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise MalformedError(f"{path} is not a file of evidence: {error!r}") from error


def _evidence(content: dict[str, Any]) -> Evidence:
    if content["v"] != VERSION or content["kind"] not in KINDS:
        raise MalformedError(f"{content['v']!r} and {content['kind']!r} are not known here")
    return Evidence(
        kind=content["kind"],
        offered=parse_note(content["offered"].encode()),
        known=parse_note(content["known"].encode()) if content["known"] else None,
        old_size=int(content["old_size"]),
        proof=tuple(b64.decode(each, "proof") for each in content["proof"]),
        seen_at=dt.datetime.fromisoformat(content["seen_at"]),
    )
