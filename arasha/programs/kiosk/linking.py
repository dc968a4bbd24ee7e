"""How a build becomes a terminal's system: links from /etc into it, so that one rename switches all."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

CURRENT = "current"
SYSTEM = "system"
UNITS_FILE = "units.txt"
UNITS = Path("/etc/systemd/system")
DEBIAN_UNITS = Path("/lib/systemd/system")
NOTHING = Path("/dev/null")
BEFORE = ".before-arasha"  # what Debian had there


def planned(build: Path, *, to: Path) -> dict[Path, Path]:
    """Each link that a build wants, and where it leads; paths as the terminal will see them."""
    own = sorted(path for path in (build / SYSTEM).rglob("*") if path.is_file())
    inside = [path.relative_to(build / SYSTEM) for path in own]
    links = {Path("/") / each: to / CURRENT / SYSTEM / each for each in inside}
    return links | _of_units((build / UNITS_FILE).read_text(), set(links))


def lay(links: Mapping[Path, Path], *, root: Path) -> None:
    """Put every link in place. What a package had put there stays beside it."""
    for path, target in links.items():
        where = under(root, path)
        if where.is_symlink() and where.readlink() == target:
            continue
        where.parent.mkdir(parents=True, exist_ok=True)
        kept = where.with_name(where.name + BEFORE)
        if where.exists() and not where.is_symlink() and not kept.exists():
            where.rename(kept)
        point(where, target)


def take_away(paths: Iterable[Path], *, root: Path) -> None:
    """Remove links that a newer build does not want any more."""
    for path in paths:
        if (where := under(root, path)).is_symlink():
            where.unlink()


def point(where: Path, target: Path) -> None:
    """Let a link lead there in one step: a power cut leaves the old one or the new one."""
    beside = where.with_name(f".{where.name}.new")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target)
    beside.replace(where)
    sync(where.parent)


def sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def under(root: Path, path: Path) -> Path:
    return root / path.relative_to("/")


def _of_units(text: str, own: set[Path]) -> dict[Path, Path]:
    """`mask UNIT` and `want TARGET UNIT`, a line each."""
    links = {}
    for line in text.splitlines():
        match line.partition("#")[0].split():
            case ["mask", unit]:
                links[UNITS / unit] = NOTHING
            case ["want", target, unit]:
                folder = UNITS if UNITS / unit in own else DEBIAN_UNITS
                links[UNITS / f"{target}.wants" / unit] = folder / unit
    return links
