"""Puts a signed build in place of the one that runs: at every moment the old one or the new one."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

from arasha.programs.kiosk import linking
from arasha.programs.kiosk.believing import followed, remembered, signed
from arasha.programs.kiosk.folder import check, mode_of, read_manifest
from arasha.programs.kiosk.linking import CURRENT
from arasha.programs.kiosk.packages import LIB, check_packages, unpack
from arasha.programs.kiosk.refusals import KioskRefusedError
from arasha.programs.kiosk.state import (
    State,
    read_starts,
    read_state,
    write_starts,
    write_state,
)
from arasha.wire.image import MANIFEST, Manifest
from arasha.wire.trust import Held

VERSIONS = "versions"


def apply(
    folder: Path, *, pinned: Held, trust: Path, to: Path, root: Path | None, demo: bool
) -> int:
    """Apply a build; returns its version. `to` as the terminal sees it, below `root` if given.

    With a `root` the system's links are laid, too. Raises KioskRefusedError, TrustRefusedError,
    MalformedError; what ran before runs then.
    """
    place = linking.under(root, to) if root else to
    (place / VERSIONS).mkdir(parents=True, exist_ok=True)
    with _alone(place):
        state = read_state(place)
        held = followed(_newest_known(state, pinned), trust, demo=demo)
        manifest = read_manifest(folder)
        build = signed(manifest, held).manifest
        if build.version < state.version:
            raise KioskRefusedError("downgrade", version=build.version, installed=state.version)
        where = _lay_down(folder, manifest, build, place / VERSIONS)
        links = linking.planned(where, to=to) if root else {}
        before = _before(state, now=_folder_of(place), new=where.name)
        new = State(build.version, before, held.to_json(), tuple(map(str, links)))
        # From here on an older build is refused, whether or not the switch comes to pass.
        write_state(place, new)
        linking.sync(place)
        linking.lay(links, root=root or Path())
        linking.point(place / CURRENT, Path(VERSIONS) / where.name)
        gone = set(map(Path, state.links)) - set(links)
        linking.take_away(gone if root else (), root=root or Path())
        _keep_only(place / VERSIONS, {where.name, before})
    return build.version


def go_back(*, to: Path, starts: Path) -> int:
    """Return to the build before, because the new one does not start; returns its version.

    Raises KioskRefusedError if the new one has ever answered, or was not tried often enough.
    """
    with _alone(to):
        state, now = read_state(to), running(to)
        if not state.before or now != state.version:
            raise KioskRefusedError("no_build_before")
        if not read_starts(starts).failed(now):
            raise KioskRefusedError("build_answers", version=now)
        before = to / VERSIONS / state.before
        manifest = read_manifest(before)
        check(before, signed(manifest, remembered(state.trust)).manifest, made=(LIB,))
        check_packages(before)
        linking.point(to / CURRENT, Path(VERSIONS) / state.before)
    return running(to)


def started(*, to: Path, starts: Path) -> bool:
    """Count a start of the build that runs; returns False if it was tried in vain often enough."""
    version = running(to)
    counted = read_starts(starts).begun(version)
    write_starts(starts, counted)
    return not counted.failed(version)


def answered(*, to: Path, starts: Path) -> None:
    """Note that the build that runs answered on its screen's address: it is kept from now on."""
    known = read_starts(starts)
    if known.version == running(to) and not known.answered:
        write_starts(starts, replace(known, answered=True))


def running(to: Path) -> int:
    """The version to which `current` leads; 0 for none."""
    return int(_folder_of(to).partition(".")[0] or 0)


def _folder_of(to: Path) -> str:
    """The folder of the build that runs: 8, or 8.1 where 8 was spoilt and was laid down anew."""
    link = to / CURRENT
    return link.readlink().name if link.is_symlink() else ""


def _newest_known(state: State, pinned: Held) -> Held:
    """What was believed when the last build was applied, so that no older root of trust counts."""
    if not state.trust:
        return pinned
    known = remembered(state.trust)
    if known.root_metadata.version < pinned.root_metadata.version:
        raise KioskRefusedError("other_pin")
    return known


def _before(state: State, *, now: str, new: str) -> str:
    """What one may go back to: what runs, unless it is the same version."""
    is_same = now.partition(".")[0] == new.partition(".")[0]
    return state.before if is_same else now


def _lay_down(folder: Path, manifest: bytes, build: Manifest, versions: Path) -> Path:
    """Copy, check the copy, unpack, and only then give it a name. What runs is never touched."""
    check(folder, build)
    where = versions / str(build.version)
    for number in count(1):
        if not where.exists():
            break
        if _is_whole(where, manifest, build):
            return where
        where = versions / f"{build.version}.{number}"
    beside = versions / f".{where.name}.new"
    shutil.rmtree(beside, ignore_errors=True)
    for path in build.files:
        _copy(folder / path, beside / path, mode_of(path))
    (beside / MANIFEST).write_bytes(manifest)
    check(beside, build)
    unpack(beside)
    _open_to_all(beside)
    beside.rename(where)
    linking.sync(versions)
    return where


def _copy(source: Path, target: Path, mode: int) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written)
    target.chmod(mode)


def _open_to_all(build: Path) -> None:
    """Users of the terminal read it, and it is on the disk before anything leads to it."""
    build.chmod(0o755)
    (build / MANIFEST).chmod(0o644)
    for where in build.rglob("*"):
        if where.is_dir():
            where.chmod(0o755)
    os.sync()


def _is_whole(where: Path, manifest: bytes, build: Manifest) -> bool:
    try:
        check(where, build, made=(LIB,))
        check_packages(where)
    except KioskRefusedError:
        return False
    return read_manifest(where) == manifest


def _keep_only(versions: Path, names: set[str]) -> None:
    for each in versions.iterdir():
        if each.name not in names:
            shutil.rmtree(each)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Of two that apply at once the second is refused."""
    with (place / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise KioskRefusedError("busy") from error
        yield
