"""Is this database as new as what was signed? If not, nothing may be signed: it would be a second history."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.engines.notes import UntrustedNoteError, verified_signatures
from arasha.engines.translog import root_of
from arasha.journal.errors import LogAheadError, LogContradictsError, SignedByAnotherKeyError
from arasha.journal.lastcheckpoint import NOTHING_SIGNED, State
from arasha.journal.log import Log
from arasha.journal.models import Epoch, Leaf

RECORD, FOLDER = _("the record of the last checkpoint"), _("the folder of the log")


def refuse_another_history(log: Log) -> None:
    """Compare what was signed and what lies on disk with the database.

    Raises LogAheadError or LogContradictsError.
    """
    refuse_unknown(log.last.read(), source=RECORD)
    refuse_unknown(log.folder.state(), source=FOLDER)


def refuse_another_key(log: Log) -> None:
    """Raise SignedByAnotherKeyError unless a key of this machine signed what is published."""
    published = log.folder.checkpoint()
    if published is None:
        return
    try:
        if verified_signatures(published, log.keys):
            return
    except UntrustedNoteError:
        pass
    raise SignedByAnotherKeyError(key=log.signer.verifier)


def refuse_unknown(state: State, *, source: str | Promise) -> None:
    """Raise LogAheadError if the database lacks leaves of `state`, LogContradictsError if it differs."""
    if state == NOTHING_SIGNED:
        return
    known = known_size()
    if state.size > known:
        raise LogAheadError(published=state.size, known=known, source=source)
    if not _is_epoch(state) and root_at(state.size) != state.root:
        raise LogContradictsError(size=state.size, source=source)


def known_size() -> int:
    newest = Epoch.objects.order_by("-number").first()
    return newest.size if newest else 0


def root_at(size: int) -> bytes:
    """The root over the database's first `size` leaves; reads them all."""
    placed = Leaf.objects.filter(index__lt=size).order_by("index").values_list("hash", flat=True)
    return root_of([bytes(each) for each in placed])


def _is_epoch(state: State) -> bool:
    return Epoch.objects.filter(size=state.size, root=state.root).exists()
