"""What must be true of the machine before a secret is in its memory."""

import resource
from pathlib import Path

UP = {"up", "unknown"}


def faults(root: Path = Path("/")) -> list[str]:
    """Return which of "network" and "swap" this machine has on, by the kernel's own files."""
    found = []
    links = (root / "sys/class/net").glob("*/operstate")
    if any(link.read_text().strip() in UP for link in links if link.parent.name != "lo"):
        found.append("network")
    swaps = root / "proc/swaps"
    if swaps.exists() and len(swaps.read_text().splitlines()) > 1:  # the first line is a heading
        found.append("swap")
    return found


def leave_no_core() -> None:
    """Let no crash write this program's memory to the disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
