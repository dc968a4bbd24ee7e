"""What a log sends to a witness, and what it reads from one (C2SP tlog-witness)."""

from collections.abc import Sequence
from hashlib import sha256

from arasha.engines.notes import MalformedError, Note, Signature, b64

MAX_COSIGNATURES = 100


def add_checkpoint_request(old_size: int, proof: Sequence[bytes], checkpoint: Note) -> bytes:
    """Return the body that asks a witness to cosign, which saw the log at `old_size` last.

    `proof` is the consistency proof from there to the checkpoint: empty from size 0.
    """
    lines = [f"old {old_size}", *map(b64.encode, proof)]
    return ("\n".join(lines) + f"\n\n{checkpoint}").encode()


def read_cosignatures(body: bytes) -> list[Signature]:
    """Return the signature lines of an answer; none is believed yet. Raises MalformedError."""
    lines = body.decode("utf-8", "replace").removesuffix("\n").split("\n")
    if len(lines) > MAX_COSIGNATURES:
        raise MalformedError(f"a witness answers with {MAX_COSIGNATURES} lines, got {len(lines)}")
    return [Signature.parse(line) for line in lines]


def latest_checkpoint_path(origin: str) -> str:
    """Return where, under its prefix, a witness tells what it saw last of the log `origin`."""
    return f"/{sha256(origin.encode()).hexdigest()}/checkpoint"
