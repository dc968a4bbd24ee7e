"""`arasha log mirror`: copy a log into a folder that any web server can serve, checking it on the way."""

import argparse
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from arasha.engines.notes import parse_note
from arasha.engines.translog import (
    EMPTY_ROOT,
    Checkpoint,
    Grown,
    NotProvedError,
    Tile,
    consistency_proof,
    entry_bundle,
    grown,
    hash_tile,
    leaf_hash,
    tiles_between,
    verify_consistency,
)
from arasha.engines.translog.tiles import WIDTH
from arasha.programs.log.checkpoints import Judged, judged
from arasha.programs.log.inputs import Told, read_policy, reading, verb, words_of
from arasha.wire.published import (
    CHECKPOINT,
    POLICY,
    TIMESTAMPS,
    WITNESSED,
    CodeLine,
    Published,
    code_file,
    published_at,
    whole_lines,
)

COPIED, CONTRADICTS = 0, 1


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    one = verb(
        verbs,
        "mirror",
        run=run,
        meaning="copy a log into a folder; what is there already is not fetched again",
        statuses="0 the copy is whole and proved, 1 it contradicts the copy, 2 cannot be checked",
    )
    one.add_argument("log", metavar="WHERE", help="the log's address or another copy's folder")
    one.add_argument("folder", type=Path, metavar="DIR", help="where the copy lies")


def run(given: argparse.Namespace) -> Told:
    words, policy = words_of(given.lang), read_policy(given.policy)
    source = published_at(given.log)
    with reading(given.log):
        try:
            head = judged(source.checkpoint(), policy)
        except NotProvedError as refusal:
            return CONTRADICTS, [words["not proved"], words[refusal.reason]]
        copied = _copy(source, given.folder, head)
    if copied is None:
        return CONTRADICTS, [words["not proved"], words["mirror differs"]]
    return COPIED, [
        words["mirrored"].format(size=head.stated.size, new=copied, folder=given.folder)
    ]


def _copy(source: Published, folder: Path, head: Judged) -> int | None:
    """Return how many entries are new, or None if they do not continue the copy."""
    mine, size = published_at(str(folder)), head.stated.size
    old = _stated(mine)
    if old.size > size:
        return None
    start = old.size // WIDTH * WIDTH
    base = mine.nodes(old.size)
    new = list(source.entries(start, size))
    tree, root = grown(base, start, map(leaf_hash, new))
    proof = consistency_proof(tree, old.size, size)
    if root != head.stated.root or not verify_consistency(old.size, size, proof, old.root, root):
        return None
    _write(folder, _files(tree, start, new, old.size, size))
    codes = dict(_code_files(source, new[old.size - start :]))
    _write(folder, codes.items())
    _write(folder, _stamps(source, codes.values(), old.size))
    _write(folder, ((name, found) for name in (POLICY, WITNESSED) if (found := source.read(name))))
    # The checkpoint comes last: until it stands there, the copy is the old one.
    _write(folder, [(CHECKPOINT, str(head.note).encode())])
    return size - old.size


def _stated(mine: Published) -> Checkpoint:
    found = mine.read(CHECKPOINT)
    return Checkpoint.parse(parse_note(found).text) if found else Checkpoint("-", 0, EMPTY_ROOT)


def _files(
    tree: Grown, start: int, entries: list[bytes], old_size: int, size: int
) -> Iterator[tuple[str, bytes]]:
    for tile in tiles_between(old_size, size):
        yield (
            tile.path,
            _bundle(tile, start, entries) if tile.level is None else hash_tile(tree, tile),
        )


def _bundle(tile: Tile, start: int, entries: list[bytes]) -> bytes:
    first = tile.index * WIDTH - start
    return entry_bundle(entries[first : first + tile.width])


def _code_files(source: Published, entries: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """The code files of the new entries, as the log has them: their days are the log's word."""
    for name in sorted({code_file(leaf_hash(entry)) for entry in entries}):
        yield name, whole_lines(source.file(name))


def _stamps(
    source: Published, codes: Iterable[bytes], old_size: int
) -> Iterator[tuple[str, bytes]]:
    """The timestamps of the days of new entries: a checkpoint and its token, where a day has one."""
    lines = (CodeLine.parse(line) for code in codes for line in code.decode().splitlines())
    for day in sorted({line.day for line in lines if line.index >= old_size}):
        for name in (f"{TIMESTAMPS}/{day}.checkpoint", f"{TIMESTAMPS}/{day}.tsr"):
            if found := source.read(name):
                yield name, found


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Each file whole or not at all."""
    for name, content in files:
        where = folder / name
        where.parent.mkdir(parents=True, exist_ok=True)
        beside = where.with_name(f".{where.name}.new")
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(where)
