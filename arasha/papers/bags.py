"""A bag of documents as a stream: what a court or another office gets, with a checksum of every file.

Two readings of each file: one to hash, one to send. So no file needs to be in memory, and what is sent is
checked against what was hashed.
"""

import datetime as dt
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import RawIOBase
from typing import BinaryIO

from arasha.engines.documents.bagging import (
    DECLARATION,
    bag_info,
    distinct_names,
    manifest,
    safe_name,
)
from arasha.engines.documents.custody import CustodyAct, custody_json, verify_custody
from arasha.papers.archives import header

_CHUNK = 1 << 18


class BagError(RuntimeError):
    """A file is not what its chain of custody says, or it changed while it was sent."""


@dataclass(frozen=True, slots=True)
class BagItem:
    """A document: its name as people gave it, how to read it from the beginning, its custody (may be empty)."""

    name: str
    open: Callable[[], BinaryIO]
    custody: Sequence[CustodyAct] = ()


def bag(
    items: Sequence[BagItem],
    *,
    identifier: str,
    made_on: dt.date,
    law_answers: Mapping[str, object] | None = None,
    more: Sequence[tuple[str, str]] = (),
) -> Iterator[bytes]:
    """Yield a zip with one bag (RFC 8493), in pieces; equal contents give equal bytes.

    Under `metadata/` lie the custody of each document and the answers of the law, both in the
    tag manifest. `more` are further labels of bag-info. Raises BagError if a document is not what the last
    act of its custody saw, before a byte is sent; and if one changes while it is sent.
    """
    names = [f"data/{name}" for name in distinct_names(item.name for item in items)]
    measured = [_measure(item) for item in items]
    for item, (digest, _) in zip(items, measured, strict=True):
        _refuse_broken(item, digest)
    hashes = {name: digest for name, (digest, _) in zip(names, measured, strict=True)}
    sizes = [size for _, size in measured]
    tags = {
        "bagit.txt": DECLARATION,
        "bag-info.txt": bag_info(identifier=identifier, made_on=made_on, sizes=sizes, more=more),
        "manifest-sha256.txt": manifest(hashes),
        "metadata/custody.json": _json(
            {
                name: [custody_json(act, with_hash=True) for act in item.custody]
                for name, item in zip(names, items, strict=True)
            }
        ),
        "metadata/law.json": _json(law_answers or {}),
    }
    tags["tagmanifest-sha256.txt"] = manifest(
        {name: sha256(text.encode()).hexdigest() for name, text in tags.items()}
    )
    root = safe_name(identifier)
    return _stream(
        root,
        tags,
        dict(zip(names, items, strict=True)),
        hashes,
        dict(zip(names, sizes, strict=True)),
    )


def _measure(item: BagItem) -> tuple[str, int]:
    digest, size = sha256(), 0
    for chunk in _chunks(item):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _chunks(item: BagItem) -> Iterator[bytes]:
    with item.open() as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _refuse_broken(item: BagItem, digest: str) -> None:
    if (broken := verify_custody(item.custody)) is not None:
        raise BagError(f"{item.name}: act {broken} of its custody does not follow")
    if item.custody and item.custody[-1].content != digest:
        raise BagError(f"{item.name}: its bytes are not those of its custody")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


class _Pipe(RawIOBase):
    """Where the zip writes, until somebody takes it: it never looks back."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        taken = bytes(piece)  # type: ignore[call-overload]
        self._waiting.append(taken)
        return len(taken)

    def take(self) -> bytes:
        taken = b"".join(self._waiting)
        self._waiting.clear()
        return taken


def _stream(
    root: str,
    tags: Mapping[str, str],
    items: Mapping[str, BagItem],
    hashes: Mapping[str, str],
    sizes: Mapping[str, int],
) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(tags.items()):
            archive.writestr(header(f"{root}/{name}"), text.encode())
            yield pipe.take()
        for name, item in sorted(items.items()):
            yield from _sent(archive, pipe, f"{root}/{name}", item, hashes[name], sizes[name])
    yield pipe.take()


def _sent(
    archive: zipfile.ZipFile, pipe: _Pipe, path: str, item: BagItem, digest: str, size: int
) -> Iterator[bytes]:
    entry = header(path)
    entry.file_size = size  # so that zip knows beforehand whether it needs its large form
    seen = sha256()
    with archive.open(entry, "w", force_zip64=size > 2**31) as member:
        for chunk in _chunks(item):
            seen.update(chunk)
            member.write(chunk)
            yield pipe.take()
    if seen.hexdigest() != digest:
        raise BagError(f"{item.name} changed while it was sent: the bag is void")
