"""Publishes epochs, step by step. Every step may be repeated: a crash between any two is harmless.

fix (database) → write files → remember (record of the last checkpoint) → publish (the signed
checkpoint) → mark (database) → prune. What is half done is finished before anything new begins.
"""

import datetime as dt
from collections.abc import Sequence

from arasha.engines.translog import (
    Grown,
    Tile,
    entry_bundle,
    grown,
    hash_tile,
    read_entry_bundle,
    root,
    tiles_between,
)
from arasha.engines.translog.tiles import WIDTH
from arasha.journal.epochs import fix_epoch, state_of
from arasha.journal.errors import LogDamagedError, SignedElsewhereError
from arasha.journal.folder import LogFolder
from arasha.journal.history import (
    RECORD,
    refuse_another_history,
    refuse_another_key,
    refuse_unknown,
)
from arasha.journal.lastcheckpoint import State, SwappedError
from arasha.journal.log import Log
from arasha.journal.models import Epoch, Leaf
from arasha.journal.publishing import publish
from arasha.wire.published import CodeLine


def advance(log: Log, *, at: dt.datetime, padded: bool) -> Epoch | None:
    """Finish what was begun, then publish one epoch of what waits. Returns it, or None.

    Raises LogAheadError, LogContradictsError, SignedByAnotherKeyError or LogDamagedError, and then
    has signed nothing.
    """
    refuse_another_history(log)
    refuse_another_key(log)
    finish(log, at=at)
    epoch = fix_epoch(
        at=at, padded=padded, root_after=lambda old, hashes: _grown(log.folder, old, hashes)[1]
    )
    if epoch is not None:
        finish(log, at=at)
    return epoch


def finish(log: Log, *, at: dt.datetime) -> None:
    """Publish the newest epoch of the database, if the files or the marks are behind it."""
    newest = Epoch.objects.order_by("-number").first()
    if newest is None:
        return
    published = log.folder.state()
    write_files(log, after=published)
    if published.size < newest.size:
        remember(log, newest)
        publish(log, newest)
    mark_published(newest, at=at)
    prune(log, published.size, newest.size)


def write_files(log: Log, *, after: State) -> None:
    """Write the files of every epoch beyond a state; the truth is in the database."""
    for epoch in Epoch.objects.filter(size__gt=after.size).order_by("number"):
        write_epoch(log, epoch, after)
        after = state_of(epoch)


def write_epoch(log: Log, epoch: Epoch, old: State) -> None:
    """Write tiles, bundles and codes with which the tree grows to the size of `epoch`."""
    leaves = list(
        Leaf.objects.filter(index__gte=old.size, index__lt=epoch.size)
        .order_by("index")
        .values_list("hash", "text")
    )
    hashes = [bytes(each) for each, _ in leaves]
    nodes, reached = _grown(log.folder, old, hashes)
    if reached != bytes(epoch.root):
        raise LogDamagedError(fault=f"the leaves of {epoch} do not lead to its root")
    bundles = _Bundles(log.folder, old.size, [text.encode() for _, text in leaves])
    for tile in tiles_between(old.size, epoch.size):
        data = bundles.bundle(tile) if tile.level is None else hash_tile(nodes, tile)
        log.folder.write(tile.path, data)
    day = log.day_of(epoch.at)
    log.folder.add_codes(CodeLine(each, at, day) for at, each in enumerate(hashes, old.size))
    log.folder.settle()


def remember(log: Log, epoch: Epoch) -> None:
    """Record the state that is going to be signed, before the signature exists."""
    before = log.last.read()
    refuse_unknown(before, source=RECORD)
    try:
        log.last.swap(before, state_of(epoch))
    except SwappedError as error:
        raise SignedElsewhereError from error


def mark_published(newest: Epoch, *, at: dt.datetime) -> None:
    Epoch.objects.filter(published_at=None, number__lte=newest.number).update(published_at=at)


def prune(log: Log, old_size: int, size: int) -> None:
    log.folder.prune(tiles_between(old_size, size))


def _grown(folder: LogFolder, old: State, hashes: Sequence[bytes]) -> tuple[Grown, bytes]:
    """Grow the tree on disk. What is read there is checked first: it becomes part of a root."""
    published = folder.nodes(old.size)
    if root(published, old.size) != old.root:
        raise LogDamagedError(fault=f"its tiles do not lead to the root of {old.size:,} leaves")
    return grown(published, old.size, hashes)


class _Bundles:
    """Bundles of entries from an old size on; the first one begins with what was there."""

    def __init__(self, folder: LogFolder, old_size: int, entries: list[bytes]) -> None:
        index, width = divmod(old_size, WIDTH)
        before = read_entry_bundle(folder.read(Tile(None, index, width))) if width else []
        self.first = old_size - width
        self.entries = before + entries

    def bundle(self, tile: Tile) -> bytes:
        start = tile.index * WIDTH - self.first
        return entry_bundle(self.entries[start : start + tile.width])
