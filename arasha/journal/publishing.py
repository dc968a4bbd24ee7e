"""The published checkpoint: signed by the log's keys, with the cosignatures that have come so far."""

from collections.abc import Iterable

from arasha.engines.notes import Note, Signature, UntrustedNoteError, sign, verified_signatures
from arasha.engines.translog import Checkpoint, Policy
from arasha.journal.epochs import state_of
from arasha.journal.history import refuse_another_key
from arasha.journal.log import Log
from arasha.journal.models import Cosignature, Epoch
from arasha.journal.policy import POLICY
from arasha.wire.published import CHECKPOINT, WITNESSED


def publish(log: Log, epoch: Epoch) -> None:
    """Sign the checkpoint and put it in its place: from here on the epoch is public.

    Never goes back: if a larger one is published already, that one stays. Raises
    SignedByAnotherKeyError.
    """
    with log.folder.turn():
        refuse_another_key(log)
        if log.folder.state().size > epoch.size:
            return
        log.folder.write(POLICY, log.policy_text.encode())
        _put(log, note_of(log, epoch))


def sign_again(log: Log) -> None:
    """Let every key of the log sign what is published: who knows only one of them still believes it."""
    with log.folder.turn():
        published = log.folder.checkpoint()
        if published is not None:
            ours = sign(published.text, log.signers).signatures
            log.folder.write(POLICY, log.policy_text.encode())
            _put(log, _with(published, _missing(published, ours)))


def add_cosignatures(log: Log, epoch: Epoch) -> None:
    """Put the cosignatures that have come under the published checkpoint, if it is this epoch's."""
    with log.folder.turn():
        published = log.folder.checkpoint()
        if published is None or log.folder.state() != state_of(epoch):
            return
        late = _missing(published, _cosignatures(epoch))
        if late:
            _put(log, _with(published, late))


def note_of(log: Log, epoch: Epoch) -> Note:
    """The checkpoint of an epoch, signed by every key of the log and cosigned by whoever has."""
    stated = Checkpoint(log.signer.name, epoch.size, bytes(epoch.root))
    return _with(sign(str(stated), log.signers), _cosignatures(epoch))


def is_witnessed(note: Note, policy: Policy) -> bool:
    """Tell whether enough witnesses of the policy cosigned; true of any note if it asks for none."""
    try:
        found = verified_signatures(note, list(policy.witnesses.values()))
    except UntrustedNoteError:
        return False
    return policy.is_satisfied({each.key for each in found})


def _put(log: Log, note: Note) -> None:
    log.folder.write(CHECKPOINT, str(note).encode())
    if is_witnessed(note, log.policy):
        log.folder.write(WITNESSED, str(note).encode())
    log.folder.settle()


def _cosignatures(epoch: Epoch) -> list[Signature]:
    lines = Cosignature.objects.filter(epoch=epoch).order_by("received_at", "pk")
    return [Signature.parse(each.line.removesuffix("\n")) for each in lines]


def _missing(note: Note, lines: Iterable[Signature]) -> list[Signature]:
    known = {str(line) for line in note.signatures}
    return [line for line in lines if str(line) not in known]


def _with(note: Note, more: Iterable[Signature]) -> Note:
    for signature in more:
        note = note.adding(signature)
    return note
