"""Is the log intact? Each check yields a fault in words; none means that all is well."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from arasha.engines.notes import UntrustedNoteError, VerifierKey, filing_code, open_note
from arasha.engines.translog import (
    Checkpoint,
    Tile,
    commitment,
    leaf,
    leaf_hash,
    read_entry_bundle,
    root,
    root_of,
)
from arasha.engines.translog.tiles import WIDTH
from arasha.journal.digests import EVENT, READ, batch_commitment, digest_of, own_leaf
from arasha.journal.errors import LogDamagedError
from arasha.journal.folder import LogFolder
from arasha.journal.models import Entry, Epoch, Leaf
from arasha.wire.published import CHECKPOINT, PREFIX_DIGITS

ROWS_AT_ONCE = 2_000


def faults_of_log(folder: LogFolder, keys: Sequence[VerifierKey]) -> Iterator[str]:
    """Recompute the signed checkpoint from the entries, and compare every tile on the way."""
    try:
        yield from _faults_of_tiles(folder, _signed_state(folder, keys))
    except (LogDamagedError, UntrustedNoteError, ValueError) as error:
        yield str(error)


def _signed_state(folder: LogFolder, keys: Sequence[VerifierKey]) -> Checkpoint | None:
    where = folder.path / CHECKPOINT
    return Checkpoint.parse(open_note(where.read_bytes(), keys)) if where.exists() else None


def _faults_of_tiles(folder: LogFolder, stated: Checkpoint | None) -> Iterator[str]:
    if stated is None:
        return
    hashes = published_hashes(folder, stated.size)
    row, level = hashes, 0
    while row:
        for tile, content in _tiles(level, row):
            if folder.read(tile) != b"".join(content):
                yield f"{tile.path} does not follow from the entries"
        full = len(row) // WIDTH
        row = [root_of(row[at * WIDTH : (at + 1) * WIDTH]) for at in range(full)]
        level += 1
    if root(folder.nodes(stated.size), stated.size) != stated.root:
        yield f"the entries do not lead to the signed root of {stated.size:,} leaves"
    yield from _faults_of_codes(folder, hashes)


def published_hashes(folder: LogFolder, size: int) -> list[bytes]:
    """Leaf hashes of the first `size` entries, computed from the bundles."""
    bundles = (
        Tile(None, first // WIDTH, min(WIDTH, size - first)) for first in range(0, size, WIDTH)
    )
    return [leaf_hash(entry) for tile in bundles for entry in read_entry_bundle(folder.read(tile))]


def _tiles(level: int, row: Sequence[bytes]) -> Iterator[tuple[Tile, Sequence[bytes]]]:
    for first in range(0, len(row), WIDTH):
        content = row[first : first + WIDTH]
        yield Tile(level, first // WIDTH, len(content)), content


def _faults_of_codes(folder: LogFolder, hashes: list[bytes]) -> Iterator[str]:
    by_prefix = defaultdict(set)
    for index, each in enumerate(hashes):
        by_prefix[filing_code(each)[:PREFIX_DIGITS]].add((each, index))
    for prefix, expected in sorted(by_prefix.items()):
        found = {(line.leaf_hash, line.index) for line in folder.codes(prefix)}
        if missing := len(expected - found):
            yield f"code/{prefix} lacks {missing} of its {len(expected)} leaves"
        if any(index < len(hashes) for _, index in found - expected):
            yield f"code/{prefix} names a leaf that is not in the log"


def faults_of_leaves(folder: LogFolder) -> Iterator[str]:
    """Compare the database's leaves with the published entries, place by place."""
    hashes = published_hashes(folder, folder.size())
    rows = Leaf.objects.exclude(index=None).order_by("index").values_list("index", "hash", "text")
    place = 0
    for place, (index, stored, text) in enumerate(rows.iterator(ROWS_AT_ONCE), 1):
        if index != place - 1:
            yield f"no leaf has the index {place - 1}"
            return
        if leaf_hash(text.encode()) != bytes(stored):
            yield f"leaf {index} has a hash that is not its text's"
        if index < len(hashes) and hashes[index] != bytes(stored):
            yield f"leaf {index} of the database is not the one that was published"
    if place < len(hashes):
        yield f"the database has {place:,} leaves, and {len(hashes):,} are published"
    published = Epoch.objects.exclude(published_at=None).order_by("-number").first()
    if published is not None and published.size > len(hashes):
        yield f"{published} of {published.size:,} leaves was published, but is not in the folder"


def faults_of_entries() -> Iterator[str]:
    """Every entry has the digest of its content, and its leaf commits to it."""
    batches: dict[int, list[bytes]] = defaultdict(list)
    entries = Entry.objects.select_related("leaf", "salt").order_by("pk")
    for entry in entries.iterator(ROWS_AT_ONCE):
        yield from _faults_of_entry(entry)
        if entry.act == READ and entry.leaf_id is not None and entry.commitment is not None:
            batches[entry.leaf_id].append(bytes(entry.commitment))
    yield from _faults_of_batches(batches)


def _faults_of_entry(entry: Entry) -> Iterator[str]:
    digest = digest_of(entry)
    if bytes(entry.digest) != digest:
        yield f"entry {entry.key} was changed after it was written"
    if entry.commitment is None:
        return  # a filing: its leaf was made by the device
    salt = getattr(entry, "salt", None)
    if salt is not None and commitment(bytes(salt.value), digest) != bytes(entry.commitment):
        yield f"the salt of entry {entry.key} does not fit"
    is_act = entry.act != READ
    if is_act and (entry.leaf is None or entry.leaf.text != own_leaf(entry).decode()):
        yield f"the leaf of entry {entry.key} does not commit to it"


def _faults_of_batches(batches: dict[int, list[bytes]]) -> Iterator[str]:
    keys = iter(batches)
    while some := list(islice(keys, ROWS_AT_ONCE)):
        texts = dict(Leaf.objects.filter(pk__in=some).values_list("pk", "text"))
        for pk in some:
            if texts[pk] != leaf(EVENT, batch_commitment(batches[pk])).decode():
                yield f"the reads of leaf {pk} are not those that it commits to"
