"""An authority's timestamp of a day, tied to one entry: it was in the log no later."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from arasha.engines.notes import MalformedError, Note, parse_note
from arasha.engines.translog import (
    Checkpoint,
    NotProvedError,
    Policy,
    Proof,
    Proved,
    inclusion_proof,
    verify_inclusion,
)
from arasha.programs.log.checkpoints import judged
from arasha.programs.log.inputs import BadInputError, read_file, reading
from arasha.wire.published import published_at
from arasha.wire.timestamps import TimestampError, read_authorities, verify_timestamp


@dataclass(frozen=True, slots=True)
class Stamp:
    """A `.tsr` file, the checkpoint that it is over if it lies beside, and whom one believes."""

    token: Path
    authorities: Path

    def checkpoint(self, proof: Proof) -> Note:
        """What was stamped: `<day>.checkpoint` as the log publishes it, or else the proof's own."""
        beside = self.token.with_suffix(".checkpoint")
        if not beside.exists():
            return proof.checkpoint
        try:
            return parse_note(read_file(beside))
        except MalformedError as problem:
            raise BadInputError("bad proof", file=beside, detail=problem) from problem

    def time_over(self, stated: Checkpoint) -> dt.datetime:
        try:
            roots = read_authorities(self.authorities)
            return verify_timestamp(read_file(self.token), str(stated).encode(), roots=roots)
        except TimestampError as problem:
            raise BadInputError("bad stamp", file=self.token, detail=problem) from problem


def stamped_on(
    stamp: Stamp, proof: Proof, proved: Proved, policy: Policy, log: str | None
) -> dt.date | None:
    """The day on which the entry was in the log at the latest; None if the stamp is older than it.

    Raises BadInputError if the stamp does not hold, or cannot be tied to the entry without the log.
    """
    try:
        stated = judged(stamp.checkpoint(proof), policy).stated
    except NotProvedError as problem:
        raise BadInputError("bad stamp", file=stamp.token, detail=problem) from problem
    day = stamp.time_over(stated).date()
    if stated.size <= proved.index:
        return None
    if stated != proved.checkpoint and not _holds(stated, proved, log):
        raise BadInputError("stamp elsewhere", file=stamp.token)
    return day


def _holds(stated: Checkpoint, proved: Proved, log: str | None) -> bool:
    """Whether the stamped tree has the entry too; the log's files prove it, nobody has to believe them."""
    if log is None:
        return False
    with reading(log):
        published = published_at(log)
        # The tiles of the newest tree hold the nodes of the older one, whose own may be pruned.
        newest = Checkpoint.parse(published.checkpoint().text).size
        nodes = published.nodes(max(newest, stated.size))
        path = inclusion_proof(nodes, proved.index, stated.size)
    return verify_inclusion(proved.leaf_hash, proved.index, stated.size, path, stated.root)
