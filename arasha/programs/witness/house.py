"""The folder of a witness: its key, the logs it watches, what it has seen, and evidence."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from arasha.engines.notes import COSIGNATURE, MalformedError, SignerKey, VerifierKey
from arasha.programs.witness.judging import Witness
from arasha.programs.witness.memory import Memory
from arasha.wire.keyfile import KeyFileError, read_private, write_private

KEY, LOGS, MEMORY, EVIDENCE = "key", "logs", "seen.sqlite3", "evidence"
HEAD = "# The logs that this witness watches: one verifier key a line. Restart after a change.\n"


class HouseError(Exception):
    """The folder cannot be used; the message names the file and says what to do."""


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
    """Raises KeyFileError, MalformedError."""
    signer = SignerKey.parse(read_private(folder / KEY).decode("ascii", "replace").strip())
    if signer.kind != COSIGNATURE:
        raise KeyFileError(f"{folder / KEY} is not a witness's key")
    return signer


def open_house(folder: Path) -> Witness:
    """The witness that lives in `folder`. Raises KeyFileError, MalformedError, HouseError."""
    signer, logs = key_of(folder), watched(folder)
    if not logs:
        raise HouseError(f"{folder / LOGS} names no log: add the line that its operator gave you")
    if not (folder / MEMORY).exists():
        raise HouseError(
            f"{folder / MEMORY} is missing: without it this key could cosign a second history."
            " Make a new witness in another folder, with another name and key"
        )
    return Witness(signer, logs, memory_of(folder), folder / EVIDENCE)


def memory_of(folder: Path) -> Memory:
    """Raises HouseError if the disk does not let us write."""
    try:
        return Memory(folder / MEMORY)
    except sqlite3.Error as problem:
        raise HouseError(f"{folder / MEMORY} cannot be written: {problem}") from problem


def watched(folder: Path) -> Mapping[str, Sequence[VerifierKey]]:
    """The keys of each log by its origin. Raises HouseError with the line that is wrong."""
    found = defaultdict[str, list[VerifierKey]](list)
    try:
        lines = (folder / LOGS).read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise HouseError(f"{folder / LOGS} cannot be read: {problem.strerror}") from problem
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line.startswith("#"):
            continue
        try:
            key = VerifierKey.parse(line)
        except MalformedError as problem:
            raise HouseError(f"{folder / LOGS}, line {number}: {problem}") from problem
        found[key.name].append(key)
    return dict(found)
