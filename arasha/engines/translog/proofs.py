"""Receipts: `.tlog-proof` files, made, read and judged (C2SP tlog-proof)."""

from collections.abc import Sequence
from dataclasses import dataclass

from arasha.engines.notes import (
    MalformedError,
    Note,
    UntrustedNoteError,
    Verified,
    VerifierKey,
    b64,
    filing_code,
    parse_note,
    verified_signatures,
)
from arasha.engines.translog.checkpoints import Checkpoint, read_decimal
from arasha.engines.translog.errors import NotProvedError
from arasha.engines.translog.hashes import HASH_BYTES
from arasha.engines.translog.policy import Policy
from arasha.engines.translog.verify import verify_inclusion

FIRST_LINE = "c2sp.org/tlog-proof@v1"
MAX_HASHES = 63  # the height of the largest tree that a checkpoint can state


@dataclass(frozen=True, slots=True)
class Proof:
    """A receipt as it is written; nothing in it is believed yet.

    `extra` carries the leaf hash. It is not signed: the inclusion proof ties it to the log.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: Note
    extra: bytes | None = None

    def __str__(self) -> str:
        extra = [] if self.extra is None else [f"extra {b64.encode(self.extra)}"]
        hashes = [b64.encode(each) for each in self.hashes]
        lines = [FIRST_LINE, *extra, f"index {self.index}", *hashes, ""]
        return "\n".join(lines) + f"\n{self.checkpoint}"

    @property
    def leaf_hash(self) -> bytes:
        """The leaf hash in `extra`. Raises MalformedError if it is not there."""
        if self.extra is None or len(self.extra) != HASH_BYTES:
            raise MalformedError("the proof carries no leaf hash of 32 bytes in its line 'extra'")
        return self.extra


@dataclass(frozen=True, slots=True)
class Proved:
    """What a proof proved: the leaf, where it is, who signed and which witnesses saw it."""

    leaf_hash: bytes
    index: int
    checkpoint: Checkpoint
    log: VerifierKey
    cosignatures: tuple[Verified, ...]

    @property
    def code(self) -> str:
        """The filing code of the leaf."""
        return filing_code(self.leaf_hash)


def make_proof(leaf: bytes, index: int, hashes: Sequence[bytes], checkpoint: Note) -> Proof:
    """Return the receipt for a leaf hash, its inclusion proof and a signed checkpoint.

    Raises ValueError if they do not fit together: a log must not hand out what nobody accepts.
    """
    stated = Checkpoint.parse(checkpoint.text)
    if not verify_inclusion(leaf, index, stated.size, hashes, stated.root):
        raise ValueError(f"leaf {index} is not proved to be in the tree of {stated.size} leaves")
    return Proof(index, tuple(hashes), checkpoint, leaf)


def parse_proof(data: bytes) -> Proof:
    """Read a `.tlog-proof` file. Raises MalformedError with the line that is wrong."""
    head, cut, checkpoint = data.partition(b"\n\n")
    lines = _head_lines(head)
    if not cut:
        raise MalformedError("the proof has no checkpoint after an empty line: it may be cut off")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = b64.decode(lines.pop(0).removeprefix("extra "), "extra")
    if not lines or not lines[0].startswith("index "):
        raise MalformedError("the proof has no line 'index' in its place")
    index = read_decimal(lines[0].removeprefix("index "), "index")
    note = parse_note(checkpoint)
    Checkpoint.parse(note.text)  # refuses another kind of note
    return Proof(index, _hashes(lines[1:]), note, extra)


def _head_lines(head: bytes) -> list[str]:
    if b"\r" in head:
        raise MalformedError("the proof has carriage returns: something rewrote its line ends")
    first, *lines = head.decode("ascii", "replace").split("\n")
    if first != FIRST_LINE:
        raise MalformedError(f"a proof starts with the line {FIRST_LINE}, got {first[:40]!r}")
    return lines


def _hashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    if len(lines) > MAX_HASHES:
        raise MalformedError(f"a proof has at most {MAX_HASHES} hashes, got {len(lines)}")
    hashes = tuple(b64.decode(line, f"hash {place}") for place, line in enumerate(lines, 1))
    for place, each in enumerate(hashes, 1):
        if len(each) != HASH_BYTES:
            raise MalformedError(f"hash {place} must have 32 bytes, got {len(each)}")
    return hashes


def verify_proof(
    proof: Proof, policy: Policy, *, leaf: bytes | None = None, code: str | None = None
) -> Proved:
    """Return what `proof` proves under `policy`, for the leaf hash in it or the given one.

    With `code` (24 digits) the leaf must also be the one that this filing code stands for.
    Raises NotProvedError with the reason, or MalformedError.
    """
    leaf = proof.leaf_hash if leaf is None else leaf
    checkpoint = Checkpoint.parse(proof.checkpoint.text)
    log = _signing_log(proof.checkpoint, checkpoint.origin, policy)
    cosignatures = _cosignatures(proof.checkpoint, policy)
    if not verify_inclusion(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root):
        raise NotProvedError(
            NotProvedError.NOT_INCLUDED, "the hashes do not lead from the leaf to the signed root"
        )
    if code is not None and code != filing_code(leaf):
        raise NotProvedError(NotProvedError.WRONG_CODE, "the proof is for another filing code")
    return Proved(leaf, proof.index, checkpoint, log, cosignatures)


def _signing_log(note: Note, origin: str, policy: Policy) -> VerifierKey:
    keys = [key for key in policy.logs if key.name == origin]
    if not keys:
        raise NotProvedError(NotProvedError.UNKNOWN_LOG, f"the policy knows no log {origin}")
    signatures = _checked(note, keys)
    if not signatures:
        raise NotProvedError(NotProvedError.NOT_SIGNED, f"no known key of {origin} signed this")
    return signatures[0].key


def _cosignatures(note: Note, policy: Policy) -> tuple[Verified, ...]:
    found = _checked(note, list(policy.witnesses.values()))
    if not policy.is_satisfied({each.key for each in found}):
        raise NotProvedError(
            NotProvedError.NO_QUORUM, f"{len(found)} known witnesses signed: not enough"
        )
    return tuple(found)


def _checked(note: Note, keys: Sequence[VerifierKey]) -> list[Verified]:
    try:
        return verified_signatures(note, keys)
    except UntrustedNoteError as problem:
        raise NotProvedError(NotProvedError.BAD_SIGNATURE, str(problem)) from problem
