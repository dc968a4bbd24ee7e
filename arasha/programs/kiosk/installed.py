"""Whether a terminal's system is as its build says: links, packages, what may be written, who may sign in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from arasha.programs.kiosk import linking
from arasha.programs.kiosk.linking import BEFORE

PACKAGES = "packages.txt"
USERS = ("arasha", "kiosk")
# Beside our links nobody's files have a place here.
OURS_ALONE = ("etc/systemd/system", "etc/chromium/policies", "etc/udev/rules.d")
OF_THE_PLACE = Path("etc/arasha")
IN_MEMORY = ("/tmp", "/var/tmp", "/var/log", "/var/cache", "/var/lib/systemd")  # noqa: S108
NO_DUMPS = "|/bin/false"
# Where packages have the units that they switch on by links of their own.
PACKAGED_UNITS = (Path("/lib/systemd/system"), Path("/usr/lib/systemd/system"))


@dataclass(frozen=True, slots=True)
class Fault:
    """`name` says which words of texts.toml to show, with `details` in them."""

    name: str
    details: dict[str, object] = field(default_factory=dict)


def faults(build: Path, *, to: Path, root: Path) -> Iterator[Fault]:
    """Everything in which the system below `root` is not what this build makes of it."""
    yield from _links(build, to=to, root=root)
    yield from _packages(build, root)
    yield from _users(root)
    yield from _fstab(root)
    if is_running(root):
        yield from _memory(root / "proc")


def is_running(root: Path) -> bool:
    """Whether this is the system that runs, and not a disk that was brought to another machine."""
    return (root / "proc" / "mounts").exists()


def of_the_place(root: Path) -> list[Path]:
    """Files that say where this terminal stands: nobody has signed them."""
    return sorted(path for path in (root / OF_THE_PLACE).rglob("*") if path.is_file())


def _links(build: Path, *, to: Path, root: Path) -> Iterator[Fault]:
    wanted = linking.planned(build, to=to)
    for path, target in wanted.items():
        where = linking.under(root, path)
        if not where.is_symlink() or where.readlink() != target:
            yield Fault("link_wrong", {"file": path, "target": target})
    for folder in OURS_ALONE:
        for path in sorted((root / folder).rglob("*")):
            seen = Path("/") / path.relative_to(root)
            if seen not in wanted and not path.name.endswith(BEFORE) and _is_strange(path):
                yield Fault("strange_file", {"file": seen})


def _is_strange(path: Path) -> bool:
    """A file, or a link to anything but a package's unit: it may lead to a file of anybody's."""
    if path.is_symlink():
        return path.readlink().parent not in PACKAGED_UNITS
    return not path.is_dir()


def _packages(build: Path, root: Path) -> Iterator[Fault]:
    installed = _installed(root)
    for line in (build / PACKAGES).read_text().splitlines():
        match line.split():
            case ["+", name] if name not in installed:
                yield Fault("package_missing", {"package": name})
            case ["-", name] if name in installed:
                yield Fault("package_there", {"package": name})


def _installed(root: Path) -> set[str]:
    status = root / "var/lib/dpkg/status"
    text = status.read_text(encoding="utf-8", errors="replace") if status.exists() else ""
    return {
        entry.split("\n", 1)[0].removeprefix("Package: ")
        for entry in text.split("\n\n")
        if "\nStatus: install ok installed\n" in entry
    }


def _users(root: Path) -> Iterator[Fault]:
    shadow = root / "etc/shadow"
    lines = shadow.read_text().splitlines() if shadow.exists() else []
    passwords = dict(line.split(":")[:2] for line in lines)
    for user in USERS:
        if not passwords.get(user, "").startswith(("!", "*")):
            yield Fault("user_open", {"user": user})


def _fstab(root: Path) -> Iterator[Fault]:
    fstab = root / "etc/fstab"
    lines = [line.split("#")[0].split() for line in fstab.read_text().splitlines()]
    entries = [words for words in lines if len(words) >= 4]
    if any(words[2] == "swap" for words in entries):
        yield Fault("fstab_swap")
    if not any(words[1] == "/" and "ro" in words[3].split(",") for words in entries):
        yield Fault("fstab_root")


def _memory(proc: Path) -> Iterator[Fault]:
    mounts = {
        words[1]: (words[2], words[3].split(","))
        for words in map(str.split, (proc / "mounts").read_text().splitlines())
    }
    if "ro" not in mounts.get("/", ("", []))[1]:
        yield Fault("root_writable")
    for path in IN_MEMORY:
        if mounts.get(path, ("", []))[0] != "tmpfs":
            yield Fault("not_in_memory", {"folder": path})
    swaps = (proc / "swaps").read_text().splitlines()[1:]
    if swaps:
        yield Fault("swaps", {"swap": swaps[0].split()[0]})
    if (proc / "sys/kernel/core_pattern").read_text().strip() != NO_DUMPS:
        yield Fault("dumps")
