"""Asks the witnesses for their cosignatures, once an epoch. Whoever does not answer holds nothing back.

Nothing here signs for the log. Each step may be repeated, and a kill between any two is harmless: what a
witness answered is stored before it is published, and is published again if it is missing there.
"""

import datetime as dt
import logging
from dataclasses import dataclass, replace

from django.db import transaction

from arasha.engines.notes import (
    MalformedError,
    Note,
    Signature,
    UntrustedNoteError,
    VerifierKey,
    verified_signatures,
)
from arasha.engines.translog import (
    add_checkpoint_request,
    consistency_proof,
    read_cosignatures,
)
from arasha.engines.translog.checkpoints import read_decimal
from arasha.journal.errors import LogAheadError, LogContradictsError
from arasha.journal.folder import LogFolder
from arasha.journal.history import known_size, refuse_unknown
from arasha.journal.lastcheckpoint import State
from arasha.journal.log import Log
from arasha.journal.models import Cosignature, Epoch, Witness
from arasha.journal.outside import (
    PATIENCE,
    TIMEOUT,
    StrangeAnswerError,
    address_of_witness,
    at_once,
    look,
)
from arasha.journal.publishing import add_cosignatures
from arasha.wire.client import AnswerTooLongError, Client, UnreachableError

logger = logging.getLogger("arasha.journal")

UNREACHABLE = "unreachable"
REFUSED = "refused"  # it does not know this log, or not the key
FALSE = "false"  # it answered with something that is not its cosignature
DISPUTED = "disputed"  # it says that it saw another log, and shows no proof of it
AHEAD = "ahead"  # it shows more leaves, signed by this log's key
CONTRADICTS = "contradicts"  # it shows other leaves, signed by this log's key
TROUBLES = {UNREACHABLE, REFUSED, FALSE, DISPUTED, AHEAD, CONTRADICTS}

RETRY = dt.timedelta(minutes=10)
ATTEMPTS = 3  # a witness that tells another size each time is not asked for ever
OK, CONFLICT, UNPROCESSABLE = 200, 409, 422


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking one witness; `size` is what it has cosigned last, as it says."""

    name: str
    key: VerifierKey
    size: int
    line: Signature | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One witness, asked about one checkpoint. Reads files and the network, never the database."""

    name: str
    key: VerifierKey
    url: str
    size: int
    folder: LogFolder
    note: Note
    state: State

    def cosigned(self) -> Outcome:
        """Ask, and ask again from the size that the witness names."""
        size = self.size
        for _ in range(ATTEMPTS):
            if size > self.state.size:
                return self.ended(size=size, trouble=DISPUTED)
            try:
                status, body = self._ask_from(size)
                if status == OK:
                    return self._judged(body)
                if status != CONFLICT:
                    return self.ended(
                        size=size, trouble=DISPUTED if status == UNPROCESSABLE else REFUSED
                    )
                size = read_decimal(body.decode("ascii", "replace").strip(), "size")
            except (UnreachableError, AnswerTooLongError):
                return self.ended(size=size, trouble=UNREACHABLE)
            except MalformedError:
                return self.ended(size=size, trouble=FALSE)
        return self.ended(size=size, trouble=REFUSED)

    def _ask_from(self, size: int) -> tuple[int, bytes]:
        proof = consistency_proof(self.folder.nodes(self.state.size), size, self.state.size)
        body = add_checkpoint_request(size, proof, self.note)
        answer = Client(self.url, timeout=TIMEOUT).ask("POST", "/add-checkpoint", body=body)
        return answer.status, answer.body

    def _judged(self, body: bytes) -> Outcome:
        lines = read_cosignatures(body)
        own = [line for line in lines if (line.name, line.key_id) == self._id()]
        try:
            found = verified_signatures(Note(self.note.text, tuple(own[:1])), [self.key])
        except UntrustedNoteError:
            found = []
        if not found:
            return self.ended(FALSE)
        return Outcome(self.name, self.key, self.state.size, line=own[0])

    def _id(self) -> tuple[str, bytes]:
        return self.key.name, self.key.key_id

    def ended(self, trouble: str, size: int | None = None) -> Outcome:
        """What came of it if no cosignature did."""
        return Outcome(self.name, self.key, self.size if size is None else size, trouble=trouble)


