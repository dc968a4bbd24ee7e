"""A small log that is published into a folder, and a plain web server that knows nothing of logs."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from arasha.engines import translog
from arasha.engines.notes import Note, cosign, filing_code, sign
from arasha.engines.translog.tiles import WIDTH
from arasha.programs import log as program
from tests.engines.translog.small_log import ORIGIN, Log, seed

TODAY = dt.datetime.now(dt.UTC)


@dataclass
class Paper:
    """A log, its entries, and the folder where they are published."""

    folder: Path
    log: Log = field(default_factory=Log)
    entries: list[bytes] = field(default_factory=list)

    def grow(self, count: int, *, of: str = "") -> None:
        new = [translog.leaf("event", seed(f"{of}{len(self.entries) + at}")) for at in range(count)]
        self.entries += new
        self.log.append([translog.leaf_hash(entry) for entry in new])

    def publish(self, *witnesses: str, at: dt.datetime = TODAY, quorum: str = "2") -> None:
        """Write the files of the whole log."""
        size = self.log.size
        for tile in translog.tiles_between(0, size):
            self.write(tile.path, self.content(tile))
        for index, entry in enumerate(self.entries):
            leaf = translog.leaf_hash(entry)
            prefix = self.folder / "code" / filing_code(leaf)[:4]
            old = prefix.read_text() if prefix.exists() else ""
            line = f"{leaf.hex()} {index} {at.date().isoformat()}\n"
            if line.split(" ")[0] not in old:
                self.write(f"code/{prefix.name}", (old + line).encode())
        self.write("policy", self.log.policy_text(quorum).encode())
        self.write("checkpoint", str(self.checkpoint(*witnesses, at=at)).encode())

    def content(self, tile: translog.Tile) -> bytes:
        if tile.level is not None:
            return translog.hash_tile(self.log.nodes, tile)
        first = tile.index * WIDTH
        return translog.entry_bundle(self.entries[first : first + tile.width])

    def checkpoint(self, *witnesses: str, at: dt.datetime = TODAY) -> Note:
        root = translog.root(self.log.nodes, self.log.size)
        note = sign(str(translog.Checkpoint(ORIGIN, self.log.size, root)), [self.log.key])
        for name in witnesses:
            key = self.log.witnesses[name]
            note = note.adding(cosign(note.text, key, timestamp=int(at.timestamp())))
        return note

    def proof_file(self, index: int, *witnesses: str) -> Path:
        path = translog.inclusion_proof(self.log.nodes, index, self.log.size)
        leaf = translog.leaf_hash(self.entries[index])
        proof = translog.make_proof(leaf, index, path, self.checkpoint(*witnesses))
        return self.write(f"../{index}.tlog-proof", str(proof).encode())

    def write(self, name: str, content: bytes) -> Path:
        where = self.folder / name
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_bytes(content)
        return where


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as any web server would, and yield its address."""
    handler: Any = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Teller:
    """Runs `arasha log` and returns its exit status and words."""

    read: Callable[[], str]

    def __call__(self, *words: object) -> tuple[int, str]:
        status = program.main([*map(str, words), "--lang", "en"])
        return status, self.read()
