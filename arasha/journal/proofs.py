"""Receipts, from the files of the log alone: no table can answer with another leaf."""

from dataclasses import dataclass

from arasha.engines.notes import filing_code
from arasha.engines.translog import Checkpoint, inclusion_proof, make_proof
from arasha.journal.folder import PREFIX_DIGITS, CodeLine, LogFolder, Nodes


@dataclass(frozen=True, slots=True)
class Receipts:
    """Answers questions about published leaves."""

    folder: LogFolder

    def find(self, code: str) -> CodeLine | None:
        """The published leaf with this filing code (24 digits), or None."""
        size = self.folder.size()
        for line in self.folder.codes(code[:PREFIX_DIGITS]):
            # A line beyond the checkpoint belongs to an epoch that is just being written.
            if line.index < size and filing_code(line.leaf_hash) == code:
                return line
        return None

    def proof_of_code(self, code: str) -> str | None:
        """The `.tlog-proof` of the leaf with this filing code, or None if none is published."""
        found, note = self.find(code), self.folder.checkpoint()
        if found is None or note is None:
            return None
        size = Checkpoint.parse(note.text).size
        hashes = inclusion_proof(Nodes(self.folder, size), found.index, size)
        return str(make_proof(found.leaf_hash, found.index, hashes, note))
