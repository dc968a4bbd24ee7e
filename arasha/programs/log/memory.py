"""What a monitor has seen of one log: the newest checkpoint, and when it was first seen."""

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arasha.engines.notes import MalformedError, Note, parse_note
from arasha.engines.translog import Checkpoint

VERSION = "arasha monitor v1"


@dataclass(frozen=True, slots=True)
class Memory:
    """`grew_at`: when this size was first seen, by our own clock."""

    note: Note
    grew_at: dt.datetime

    @property
    def stated(self) -> Checkpoint:
        return Checkpoint.parse(self.note.text)


def read(path: Path) -> Memory | None:
    """Return what was kept, or None before the first time. Raises MalformedError, OSError."""
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as problem:
        raise MalformedError(f"not a monitor's memory: {problem}") from problem
    return _memory(content)


def _memory(content: Any) -> Memory:
    try:
        if content["v"] != VERSION:
            raise MalformedError(f"version {content['v']!r} is not known here")
        note = parse_note(content["checkpoint"].encode())
        Checkpoint.parse(note.text)
        return Memory(note, dt.datetime.fromisoformat(content["grew_at"]))
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise MalformedError(f"not a monitor's memory: {problem!r}") from problem


def write(path: Path, memory: Memory) -> None:
    """Replace what was kept, whole or not at all. Raises OSError."""
    content = {
        "v": VERSION,
        "checkpoint": str(memory.note),
        "grew_at": memory.grew_at.isoformat(timespec="seconds"),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
