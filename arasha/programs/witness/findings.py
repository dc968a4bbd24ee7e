"""`arasha witness evidence`: what the witness has caught, in words."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from arasha.engines.notes import UntrustedNoteError, VerifierKey, verified_signatures
from arasha.engines.translog import Checkpoint, WrongEmptyRootError
from arasha.programs.witness.memory import Memory
from arasha.wire.evidence import EMPTY, FORK, UNPROVED, Evidence, kept

Logs = Mapping[str, Sequence[VerifierKey]]


def report(
    folder: Path, memory: Memory, logs: Logs, words: Mapping[str, str]
) -> Iterator[tuple[bool, str]]:
    """Yield (whether it stands against the log, a line of words). Raises MalformedError."""
    found = False
    for path, evidence in kept(folder):
        found = True
        verdict = judged(evidence, memory, logs)
        line = words[verdict].format(origin=evidence.origin, size=_size(evidence))
        yield verdict in (FORK, EMPTY), f"{path}: {line}"
    if not found:
        yield False, words["none"]


def judged(evidence: Evidence, memory: Memory, logs: Logs) -> str:
    """The kind of evidence, checked again: "unsigned" if altered, "shown" if it was explained."""
    keys = logs.get(evidence.origin, ())
    for note in filter(None, (evidence.offered, evidence.known)):
        try:
            if not verified_signatures(note, keys):
                return "unsigned"
        except UntrustedNoteError:
            return "unsigned"
    if evidence.kind == UNPROVED:
        return "shown" if _was_shown(evidence, memory) else UNPROVED
    return evidence.kind if _contradicts(evidence) else "unsigned"


def _was_shown(evidence: Evidence, memory: Memory) -> bool:
    stated = Checkpoint.parse(evidence.offered.text)
    with memory.turn() as turn:
        seen = turn.at(stated.origin, stated.size)
    return seen is not None and seen.root == stated.root


def _contradicts(evidence: Evidence) -> bool:
    try:
        offered = Checkpoint.parse(evidence.offered.text)
    except WrongEmptyRootError:
        return evidence.kind == EMPTY
    if evidence.known is None:
        return False
    known = Checkpoint.parse(evidence.known.text)
    same = (known.origin, known.size) == (offered.origin, offered.size)
    return evidence.kind == FORK and same and known.root != offered.root


def _size(evidence: Evidence) -> str:
    return evidence.offered.text.split("\n")[1]
