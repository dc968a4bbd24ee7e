"""A build as a folder: a manifest, and exactly the files that it names."""

import os
import stat
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from arasha.programs.kiosk.refusals import KioskRefusedError
from arasha.wire.image import MANIFEST, MOST_BYTES, FileFacts, Manifest

# Started by people and units; everything else is only read.
PROGRAMS = ("bin/", "install.sh")


def read_manifest(folder: Path) -> bytes:
    """The manifest's bytes, in our form. Raises KioskRefusedError, MalformedError."""
    where = folder / MANIFEST
    if where.is_symlink() or not where.is_file():
        raise KioskRefusedError("no_manifest", folder=folder)
    with where.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    Manifest.parse(data)
    return data


def check(folder: Path, manifest: Manifest, *, made: tuple[str, ...] = ()) -> None:
    """Raise KioskRefusedError unless the folder holds exactly the files of its manifest.

    `made`: folders that an installed build has beside them, because `apply` unpacked them.
    """
    found = dict(walk(folder, skipped=made))
    if extra := sorted(found.keys() - manifest.files.keys()):
        raise KioskRefusedError("extra_file", file=extra[0], count=len(extra))
    if missing := sorted(manifest.files.keys() - found.keys()):
        raise KioskRefusedError("missing_file", file=missing[0], count=len(missing))
    for path, facts in manifest.files.items():
        if facts_of(found[path]) != facts:
            raise KioskRefusedError("changed_file", file=path)


def walk(folder: Path, *, skipped: tuple[str, ...] = ()) -> Iterator[tuple[str, Path]]:
    """Every file but the manifest, by its path. Raises KioskRefusedError for what is no file."""
    for where, folders, names in os.walk(folder, onerror=_raise):
        inside = Path(where).relative_to(folder)
        if inside == Path():
            folders[:] = [name for name in folders if name not in skipped]
        for name in [*folders, *names]:
            path = Path(where) / name
            mode = path.lstat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                raise KioskRefusedError("no_plain_file", file=(inside / name).as_posix())
        for name in names:
            if (named := (inside / name).as_posix()) != MANIFEST:
                yield named, Path(where) / name


def facts_of(path: Path) -> FileFacts:
    with path.open("rb") as file:
        return FileFacts(file_digest(file, "sha256").hexdigest(), path.stat().st_size)


def manifest_of(folder: Path, *, version: int) -> Manifest:
    """The manifest of what lies in a folder. Raises MalformedError for a name that none can have."""
    return Manifest(version, {path: facts_of(where) for path, where in walk(folder)})


def mode_of(path: str) -> int:
    """Which rights a file has on a terminal. They are not in the manifest: its path says them."""
    return 0o755 if path.startswith(PROGRAMS) else 0o644


def _raise(error: OSError) -> None:
    raise error
