"""How the terminal is: the same words whoever stood here, and whether anybody did."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from arasha.programs.terminal.knowledge import ROOM_FOR_FILINGS, Knowledge
from arasha.wire.image import MANIFEST, Manifest
from arasha.wire.spool import ROOM_TO_TIDY, Spool

FROM_SOURCE = "source"  # not a build, such as a demo
FULL = 2 * ROOM_TO_TIDY  # bytes that are left; a large file is not taken any more


class Health:
    """What each bundle says of the machine. Called when a bundle is formed."""

    def __init__(
        self, spool: Spool, knowledge: Knowledge, *, build: str, today: Callable[[], dt.date]
    ) -> None:
        self._spool = spool
        self._knowledge = knowledge
        self._build = build
        self._today = today

    def __call__(self) -> dict[str, str | int]:
        trust = self._knowledge.trust
        stamp = trust.timestamp_metadata
        return {
            "build": self._build,
            "root": trust.root_metadata.version,
            "stamp": stamp.version if stamp else 0,
            "page": self._knowledge.stream.page,
            "disk": self._disk(),
            "day": self._today().isoformat(),
        }

    def _disk(self) -> str:
        free = self._spool.free_bytes()
        if free < FULL:
            return "full"
        return "low" if free < ROOM_FOR_FILINGS else "ok"


def version_of(build: Path | None) -> str:
    """The number in the manifest of a kiosk's build. Raises MalformedError if there is none."""
    if build is None:
        return FROM_SOURCE
    return str(Manifest.parse((build / MANIFEST).read_bytes()).version)
