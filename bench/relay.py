"""What a relay that serves a prison takes of a small machine.

    python -m bench.relay [TERMINALS] [SECONDS]

A real relay in a process of its own; the gateway is a small one in this process, which answers each bundle
with the real forms and over a real socket. First the usual day: a bundle a minute from each terminal. Then
the line is cut for some hundred bundles, and comes back.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.lists import say  # isort: skip  # sets up Django, which the tests' ceremony needs
from arasha.programs.relay.disk import FILE
from arasha.wire.client import Client
from tests.programs.relay.prison import ROOT, Gateway, Terminal, listening

TERMINALS, SECONDS, BACKLOG = 50, 120, 400
TICKS = os.sysconf("SC_CLK_TCK")


class Process:
    """What the kernel says of the relay."""

    def __init__(self, pid: int) -> None:
        self._folder = Path(f"/proc/{pid}")

    def seconds(self) -> float:
        """Of the processor, in its own code and in the kernel's for it."""
        fields = (self._folder / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def most_memory_mb(self) -> float:
        lines = (self._folder / "status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else TERMINALS
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    gateway = Gateway()
    terminals = [gateway.terminal() for _ in range(count)]
    with tempfile.TemporaryDirectory() as folder, listening(gateway) as address:
        with relay(Path(folder), address) as (process, client):
            usual_day(process, client, terminals, seconds=seconds)
            line_is_cut(process, client, terminals, gateway)
        size = sum(path.stat().st_size for path in Path(folder).glob(f"relay/{FILE}*"))
        say(f"on the disk at the end: {size / 2**20:.0f} MB")
    say(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")
    return 0


@contextmanager
def relay(folder: Path, address: str) -> Iterator[tuple[Process, Client]]:
    root = folder / "1.root.json"
    root.write_bytes(ROOT)
    words = ["serve", str(folder / "relay"), "--gateway", address, "--root", str(root)]
    command = [sys.executable, "-m", "arasha", "relay", *words, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline().rpartition(":")[2].strip("/\n")
        yield Process(process.pid), Client(f"http://127.0.0.1:{port}")
        process.terminate()


def usual_day(process: Process, client: Client, terminals: list[Terminal], *, seconds: int) -> None:
    """Each terminal once a minute, one after another."""
    began, before, answers = time.monotonic(), process.seconds(), []
    pause = 60 / len(terminals)
    for turn in range(int(seconds / pause)):
        time.sleep(max(0, began + turn * pause - time.monotonic()))
        terminal = terminals[turn % len(terminals)]
        bundle, asked = terminal.bundle(), time.perf_counter()
        terminal.send(client, bundle)
        answers.append((time.perf_counter() - asked) * 1000)
    took, used = time.monotonic() - began, process.seconds() - before
    say(
        f"{len(terminals)} terminals, a bundle a minute each, {took:.0f} s: {100 * used / took:.1f} % of a "
        f"core, at most {process.most_memory_mb():.0f} MB; answered in {sorted(answers)[len(answers) // 2]:.0f} ms (p50)"
    )


def line_is_cut(
    process: Process, client: Client, terminals: list[Terminal], gateway: Gateway
) -> None:
    gateway.mood = "out of order"
    for turn in range(BACKLOG):
        terminal = terminals[turn % len(terminals)]
        terminal.send(client, terminal.bundle())
    gateway.mood, before = "well", len(gateway.had)
    while len(gateway.had) == before:  # until the relay tries again
        time.sleep(0.05)
    first, began, used_before = len(gateway.had), time.monotonic(), process.seconds()
    while len(gateway.had) < before + BACKLOG:
        time.sleep(0.05)
    count = len(gateway.had) - first
    took, used = time.monotonic() - began, process.seconds() - used_before
    say(
        f"{count:,} bundles that waited for the line are gone in {took:.0f} s: {1000 * used / count:.1f} ms "
        f"of the processor each, at most {process.most_memory_mb():.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
