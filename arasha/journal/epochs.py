"""The database's side of an epoch: which leaves it has, in which order, and its root."""

import datetime as dt
import secrets
from collections.abc import Callable

from django.db import connection, transaction

from arasha.engines.translog import leaf, leaf_hash
from arasha.journal.digests import EVENT, batch_commitment
from arasha.journal.lastcheckpoint import NOTHING_SIGNED, State
from arasha.journal.models import Entry, Epoch, Leaf
from arasha.journal.services import add_leaf

PADDED_TO = 256  # a full tile, so that the size of an epoch says nothing
LEAVES_IN_AN_EPOCH = 65_536
READS_IN_A_BATCH = 5_000
ROWS_AT_ONCE = 1_000
_LOCK = 0x617261736861  # "arasha": one epoch at a time, also when two machines try

# Root of the tree that grows from this state by these leaf hashes.
RootAfter = Callable[[State, list[bytes]], bytes]


@transaction.atomic
def fix_epoch(*, at: dt.datetime, padded: bool, root_after: RootAfter) -> Epoch | None:
    """Give the pending leaves their places, in the order of their hashes, and store the root.

    Returns None if nothing waits; a padded epoch is made also of nothing. Its time is never before
    the last epoch's, whatever the clock says.
    """
    take_turn()
    close_batch_of_reads()
    last = Epoch.objects.order_by("-number").first()
    number, old = (last.number + 1, state_of(last)) if last else (1, NOTHING_SIGNED)
    count = _claim(number)
    if padded:
        count += _pad(number, old.size + count)
    if not count:
        return None
    _place(number, old.size)
    placed = Leaf.objects.filter(epoch=number).order_by("index").values_list("hash", flat=True)
    return Epoch.objects.create(
        number=number,
        size=old.size + count,
        root=root_after(old, [bytes(each) for each in placed]),
        at=max(at, last.at) if last else at,
    )


@transaction.atomic
def close_batch_of_reads() -> Leaf | None:
    """Give the reads that wait one leaf together. Returns None if no read waits."""
    waiting = Entry.objects.select_for_update().filter(leaf=None).order_by("pk")
    reads = list(waiting[:READS_IN_A_BATCH])
    if not reads:
        return None
    committed = batch_commitment(bytes(read.commitment or b"") for read in reads)
    batch = add_leaf(text=leaf(EVENT, committed).decode())
    Entry.objects.filter(pk__in=[read.pk for read in reads]).update(leaf=batch)
    return batch


def state_of(epoch: Epoch) -> State:
    return State(epoch.size, bytes(epoch.root))


def something_waits() -> bool:
    return (
        Leaf.objects.filter(epoch=None).exists()
        or Entry.objects.filter(leaf=None).exists()
        or Epoch.objects.filter(published_at=None).exists()
    )


def take_turn() -> None:
    # SQLite has taken its one write lock already: transactions are IMMEDIATE.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _claim(number: int) -> int:
    first_come = Leaf.objects.filter(epoch=None).order_by("pk")[:LEAVES_IN_AN_EPOCH]
    return Leaf.objects.filter(pk__in=first_come.values("pk")).update(epoch=number)


def _pad(number: int, size: int) -> int:
    """Add dummies up to a full tile; a whole tile of them if nothing waited."""
    count = -size % PADDED_TO
    if not count and not Leaf.objects.filter(epoch=number).exists():
        count = PADDED_TO
    dummies = [_dummy(number) for _ in range(count)]
    Leaf.objects.bulk_create(dummies, batch_size=ROWS_AT_ONCE)
    return count


def _dummy(number: int) -> Leaf:
    entry = leaf(EVENT, secrets.token_bytes(32))
    return Leaf(hash=leaf_hash(entry), text=entry.decode(), epoch_id=number)


def _place(number: int, first: int) -> None:
    """Number an epoch's leaves by hash, in one statement: salted hashes are a shuffle."""
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE journal_leaf SET "index" = placed.place FROM ('
            " SELECT id, %s + row_number() OVER (ORDER BY hash) - 1 AS place"
            " FROM journal_leaf WHERE epoch_id = %s"
            ") AS placed WHERE journal_leaf.id = placed.id",
            [first, number],
        )
