"""Checkpoints: the state of the log that gets signed (C2SP tlog-checkpoint)."""

import re
from dataclasses import dataclass

from arasha.engines.notes import MalformedError, b64
from arasha.engines.translog.hashes import EMPTY_ROOT, HASH_BYTES

MAX_SIZE = 2**63 - 1
_DECIMAL = re.compile("0|[1-9][0-9]{0,18}")


class WrongEmptyRootError(MalformedError):
    """A checkpoint of no leaves with a root that is not the empty tree's."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Which log (`origin`), how many leaves, and the 32-byte root over them."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.origin or not all(self.extensions):
            raise MalformedError("a checkpoint has no empty lines")
        if any("\n" in line for line in (self.origin, *self.extensions)):
            raise MalformedError("a line of a checkpoint holds no newline")
        if not 0 <= self.size <= MAX_SIZE:
            raise MalformedError(f"the size of a tree is 0 to 2^63 - 1, got {self.size}")
        if len(self.root) != HASH_BYTES:
            raise MalformedError(f"a root hash has 32 bytes, got {len(self.root)}")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise WrongEmptyRootError("an empty tree has another root")

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the text of a signed note. Raises MalformedError."""
        lines = text.removesuffix("\n").split("\n")
        if not text.endswith("\n") or len(lines) < 3:
            raise MalformedError("a checkpoint has three lines: origin, tree size, root hash")
        origin, size, root, *extensions = lines
        number, root_hash = read_decimal(size, "tree size"), b64.decode(root, "root hash")
        return cls(origin, number, root_hash, tuple(extensions))

    def __str__(self) -> str:
        lines = (self.origin, str(self.size), b64.encode(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def read_decimal(text: str, what: str) -> int:
    """Return a number written without leading zeros, up to 2^63 - 1; `what` is for the error."""
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_SIZE:
        raise MalformedError(f"{what} is a number from 0 to 2^63 - 1, got {text[:30]!r}")
    return int(text)