def ask_witnesses(log: Log, *, at: dt.datetime) -> list[Outcome]:
    """Ask whoever has not cosigned the published checkpoint; publish what comes. Returns it."""
    state, note = log.folder.state(), log.folder.checkpoint()
    epoch = Epoch.objects.filter(size=state.size, root=state.root).first()
    if epoch is None or note is None:
        return []
    due = [
        Conversation(name, key, log.policy.urls[name], row.size, log.folder, note, state)
        for name, key in log.policy.witnesses.items()
        if _is_due(row := _row(name, key, at), epoch, at)
    ]
    outcomes = []
    came = at_once([each.cosigned for each in due], patience=PATIENCE)
    outcomes = [_weighed(log, each) for each in came if isinstance(each, Outcome)]
    heard = {outcome.name for outcome in outcomes}
    outcomes += [each.ended(UNREACHABLE) for each in due if each.name not in heard]
    for outcome in outcomes:
        _store(epoch, outcome, at=at)
    add_cosignatures(log, epoch)
    return outcomes


def refuse_troubled(log: Log) -> None:
    """Raise LogAheadError or LogContradictsError if a witness showed that while it was asked."""
    for row in _rows(log):
        if row.trouble == AHEAD and row.size > (known := known_size()):
            raise LogAheadError(source=row.name, published=row.size, known=known)
        if row.trouble == CONTRADICTS:
            raise LogContradictsError(source=row.name, size=row.size)


def silent_witnesses(log: Log, *, at: dt.datetime, after: dt.timedelta) -> list[Witness]:
    """Witnesses that have not cosigned the newest epoch and, for so long, nothing at all."""
    newest = Epoch.objects.exclude(published_at=None).order_by("-number").first()
    if newest is None:
        return []
    done = set(newest.cosignatures.values_list("vkey", flat=True))
    return [
        row
        for row in _rows(log)
        if row.vkey not in done and (row.cosigned_at or row.since) < at - after
    ]


def _rows(log: Log) -> list[Witness]:
    vkeys = [str(key) for key in log.policy.witnesses.values()]
    return list(Witness.objects.filter(vkey__in=vkeys).order_by("name"))


def _row(name: str, key: VerifierKey, at: dt.datetime) -> Witness:
    row, _ = Witness.objects.get_or_create(vkey=str(key), defaults={"name": name, "since": at})
    return row


def _is_due(row: Witness, epoch: Epoch, at: dt.datetime) -> bool:
    if Cosignature.objects.filter(epoch=epoch, vkey=row.vkey).exists():
        return False
    was_asked = row.asked_number == epoch.number and row.asked_at is not None
    return not was_asked or at - (row.asked_at or at) >= RETRY


@transaction.atomic
def _store(epoch: Epoch, outcome: Outcome, *, at: dt.datetime) -> None:
    row = Witness.objects.select_for_update().get(vkey=str(outcome.key))
    if outcome.line is not None:
        Cosignature.objects.get_or_create(
            epoch=epoch,
            vkey=row.vkey,
            defaults={"line": str(outcome.line), "received_at": at},
        )
        row.cosigned_at = at
    row.name, row.size, row.trouble = outcome.name, outcome.size, outcome.trouble
    row.asked_number, row.asked_at = epoch.number, at
    row.save()
    if outcome.trouble:
        logger.warning(
            "The witness %s did not cosign epoch %s: %s", row.name, epoch.number, outcome.trouble
        )


def _weighed(log: Log, outcome: Outcome) -> Outcome:
    """Believe what a witness says against us only if our own key signed it."""
    if outcome.trouble != DISPUTED:
        return outcome
    # What it disputes without proof is remembered as nothing: the next epoch begins with a question.
    disputed = replace(outcome, size=0)
    try:
        seen = look(log, outcome.name, address_of_witness(log, outcome.name))
    except (UnreachableError, AnswerTooLongError, StrangeAnswerError):
        return disputed
    if seen is None:
        return disputed
    try:
        refuse_unknown(seen.state, source=outcome.name)
    except LogAheadError:
        return replace(outcome, size=seen.state.size, trouble=AHEAD)
    except LogContradictsError:
        return replace(outcome, size=seen.state.size, trouble=CONTRADICTS)
    return disputed
