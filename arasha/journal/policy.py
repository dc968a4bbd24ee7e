"""The policy file with which anybody checks this log's receipts (c2sp.org/tlog-policy)."""

from collections.abc import Iterable
from pathlib import Path

from arasha.engines.notes import VerifierKey
from arasha.engines.translog import Policy, PolicyError, parse_policy

POLICY = "policy"
NO_WITNESS = "quorum none\n"
# A server that lies could offer a false key as well: the file itself says so, to whoever opens it.
WARNING = """\
# Бұл – журналдың кілті. Оны басқа дереккөзден де алып, салыстырыңыз: өтірік айтатын сервер өтірік кілт те береді.
# Это ключ журнала. Получите его и из другого источника и сравните: лгущий сервер дал бы и ложный ключ.
# This is the key of the log. Get it from another source too, and compare: a server that lies would also give a false key.
"""


class WitnessFileError(ValueError):
    """The file of witnesses cannot be used; the message names it and the line."""


def policy_of(keys: Iterable[VerifierKey], witnesses: str = NO_WITNESS) -> str:
    """A policy that believes a log by any of its keys, and asks for these witnesses.

    While a log changes its key it has two: each has a line, and either of them is enough.
    """
    return WARNING + "".join(f"log {key}\n" for key in keys) + witnesses


def read_witnesses(path: Path | None) -> str:
    """Return witnesses, groups and quorum as the operator's file has them; its logs are ours.

    Raises WitnessFileError.
    """
    if path is None:
        return NO_WITNESS
    try:
        text = path.read_text()
        read = parse_policy(text.encode())
    except (OSError, ValueError) as error:
        raise WitnessFileError(f"{path} is no list of witnesses: {error}") from error
    if silent := [name for name in read.witnesses if name not in read.urls]:
        raise WitnessFileError(f"{path} gives no address for the witness {silent[0]}")
    kept = [line for line in text.splitlines(keepends=True) if line.split()[:1] != ["log"]]
    return "".join(kept)


def parsed(text: str) -> Policy:
    """Read a policy that this server wrote."""
    try:
        return parse_policy(text.encode())
    except PolicyError as error:
        raise WitnessFileError(f"keys and witnesses do not fit together: {error}") from error
