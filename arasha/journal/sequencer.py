"""Publishes epochs, step by step. Every step may be repeated: a crash between any two is harmless.

fix (database) → write files → remember (record of the last checkpoint) → publish (the signed
checkpoint) → mark (database) → prune. What is half done is finished before anything new begins.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings

from arasha.country import local_day
from arasha.engines.notes import SignerKey, sign
from arasha.engines.translog import (
    Checkpoint,
    Tile,
    append,
    entry_bundle,
    hash_tile,
    read_entry_bundle,
    root,
    tiles_between,
)
from arasha.engines.translog.tiles import WIDTH
from arasha.journal.epochs import fix_epoch, state_of
from arasha.journal.errors import LogAheadError, LogContradictsError, LogDamagedError
from arasha.journal.folder import CHECKPOINT, CodeLine, GrowingNodes, LogFolder, Nodes
from arasha.journal.lastcheckpoint import NOTHING_SIGNED, LastCheckpoint, State
from arasha.journal.models import Epoch, Leaf
from arasha.journal.policy import POLICY, policy_of
from arasha.wire.keyfile import read_private


@dataclass(frozen=True, slots=True)
class Log:
    """The log that this server publishes: its files, its record outside backups, its key.

    `day_of` tells the calendar day of an instant: all that a code page says about time.
    """

    folder: LogFolder
    last: LastCheckpoint
    signer: SignerKey
    day_of: Callable[[dt.datetime], dt.date]


def log_of_settings() -> Log:
    """The log that the settings name. Raises KeyFileError if its key is missing or open to others."""
    key = read_private(settings.ARASHA_KEYS_DIR / "log").decode().strip()
    return Log(
        LogFolder(settings.ARASHA_LOG_DIR),
        LastCheckpoint(settings.ARASHA_LAST_CHECKPOINT),
        SignerKey.parse(key),
        local_day,
    )


def advance(log: Log, *, at: dt.datetime, padded: bool) -> Epoch | None:
    """Finish what was begun, then publish one epoch of what waits. Returns it, or None.

    Raises LogAheadError, LogContradictsError or LogDamagedError, and then has signed nothing.
    """
    refuse_another_history(log)
    finish(log, at=at)
    epoch = fix_epoch(
        at=at, padded=padded, root_after=lambda old, hashes: _grown(log.folder, old, hashes)[1]
    )
    if epoch is not None:
        finish(log, at=at)
    return epoch


def refuse_another_history(log: Log) -> None:
    """Compare what was signed and what lies on disk with the database."""
    _refuse_unknown(log.last.read())
    _refuse_unknown(state_on_disk(log.folder))


def _refuse_unknown(state: State) -> None:
    if state == NOTHING_SIGNED:
        return
    newest = Epoch.objects.order_by("-number").first()
    known = newest.size if newest else 0
    if state.size > known:
        raise LogAheadError(published=state.size, known=known)
    if not Epoch.objects.filter(size=state.size, root=state.root).exists():
        raise LogContradictsError(size=state.size)


def finish(log: Log, *, at: dt.datetime) -> None:
    """Publish the newest epoch of the database, if the files or the marks are behind it."""
    newest = Epoch.objects.order_by("-number").first()
    if newest is None:
        return
    published = state_on_disk(log.folder)
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
    _refuse_unknown(before)
    log.last.swap(before, state_of(epoch))


def publish(log: Log, epoch: Epoch) -> None:
    """Sign the checkpoint and put it in its place: from here on the epoch is public."""
    stated = Checkpoint(log.signer.name, epoch.size, bytes(epoch.root))
    log.folder.write(POLICY, policy_of(log.signer.verifier).encode())
    log.folder.write(CHECKPOINT, str(sign(str(stated), [log.signer])).encode())
    log.folder.settle()


def mark_published(newest: Epoch, *, at: dt.datetime) -> None:
    Epoch.objects.filter(published_at=None, number__lte=newest.number).update(published_at=at)


def prune(log: Log, old_size: int, size: int) -> None:
    log.folder.prune(tiles_between(old_size, size))


def state_on_disk(folder: LogFolder) -> State:
    """The state that the published checkpoint states."""
    note = folder.checkpoint()
    if note is None:
        return NOTHING_SIGNED
    stated = Checkpoint.parse(note.text)
    return State(stated.size, stated.root)


def _grown(folder: LogFolder, old: State, hashes: Sequence[bytes]) -> tuple[GrowingNodes, bytes]:
    """Grow the tree on disk. What is read there is checked first: it becomes part of a root."""
    nodes = GrowingNodes(Nodes(folder, old.size))
    if root(nodes, old.size) != old.root:
        raise LogDamagedError(fault=f"its tiles do not lead to the root of {old.size:,} leaves")
    return nodes, root(nodes, append(nodes, old.size, hashes))


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
