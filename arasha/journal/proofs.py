"""Receipts, from the files of the log alone: no table can answer with another leaf."""

from dataclasses import dataclass

from arasha.engines.notes import Note
from arasha.engines.translog import Checkpoint, inclusion_proof, make_proof
from arasha.journal.folder import LogFolder
from arasha.wire.published import CHECKPOINT, WITNESSED, CodeLine


@dataclass(frozen=True, slots=True)
class Receipts:
    """Answers questions about published leaves."""

    folder: LogFolder

    def find(self, code: str) -> CodeLine | None:
        """The published leaf with this filing code (24 digits), or None."""
        line = self.folder.line_of(code)
        # A line beyond the checkpoint belongs to an epoch that is just being written.
        return line if line is not None and line.index < self.folder.size() else None

    def proof_of_code(self, code: str) -> str | None:
        """The `.tlog-proof` of the leaf with this filing code, or None if none is published.

        With the cosignatures that there are now: another one may be fetched when more have come.
        """
        found = self.find(code)
        note = self._best_checkpoint(found.index) if found else None
        if found is None or note is None:
            return None
        size = Checkpoint.parse(note.text).size
        hashes = inclusion_proof(self.folder.nodes(size), found.index, size)
        return str(make_proof(found.leaf_hash, found.index, hashes, note))

    def _best_checkpoint(self, index: int) -> Note | None:
        """Of the newest and of the last well witnessed one, that over the leaf that more have signed.

        For some minutes the newest has no cosignature yet; a proof fetched then shall not be poorer.
        """
        notes = (self.folder.checkpoint(name) for name in (CHECKPOINT, WITNESSED))
        over = [note for note in notes if note and Checkpoint.parse(note.text).size > index]
        return max(over, key=lambda note: len(note.signatures), default=None)
