"""Starts the parts of a system as processes, passes on what they say, and ends all of them together."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from types import FrameType
from typing import NoReturn
from urllib.parse import urlsplit

# Seconds to end by oneself, and to be taken away after SIGKILL: all is over within two.
POLITE_FOR = 1.2
DYING_FOR = 0.6
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One process: its command, and the port it answers on if it is a door (0: it has none)."""

    name: str
    command: Sequence[str]
    address: str = ""
    port: int = 0


class Running:
    """A started part. It leads a session of its own, so that its children end with it."""

    def __init__(self, part: Part, environment: Mapping[str, str], say: Say) -> None:
        self.part = part
        self.last_lines: deque[str] = deque(maxlen=12)
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            part.command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._pass_on, args=(say,), daemon=True)
        self._listener.start()

    def died(self) -> bool:
        return self.process.poll() is not None

    def answers(self) -> bool:
        """True once the door answers anything but a fault of its own."""
        host = urlsplit(self.part.address).netloc
        connection = HTTPConnection("127.0.0.1", self.part.port, timeout=5)
        try:
            connection.request("GET", "/health", headers={"Host": host})
            return connection.getresponse().status < 500
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def signal_all(self, number: signal.Signals) -> None:
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return  # the whole group is gone

    def group_is_gone(self) -> bool:
        self.process.poll()  # takes away the leader's remains, which would count as alive
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return True
        return False

    def last_words(self) -> str:
        self._listener.join(timeout=0.5)
        return "\n".join(f"    {line}" for line in self.last_lines)

    def _pass_on(self, say: Say) -> None:
        with self.process.stdout or io.StringIO() as lines:
            for line in lines:
                self.last_lines.append(line.rstrip("\n"))
                say(f"{self.part.name:>9} | {line.rstrip()}")


class PartDiedError(Exception):
    """A part ended although nobody asked it to."""

    def __init__(self, running: Running) -> None:
        code = running.process.returncode
        words = running.last_words()
        super().__init__(
            f"{running.part.name} ended by itself (exit code {code}). "
            + (f"Its last lines:\n{words}" if words else "It said nothing.")
        )


class AskedToEndError(Exception):
    """Ctrl-C, SIGTERM, or the terminal went away."""


@contextmanager
def supervised(
    parts: Sequence[Part], environment: Mapping[str, str], say: Say
) -> Iterator[list[Running]]:
    """Start all parts; whatever happens inside, none of them is left when the block is over."""
    started: list[Running] = []
    with _signals_raise() as ending:
        try:
            for part in parts:
                started.append(Running(part, environment, say))
            ending.begin()
            yield started
        finally:
            end(started)


def end(started: Sequence[Running]) -> None:
    """End every part and its children: politely first, then by force."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of them
    for running in started:
        running.signal_all(signal.SIGTERM)
    _wait_until_gone(started, POLITE_FOR)
    for running in started:
        running.signal_all(signal.SIGKILL)
    _wait_until_gone(started, DYING_FOR)


def _wait_until_gone(started: Sequence[Running], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not all(r.group_is_gone() for r in started):
        time.sleep(0.02)


def wait_for_answers(started: Sequence[Running], say: Say) -> None:
    """Return when every door answers; say each one's time. Raises PartDiedError."""
    waiting = [running for running in started if running.part.port]
    while waiting:
        raise_for_dead(started)
        for running in [r for r in waiting if r.answers()]:
            seconds = time.monotonic() - running.started_at
            say(f"{running.part.name:>9} | answers after {seconds:.1f} s")
            waiting.remove(running)
        time.sleep(0.1)


def watch(started: Sequence[Running]) -> NoReturn:
    """Raises PartDiedError or AskedToEndError, sooner or later."""
    while True:
        raise_for_dead(started)
        time.sleep(0.2)


def raise_for_dead(started: Sequence[Running]) -> None:
    for running in started:
        if running.died():
            raise PartDiedError(running)


class _Ending:
    """Raises AskedToEndError when asked to end, but not while parts are being started: one that
    runs and is in no list yet would be left behind."""

    def __init__(self) -> None:
        self._is_starting, self._is_asked = True, False

    def hear(self, number: int, frame: FrameType | None) -> None:
        self._is_asked = True
        self._raise_if_asked()

    def begin(self) -> None:
        self._is_starting = False
        self._raise_if_asked()

    def _raise_if_asked(self) -> None:
        if self._is_asked and not self._is_starting:
            raise AskedToEndError


@contextmanager
def _signals_raise() -> Iterator[_Ending]:
    ending = _Ending()
    before = {number: signal.signal(number, ending.hear) for number in ENDING}
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def say(line: str) -> None:
    """One whole line at a time, also when several parts speak at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
