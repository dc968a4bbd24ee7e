"""A log in memory, and the people around it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from arasha.engines import translog
from arasha.engines.notes import COSIGNATURE, NOTE, Note, SignerKey, cosign, sign

ORIGIN = "log.example/arasha"
SEEN_AT = 1_795_348_800  # 22 November 2026, 12:00 UTC


class Nodes(dict[tuple[int, int], bytes]):
    """A node store in memory."""

    def get(self, level: int, index: int) -> bytes:  # type: ignore[override]
        return self[level, index]

    def put(self, level: int, index: int, node: bytes) -> None:
        self[level, index] = node


def seed(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


@dataclass
class Log:
    """A small log with its own key and three witnesses."""

    size: int = 0
    nodes: Nodes = field(default_factory=Nodes)
    key: SignerKey = field(default_factory=lambda: SignerKey(ORIGIN, NOTE, seed("log")))
    witnesses: dict[str, SignerKey] = field(
        default_factory=lambda: {
            name: SignerKey(f"{name}.example/w", COSIGNATURE, seed(name))
            for name in ("court", "ngo", "university")
        }
    )

    def append(self, leaves: Sequence[bytes]) -> None:
        self.size = translog.append(self.nodes, self.size, leaves)

    def checkpoint(self, *witnesses: str) -> Note:
        state = translog.Checkpoint(ORIGIN, self.size, translog.root(self.nodes, self.size))
        note = sign(str(state), [self.key])
        for name in witnesses:
            note = note.adding(cosign(note.text, self.witnesses[name], timestamp=SEEN_AT))
        return note

    def proof(self, index: int, *witnesses: str) -> translog.Proof:
        path = translog.inclusion_proof(self.nodes, index, self.size)
        return translog.make_proof(self.nodes[0, index], index, path, self.checkpoint(*witnesses))

    def policy_text(self, quorum: str = "any") -> str:
        named = [f"witness {name} {key.verifier}" for name, key in self.witnesses.items()]
        group = f"group everyone {quorum} {' '.join(self.witnesses)}"
        last = [group, "quorum everyone"] if quorum != "none" else ["quorum none"]
        return "\n".join([f"log {self.key.verifier}", *named, *last]) + "\n"

    def policy(self, quorum: str = "any") -> translog.Policy:
        return translog.parse_policy(self.policy_text(quorum).encode())


def entries(count: int) -> list[bytes]:
    return [translog.leaf("event", seed(str(place))) for place in range(count)]
