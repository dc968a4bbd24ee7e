"""The body of an add-checkpoint request (C2SP tlog-witness)."""

from dataclasses import dataclass

from arasha.engines.notes import MalformedError, Note, b64, parse_note
from arasha.engines.translog.checkpoints import read_decimal
from arasha.engines.translog.hashes import HASH_BYTES

MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class Asked:
    """What a log asks its witness to cosign; nothing in it is believed yet."""

    old_size: int
    proof: tuple[bytes, ...]
    checkpoint: Note

    @property
    def origin(self) -> str:
        """The first line of the checkpoint."""
        return self.checkpoint.text.partition("\n")[0]


def read_request(body: bytes) -> Asked:
    """Read the body of a request. Raises MalformedError with the line that is wrong."""
    head, cut, checkpoint = body.partition(b"\n\n")
    if not cut:
        raise MalformedError("an empty line parts the proof from the checkpoint")
    first, *lines = head.decode("utf-8", "replace").split("\n")
    if not first.startswith("old "):
        raise MalformedError(f"the first line is 'old' and a size, got {first[:40]!r}")
    old_size = read_decimal(first.removeprefix("old "), "old size")
    return Asked(old_size, _hashes(lines), parse_note(checkpoint))


def _hashes(lines: list[str]) -> tuple[bytes, ...]:
    if len(lines) > MOST_HASHES:
        raise MalformedError(f"a proof has at most {MOST_HASHES} hashes, got {len(lines)}")
    hashes = tuple(b64.decode(line, f"hash {place}") for place, line in enumerate(lines, 1))
    for place, each in enumerate(hashes, 1):
        if len(each) != HASH_BYTES:
            raise MalformedError(f"hash {place} must have 32 bytes, got {len(each)}")
    return hashes
