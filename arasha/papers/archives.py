"""Zip archives: what strangers send is looked at before it is opened, what we write is the same each time."""

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import IO

DAY_ZERO = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name: no clock gets into a hash
MOST_MEMBERS = 10_000
_DOCTYPE = re.compile(rb"<\s*\x00?!\s*\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E", re.IGNORECASE)
_PIECE, _OVERLAP = 1 << 18, 64


class BombError(ValueError):
    """The archive would take more memory than it may."""


def refuse_bombs(archive: zipfile.ZipFile, *, most_bytes: int, most_times: int) -> None:
    """Raise BombError if the archive unpacks to too much, by what its own list of members says.

    Nothing more is read later: zipfile stops at the size that the list states. Small members may pack
    better than `most_times`: only those over a megabyte are asked.
    """
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise BombError(f"{len(members)} members; at most {MOST_MEMBERS}")
    if sum(member.file_size for member in members) > most_bytes:
        raise BombError(f"unpacks to more than {most_bytes} bytes")
    for member in members:
        if member.file_size > max(1_000_000, member.compress_size * most_times):
            raise BombError(f"{member.filename} unpacks to more than {most_times} times its size")


def declares_entities(archive: zipfile.ZipFile) -> bool:
    """True if an XML part has a document type: office files never need one, attacks do."""
    for member in archive.infolist():
        if member.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(member) as part:
                if _says_doctype(part):
                    return True
    return False


def _says_doctype(part: IO[bytes]) -> bool:
    """Anywhere: a comment of any length may stand before it, and no text of an XML part may hold it."""
    before = b""
    while piece := part.read(_PIECE):
        if _DOCTYPE.search(before + piece):
            return True
        before = piece[-_OVERLAP:]
    return False


def settled(content: bytes, mend: Mapping[str, Callable[[bytes], bytes]] | None = None) -> bytes:
    """The same archive without a trace of when or in which order it was made.

    `mend` changes single members by their name. `[Content_Types].xml` stays first, where readers look.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, change in (mend or {}).items():
        members[name] = change(members[name])
    return packed(members.items())


def packed(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of these members, sorted by name, equal for equal members."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(members, key=lambda m: (m[0] != "[Content_Types].xml", m[0])):
            archive.writestr(header(name), content)
    return target.getvalue()


def header(name: str) -> zipfile.ZipInfo:
    """The entry of a member: no time, no owner, one system."""
    info = zipfile.ZipInfo(name, DAY_ZERO)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info
