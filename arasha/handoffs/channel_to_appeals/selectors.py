import datetime as dt
from collections.abc import Iterator

from django.conf import settings

from arasha.actors import Actor
from arasha.appeals.acknowledgements import acknowledge
from arasha.appeals.selectors.arriving import received_on, replies_since
from arasha.appeals.services import Filed
from arasha.channel.selectors import arriving
from arasha.engines.channel.down import Became, State
from arasha.engines.channel.pages import Kind, Record
from arasha.engines.channel.up import NO_LEAF, Look
from arasha.engines.notes import filing_code
from arasha.journal.folder import LogFolder
from arasha.journal.proofs import Receipts
from arasha.journal.selectors import standing_of


def state_of(*, viewer: Actor, look: Look, day: dt.date) -> State:
    """What became of an object. Of an appeal and of a cover the same is told."""
    state = arriving.state_of(viewer=viewer, name=look.object)
    if look.leaf == NO_LEAF or state.became is Became.REFUSED:
        return state
    filed = standing_of(viewer=viewer, leaf_hash=look.leaf)
    if filed is None or filed.lost_on is not None:
        return state  # lost here and in the log: it has to be sent again
    if proof := proof_of(viewer=viewer, leaf_hash=look.leaf):
        return State(look.object, Became.PROVED, proof.encode())
    received = received_on(viewer=viewer, leaf_hash=look.leaf) or day
    return State(look.object, Became.KEPT, acknowledge(Filed(look.leaf, received)).encode())


def proof_of(*, viewer: Actor, leaf_hash: bytes) -> str | None:
    """The `.tlog-proof` of a leaf, once it is published."""
    return Receipts(LogFolder(settings.ARASHA_LOG_DIR)).proof_of_code(filing_code(leaf_hash))


def reply_records(*, viewer: Actor, since: dt.date | None) -> Iterator[Record]:
    """The replies written on a day or later, as they go to every terminal."""
    for tag, sealed in replies_since(viewer=viewer, day=since):
        yield Record(Kind.REPLY, tag + sealed)
