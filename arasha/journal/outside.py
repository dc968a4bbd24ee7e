"""What others have seen of this log: the newest checkpoints of its witnesses and mirrors.

They alone survive a restore of this machine. A checkpoint counts only if this log's key signed it, so that
nobody outside can stop the log by a word.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from arasha.engines.notes import MalformedError, Note, UntrustedNoteError, parse_note
from arasha.engines.notes import verified_signatures as verified
from arasha.engines.translog import Checkpoint, latest_checkpoint_path
from arasha.journal.errors import NobodyAnswersError
from arasha.journal.history import refuse_unknown
from arasha.journal.lastcheckpoint import State
from arasha.journal.log import Log
from arasha.wire.client import AnswerTooLongError, Client, UnreachableError

logger = logging.getLogger("arasha.journal")

TIMEOUT = 5  # seconds for a connection, and for each read
PATIENCE = 20  # seconds for all of them together
CHECKPOINT_PATH = "/checkpoint"
NEVER_SEEN = 404

Answer = TypeVar("Answer")


class StrangeAnswerError(Exception):
    """An answer that says nothing about this log."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A checkpoint of this log, signed by its key, as `source` shows it."""

    source: str
    address: str
    note: Note
    state: State


def refuse_unless_newest(log: Log) -> None:
    """Ask everybody outside whether the log was ever larger than the database knows, or different.

    Raises LogAheadError, LogContradictsError, and NobodyAnswersError if not one of them answers.
    """
    asked = _addresses(log)
    answers = list(look_around(log))
    for sighting in answers:
        if sighting is not None:
            refuse_unknown(sighting.state, source=sighting.source)
    if asked and not answers:
        raise NobodyAnswersError(asked=len(asked))


def look_around(log: Log) -> Iterator[Sighting | None]:
    """What each witness and mirror that answers shows; None if it never saw this log."""
    tasks = [partial(look, log, source, at) for source, at in _addresses(log).items()]
    for answer in at_once(tasks, patience=PATIENCE):
        if isinstance(answer, Exception):
            logger.warning("Asked whether the log is ahead: %s", answer)
        else:
            yield answer


def look(log: Log, source: str, address: str) -> Sighting | None:
    """Fetch one checkpoint. Raises UnreachableError, AnswerTooLongError or StrangeAnswerError."""
    answer = Client(address, timeout=TIMEOUT).ask("GET", "")
    if answer.status == NEVER_SEEN:
        return None
    try:
        note = parse_note(answer.body)
        if not verified(note, log.keys):
            raise StrangeAnswerError(f"{source} shows a checkpoint that this log did not sign")
        stated = Checkpoint.parse(note.text)
    except (MalformedError, UntrustedNoteError) as error:
        raise StrangeAnswerError(f"{source} does not show a checkpoint: {error}") from error
    return Sighting(source, address, note, State(stated.size, stated.root))


def address_of_witness(log: Log, name: str) -> str:
    """Where a witness of the policy tells what it saw last."""
    return log.policy.urls[name].rstrip("/") + latest_checkpoint_path(log.signer.name)


def _addresses(log: Log) -> dict[str, str]:
    witnesses = {name: address_of_witness(log, name) for name in log.policy.witnesses}
    return witnesses | {mirror: mirror + CHECKPOINT_PATH for mirror in log.mirrors}


def at_once(
    tasks: Iterable[Callable[[], Answer]], *, patience: float
) -> Iterator[Answer | Exception]:
    """Do all tasks at the same time and yield what comes of each, until `patience` seconds are over.

    Whoever is later than that is left alone: the threads do not keep the process from ending.
    """
    came: queue.SimpleQueue[Answer | Exception] = queue.SimpleQueue()
    threads = [threading.Thread(target=_do, args=(task, came), daemon=True) for task in tasks]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + patience
    for _ in threads:
        try:
            yield came.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            return


def _do(task: Callable[[], Answer], came: "queue.SimpleQueue[Answer | Exception]") -> None:
    try:
        came.put(task())
    except (UnreachableError, AnswerTooLongError, StrangeAnswerError) as error:
        came.put(error)
