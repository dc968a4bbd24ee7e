"""The folder of a witness: its key, the logs it watches, what it has seen, and evidence."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from arasha.engines.notes import COSIGNATURE, MalformedError, SignerKey, VerifierKey
from arasha.programs.witness.judging import Witness
from arasha.programs.witness.memory import Memory
from arasha.wire.keyfile import read_private, write_private

KEY, LOGS, MEMORY, EVIDENCE = "key", "logs", "seen.sqlite3", "evidence"
HEAD = "# The logs that this witness watches: one verifier key a line. Restart after a change.\n"


class HouseError(Exception):
    """The folder cannot be used; `name` says which words to show: what is wrong and what to do."""

    def __init__(self, name: str, **details: object) -> None:
        super().__init__(name)
        self.name = name
        self.details = details


def make(folder: Path, *, name: str, seed: bytes, logs: Sequence[VerifierKey]) -> VerifierKey:
    """Set up a witness in `folder` and return its public key.

    Raises KeyFileError if one lives there, MalformedError for a name that no key can have.
    """
    signer = SignerKey(name, COSIGNATURE, seed)
    write_private(folder / KEY, f"{signer.reveal()}\n".encode())
    (folder / LOGS).write_text(HEAD + "".join(f"{log}\n" for log in logs))
    Memory(folder / MEMORY)
    return signer.verifier


def key_of(folder: Path) -> SignerKey:
    """Raises HouseError, KeyFileError."""
    _refuse_no_house(folder)
    try:
        signer = SignerKey.parse(read_private(folder / KEY).decode("ascii", "replace").strip())
    except MalformedError as problem:
        raise HouseError("not_a_key", file=folder / KEY) from problem
    if signer.kind != COSIGNATURE:
        raise HouseError("not_a_key", file=folder / KEY)
    return signer


def open_house(folder: Path) -> Witness:
    """The witness that lives in `folder`. Raises KeyFileError, HouseError."""
    signer, logs = key_of(folder), watched(folder)
    if not logs:
        raise HouseError("no_log", file=folder / LOGS)
    if not (folder / MEMORY).exists():
        raise HouseError("memory_missing", file=folder / MEMORY)
    return Witness(signer, logs, memory_of(folder), folder / EVIDENCE)


def memory_of(folder: Path) -> Memory:
    """Raises HouseError if no witness lives there, or the disk does not let us write."""
    _refuse_no_house(folder)
    try:
        return Memory(folder / MEMORY)
    except sqlite3.Error as problem:
        raise HouseError("memory_shut", file=folder / MEMORY, detail=problem) from problem


def watched(folder: Path) -> Mapping[str, Sequence[VerifierKey]]:
    """The keys of each log by its origin. Raises HouseError with the line that is wrong."""
    found = defaultdict[str, list[VerifierKey]](list)
    try:
        lines = (folder / LOGS).read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise HouseError("logs_shut", file=folder / LOGS, detail=problem.strerror) from problem
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line.startswith("#"):
            continue
        try:
            key = VerifierKey.parse(line)
        except MalformedError as problem:
            raise HouseError(
                "bad_line", file=folder / LOGS, line=number, detail=problem
            ) from problem
        found[key.name].append(key)
    return dict(found)


def _refuse_no_house(folder: Path) -> None:
    """Also before a memory is made: the folder of something else must stay as it is."""
    if not (folder / KEY).exists():
        raise HouseError("no_house", folder=folder)
