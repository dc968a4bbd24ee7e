"""The real system as processes: its own folder, its own ports, the demo world."""

import fcntl
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from arasha.commands import ports, serve
from arasha.wire.doors import PLACES, address
from tests.migrated import begin_in

CHECKOUT = Path(__file__).parents[2]
SET_UP = (
    ("-m", "arasha", "secrets"),
    ("-m", "arasha", "migrate"),
    ("-m", "django", "collectstatic", "--no-input", "--settings", "arasha.config.settings.jobs"),
    ("-m", "arasha", "world", "demo"),
)
READY = "Ctrl-C ends everything."
PATIENCE = 90  # seconds for all parts to answer on two busy cores


class DoorsDidNotOpenError(AssertionError):
    """The system ended or stayed silent instead of answering."""


@dataclass
class Doors:
    """Where everything answers, the settings of all parts, and what they have said so far."""

    base: int
    var: Path
    told: Mapping[str, str] = field(repr=False)
    said: list[str] = field(default_factory=list)

    def address(self, name: str) -> str:
        """`desk`, `public`, `gateway`, `terminal` or `reader`."""
        return address(name, self.base)

    def sign_in_link(self, name: str) -> str:
        """A fresh link of a member of the cast: those that were printed at the start work once."""
        printed = _run(("-m", "arasha", "world", "links"), self.told).splitlines()
        for line, following in pairwise(printed):
            if line.strip().startswith(name) and "/sign-in/" in following:
                return following.strip()
        raise DoorsDidNotOpenError(f"no sign-in link for {name}")


def demo_world(shared: Path, more: Mapping[str, str] | None = None) -> Path:
    """The demo world in a folder, built by whoever comes first; to be copied, not used."""
    built = shared / "demo-world"
    with (shared / "demo-world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            unfinished = shared / "demo-world.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            begin_in(unfinished)
            for words in SET_UP:
                _run(words, {**environment(unfinished, base=8000), **(more or {})})
            unfinished.rename(built)
    return built


@contextmanager
def opened(world: Path, var: Path, more: Mapping[str, str] | None = None) -> Iterator[Doors]:
    """Serve a copy of a world until the block is over."""
    shutil.copytree(world, var)
    base = _free_base()
    doors = Doors(base=base, var=var, told={**environment(var, base), **(more or {})})
    process = subprocess.Popen(
        [sys.executable, "-m", "arasha", "serve", "--demo"],
        cwd=CHECKOUT,
        env=dict(doors.told),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    ready = threading.Event()
    listener = threading.Thread(target=_listen, args=(process, doors, ready), daemon=True)
    listener.start()
    try:
        if not ready.wait(PATIENCE) or READY not in doors.said:
            raise DoorsDidNotOpenError("\n".join(doors.said))
        yield doors
    finally:
        process.terminate()
        process.wait(timeout=10)
        listener.join(timeout=5)
        if process.stdout:
            process.stdout.close()


def environment(var: Path, base: int) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ARASHA_")}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    told = {"ARASHA_VAR": str(var), "ARASHA_PORT_BASE": str(base)}
    return serve.environment_for({**clean, **told}, base=base, demo=True)


def _listen(process: subprocess.Popen[str], doors: Doors, ready: threading.Event) -> None:
    for line in process.stdout or ():
        doors.said.append(line.rstrip("\n"))
        if doors.said[-1] == READY:
            ready.set()
    ready.set()  # it ended: whoever waits must not wait longer


def _free_base() -> int:
    """Free ports in a row; each worker looks in a street of its own."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for base in range(20_000 + 1_000 * worker, 21_000 + 1_000 * worker, 10):
        if not ports.taken(range(base, base + 1 + max(PLACES.values()))):
            return base
    raise DoorsDidNotOpenError("no free ports in a row")


def _run(words: Sequence[str], told: Mapping[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=CHECKOUT,
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DoorsDidNotOpenError(f"{' '.join(words)}:\n{done.stdout}{done.stderr}")
    return done.stdout
