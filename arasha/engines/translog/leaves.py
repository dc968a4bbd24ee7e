"""What one leaf of the log says: a coarse kind and a commitment that only a salt can open."""

import re
from hashlib import sha256

from arasha.engines.notes import MalformedError

EVENT = "event"
DUMMY = EVENT  # padding must look like what people do
KINDS = frozenset({EVENT, "recipients", "image", "policy", "statistics", "delivery"})

_LEAF = re.compile(rb"arasha/v1\n([a-z]+)\n([0-9a-f]{64})")


def commitment(salt: bytes, record_digest: bytes) -> bytes:
    """Return SHA-256(salt || SHA-256 of the record), both 32 bytes.

    Who destroys the salt makes the commitment mean nothing, and the tree stays whole.
    """
    if len(salt) != 32 or len(record_digest) != 32:
        raise ValueError(
            f"salt and digest must have 32 bytes each, got {len(salt)} and {len(record_digest)}"
        )
    return sha256(salt + record_digest).digest()


def leaf(kind: str, committed: bytes) -> bytes:
    """Return the entry of the log for a commitment (32 bytes) of one of KINDS."""
    if kind not in KINDS:
        raise ValueError(f"a leaf is one of {', '.join(sorted(KINDS))}, got {kind!r}")
    if len(committed) != 32:
        raise ValueError(f"a commitment has 32 bytes, got {len(committed)}")
    return f"arasha/v1\n{kind}\n{committed.hex()}".encode()


def read_leaf(entry: bytes) -> tuple[str, bytes]:
    """Return kind and commitment of an entry. Raises MalformedError if it is not one of ours."""
    parts = _LEAF.fullmatch(entry)
    if not parts or parts[1].decode() not in KINDS:
        raise MalformedError(f"not a leaf of this log: {entry[:100]!r}")
    return parts[1].decode(), bytes.fromhex(parts[2].decode())
