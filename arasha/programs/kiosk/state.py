"""What a terminal remembers of its builds, so that nobody takes it back to an older one."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from arasha.programs.kiosk.refusals import KioskRefusedError

VERSION = "arasha kiosk state v1"
STATE, STARTS = "state.json", "starts.json"
STARTS_TRIED = 3


@dataclass(frozen=True, slots=True)
class State:
    """`version`: the highest that ever was applied. `before`: the folder to go back to, if any.

    `trust`: what was believed of the root of trust; `links`: which ones were laid.
    """

    version: int = 0
    before: str = ""
    trust: str = ""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Starts:
    """How often a build was started, and whether it ever answered."""

    version: int = 0
    count: int = 0
    answered: bool = False

    def begun(self, version: int) -> "Starts":
        known = self if self.version == version else Starts(version)
        return replace(known, count=known.count + 1)

    def failed(self, version: int) -> bool:
        """Whether this build was tried often enough and never answered."""
        return self.version == version and not self.answered and self.count > STARTS_TRIED


def read_state(folder: Path) -> State:
    """Raises KioskRefusedError: a state that cannot be read must not look like none."""
    content = _read(folder / STATE)
    try:
        known = State(
            int(content.get("version", 0)),
            str(content.get("before", "")),
            str(content.get("trust", "")),
            tuple(map(str, content.get("links", ()))),
        )
    except (TypeError, ValueError, AttributeError) as error:
        raise KioskRefusedError("state_spoilt", why=error) from error
    if content and known.version < 1:
        raise KioskRefusedError("state_spoilt", why=folder / STATE)
    return known


def write_state(folder: Path, state: State) -> None:
    _write(folder / STATE, asdict(state))


def read_starts(folder: Path) -> Starts:
    """A file that cannot be read counts as no start: it only keeps a build longer."""
    try:
        content = _read(folder / STARTS)
        return Starts(
            int(content.get("version", 0)),
            int(content.get("count", 0)),
            content.get("answered") is True,
        )
    except (KioskRefusedError, TypeError, ValueError, AttributeError):
        return Starts()


def write_starts(folder: Path, starts: Starts) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(folder / STARTS, asdict(starts))


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_bytes())
        if content["v"] != VERSION:
            raise ValueError(f"{content['v']!r} is not known here")
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise KioskRefusedError("state_spoilt", why=f"{path}: {error!r}") from error
    return dict(content)


def _write(path: Path, content: Mapping[str, object]) -> None:
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(json.dumps({"v": VERSION, **content}, indent=2).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
