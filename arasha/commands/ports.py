"""Which ports are taken, and by whom, told before anything starts."""

import errno
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path

PROC = Path("/proc")
LISTENING = "0A"
# A browser that is told `localhost` may try either first.
LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def taken(ports: Iterable[int]) -> dict[int, str]:
    """The ports that somebody already listens on, each with who it is ("" when nobody may tell)."""
    return {port: owner(port) for port in ports if is_taken(port)}


def is_taken(port: int) -> bool:
    return any(_refused(family, host, port) for family, host in LOOPBACK)


def owner(port: int) -> str:
    """`name (process 123)` of the listener, as far as /proc tells it to us."""
    inodes = set(_listening_inodes(port))
    for process in sorted(PROC.glob("[0-9]*")):
        if inodes & set(_socket_inodes(process)):
            return f"{_name(process)} (process {process.name})"
    return ""


def _refused(family: int, host: str, port: int) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # A port that was closed a moment ago is free: only a listener refuses us then.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        return error.errno == errno.EADDRINUSE
    return False


def _listening_inodes(port: int) -> Iterator[str]:
    for table in ("tcp", "tcp6"):
        for line in _lines(PROC / "net" / table)[1:]:
            columns = line.split()
            address, state, inode = columns[1], columns[3], columns[9]
            if state == LISTENING and int(address.rsplit(":", 1)[1], 16) == port:
                yield inode


def _socket_inodes(process: Path) -> Iterator[str]:
    try:
        for handle in (process / "fd").iterdir():
            target = str(handle.readlink())
            if target.startswith("socket:["):
                yield target[len("socket:[") : -1]
    except OSError:
        return  # gone meanwhile, or another person's process


def _name(process: Path) -> str:
    lines = _lines(process / "comm")
    return lines[0] if lines else "a process"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:
        return []
