"""Judges the evidence of a day: receipts, and the leaf of the day in the log. Nothing is fetched."""

from dataclasses import dataclass, replace
from enum import StrEnum

from arasha.engines.channel.delivery import LEAF_KIND, ProvedDelivery
from arasha.engines.channel.down import RECEIPT, RECEIPT_BYTES, Answer, Receipt
from arasha.engines.channel.errors import ChannelError, ForgedError
from arasha.engines.notes import MalformedError
from arasha.engines.translog import (
    NotProvedError,
    Policy,
    leaf,
    leaf_hash,
    parse_proof,
    verify_proof,
)
from arasha.programs.relay.believing import Believing
from arasha.programs.relay.receipts import Day, Kept


class Verdict(StrEnum):
    """What the evidence of a day shows, the best first."""

    PROVED = "proved"  # the leaf is in the log, and says no less than the receipts
    RECEIPTS = "receipts"  # the gateway's receipts are genuine; no leaf is here yet
    UNCHECKED = "unchecked"  # no root of trust is pinned, or it names no gateway yet
    # The gateway gave more receipts than its leaf counts. A bundle that was sent again on another
    # day has a receipt of that day too, and counts on the first: so this alone accuses nobody.
    DIFFERS = "differs"
    FORGED = "forged"  # somebody has changed what is kept here


@dataclass(frozen=True, slots=True)
class Checked:
    """A delivery that was read and fits its day. `is_proved`: the log has its leaf."""

    proved: ProvedDelivery
    is_proved: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """`count` bundles; `first` and `last` are their numbers."""

    verdict: Verdict
    count: int
    first: int
    last: int
    by_leaf: int | None = None


def judged(day: Day, kept: Kept, believing: Believing) -> Judged:
    """Check everything that is kept of a day."""
    try:
        seqs = [_receipt(signed, day, believing).seq for signed in kept.receipts]
        count = kept.count if kept.is_closed else len(set(seqs))
        so_far = Judged(Verdict.RECEIPTS, count, min(seqs), max(seqs))
        leaf_of_day = checked(kept.delivery, day, believing.policy) if kept.delivery else None
    except ChannelError:
        return Judged(Verdict.FORGED, kept.count, 0, 0)
    if not believing.pins_a_root or (leaf_of_day and believing.policy is None):
        return replace(so_far, verdict=Verdict.UNCHECKED)
    if leaf_of_day is None or not leaf_of_day.is_proved:
        return so_far
    said = leaf_of_day.proved.delivery
    fits = said.first_seq <= so_far.first and so_far.last <= said.last_seq and count <= said.count
    return replace(so_far, verdict=Verdict.PROVED if fits else Verdict.DIFFERS, by_leaf=said.count)


def checked(answer: bytes, day: Day, policy: Policy | None) -> Checked:
    """Read what the gateway says of a day. Raises ChannelError if it is out of form, of another day,
    or names a leaf that it is not in."""
    proved = ProvedDelivery.parse(answer)
    said = proved.delivery
    if (said.day, said.terminal, said.chain) != (day.day, day.terminal, day.chain):
        raise ChannelError("the delivery is of another day")
    if leaf_hash(leaf(LEAF_KIND, said.commitment())) != proved.leaf:
        raise ChannelError("the leaf does not say this")
    return Checked(proved, _is_in_the_log(proved, policy))


def _is_in_the_log(proved: ProvedDelivery, policy: Policy | None) -> bool:
    """Without a policy a proof that can be read is kept, and judged once the log is known."""
    try:
        proof = parse_proof(proved.proof.encode())
        if policy is not None:
            verify_proof(proof, policy, leaf=proved.leaf)
    except (MalformedError, NotProvedError):
        return False
    return True


def _receipt(signed: bytes, day: Day, believing: Believing) -> Receipt:
    if len(signed) != RECEIPT_BYTES:
        raise ForgedError(f"a receipt has {RECEIPT_BYTES} bytes, got {len(signed)}")
    receipt = Receipt.parse(signed[: RECEIPT.size])
    believing.check(Answer(receipt, signed[RECEIPT.size :], b""))
    if (receipt.day, receipt.terminal, receipt.chain) != (day.day, day.terminal, day.chain):
        raise ForgedError("the receipt is of another day")
    return receipt
