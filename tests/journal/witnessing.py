"""Real witnesses on ports of this machine, that can be cut off and come back."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from arasha.engines.notes import VerifierKey
from arasha.journal.log import Log
from arasha.programs.witness import house
from arasha.programs.witness.server import serving
from arasha.wire.serving import Server

NOON = dt.datetime(2026, 6, 26, 12, tzinfo=dt.UTC)


@dataclass
class Neighbour:
    """A witness in its own folder, on one port for its whole life."""

    folder: Path
    name: str
    logs: list[VerifierKey]
    port: int = 0
    key: VerifierKey = field(init=False)
    _server: Server | None = None

    def __post_init__(self) -> None:
        seed = self.name.encode().ljust(32, b"w")
        self.key = house.make(self.folder, name=f"{self.name}.example", seed=seed, logs=self.logs)
        self.come()

    def come(self) -> None:
        witness = house.open_house(self.folder)
        server = serving(witness, host="127.0.0.1", port=self.port, clock=lambda: NOON)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        self._server, self.port = server, server.port

    @property
    def is_gone(self) -> bool:
        return self._server is None

    def go(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def line(self) -> str:
        return f"witness {self.name} {self.key} http://127.0.0.1:{self.port}\n"

    def seen_of(self, log: Log) -> int:
        """The size that it cosigned last."""
        with house.memory_of(self.folder).turn() as turn:
            latest = turn.latest(log.signer.name)
        return latest.size if latest else 0


@contextmanager
def neighbours(folder: Path, log: Log, *names: str) -> Iterator[list[Neighbour]]:
    made = [Neighbour(folder / name, name, log.keys) for name in names]
    try:
        yield made
    finally:
        for each in made:
            each.go()


def witnessed_by(log: Log, witnesses: list[Neighbour], quorum: str) -> Log:
    """The same log, asking for these witnesses; `quorum` is any, all or a number."""
    lines = "".join(each.line for each in witnesses)
    names = " ".join(each.name for each in witnesses)
    return replace(log, witnesses=f"{lines}group them {quorum} {names}\nquorum them\n")
