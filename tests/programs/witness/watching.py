"""A log that asks, and a witness on a port of its own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from arasha.engines import translog
from arasha.engines.notes import NOTE, Note, SignerKey, b64, sign
from arasha.programs.witness import house
from arasha.programs.witness.judging import Witness
from arasha.wire.client import Answer, Client
from tests.engines.translog.small_log import ORIGIN, Log, seed

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
NAME = "ngo.example/w1"


def grown(*sizes: int, branch: str = "") -> "Branch":
    """A log that was published at these sizes."""
    made = Branch(branch)
    for size in sizes:
        made.grow_to(size)
    return made


@dataclass
class Branch:
    """One history of the log; another `name` is another history under the same key."""

    name: str = ""
    log: Log = field(default_factory=Log)

    def grow_to(self, size: int) -> None:
        more = range(self.log.size, size)
        self.log.append([translog.leaf_hash(f"{self.name}{place}".encode()) for place in more])

    def proof(self, old_size: int, size: int | None = None) -> list[bytes]:
        size = self.log.size if size is None else size
        return translog.consistency_proof(self.log.nodes, old_size, size)

    def request(self, old_size: int, size: int | None = None) -> bytes:
        size = self.log.size if size is None else size
        proof = self.proof(old_size, size) if old_size <= size else []
        return body(old_size, proof, self.checkpoint(size))

    def checkpoint(self, size: int | None = None) -> Note:
        size = self.log.size if size is None else size
        stated = translog.Checkpoint(ORIGIN, size, translog.root(self.log.nodes, size))
        return sign(str(stated), [self.log.key])


def body(old_size: object, proof: Sequence[bytes], checkpoint: object) -> bytes:
    lines = [f"old {old_size}", *map(b64.encode, proof), ""]
    return ("\n".join(lines) + f"\n{checkpoint}").encode()


def signed(text: str, key: SignerKey | None = None) -> Note:
    """A checkpoint as somebody wrote it, signed with the log's key."""
    return sign(text, [key or SignerKey(ORIGIN, NOTE, seed("log"))])


def witness_in(folder: Path, *more: SignerKey) -> Witness:
    keys = [Log().key.verifier, *(key.verifier for key in more)]
    if not (folder / house.KEY).exists():
        house.make(folder, name=NAME, seed=seed("w1"), logs=keys)
    return house.open_house(folder)


@dataclass
class Asker:
    """A log at the witness's door."""

    client: Client

    def add(self, request: bytes) -> Answer:
        return self.client.ask("POST", "/add-checkpoint", body=request)
