"""An independent reader of a published log: nothing of the sequencer, and pymerkle's tree."""

from dataclasses import dataclass
from pathlib import Path

from pymerkle import InmemoryTree

from arasha.engines.notes import SignerKey, open_note
from arasha.engines.translog import Checkpoint, Tile, read_entry_bundle

SIGNER = SignerKey("test.example/log", 1, b"s" * 32)


@dataclass(frozen=True)
class Published:
    size: int
    root: bytes
    entries: list[bytes]


def published(log: Path) -> Published:
    """What a stranger gets who trusts the signed checkpoint and reads the bundles up to its size."""
    text = open_note((log / "checkpoint").read_bytes(), [SIGNER.verifier])
    stated = Checkpoint.parse(text)
    bundles = [
        Tile(None, first // 256, min(256, stated.size - first))
        for first in range(0, stated.size, 256)
    ]
    entries = [e for bundle in bundles for e in read_entry_bundle(_content(log, bundle))]
    return Published(stated.size, stated.root, entries)


def _content(log: Path, tile: Tile) -> bytes:
    return (log / tile.path).read_bytes()


def pymerkle_root(entries: list[bytes]) -> bytes:
    tree = InmemoryTree(algorithm="sha256")
    for entry in entries:
        tree.append_entry(entry)
    return bytes(tree.get_root())
