"""What the terminal's program takes of a small machine, beside Chromium.

    python -m bench.terminal [SECONDS]

A real terminal in a process of its own; the gateway is a small one in this process, with the real forms over
a real socket. First it sends with nothing to say. Then filings wait, and a file of 10 MB. Beats come every
fifth of a second, so that a minute of this is five hours of a terminal that sends every minute.
"""

import hashlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from arasha.wire import keyfile
from bench.lists import say
from bench.relay import Process
from tests.programs import stand
from tests.programs.gateway import Stand

SECONDS, RHYTHM, MINUTE = 30, 0.2, 60
FILINGS, FILE_BYTES = 50, 10 * 1024 * 1024


def main() -> int:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    world = stand.World()
    with tempfile.TemporaryDirectory() as folder, stand.gateway(world) as door:
        with terminal(Path(folder), door) as (process, page):
            wait(world, beats=5)
            measure("with nothing to say", process, world, seconds=seconds)
            slips = [page.post("/api/appeals", stand.sealed_filing()) for _ in range(FILINGS)]
            sealed = b"age-encryption.org/v1\n" + secrets.token_bytes(FILE_BYTES)
            digest = hashlib.sha256(sealed).hexdigest()
            page.post(f"/api/attachments/{slips[0]['leaf']}/{digest}", sealed)
            measure(
                f"{FILINGS} filings and {FILE_BYTES >> 20} MB wait", process, world, seconds=seconds
            )
            say(f"most memory: {process.most_memory_mb():.0f} MB")
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        say(f"on the disk at the end: {size / 2**20:.1f} MB")
    say(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")
    return 0


class Page:
    """The kiosk's page, as far as it posts."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._token = ""
        page = self._ask("GET", "/", b"").decode()
        self._token = page.partition('arasha-token" content="')[2].partition('"')[0]

    def post(self, path: str, body: bytes) -> dict[str, str]:
        taken: dict[str, str] = json.loads(self._ask("POST", path, body))
        return taken

    def _ask(self, method: str, path: str, body: bytes) -> bytes:
        connection = HTTPConnection("localhost", self._port, timeout=30)
        headers = {"arasha-token": self._token, "origin": f"http://localhost:{self._port}"}
        connection.request(method, path, body, headers)
        with connection.getresponse() as answer:
            content = answer.read()
        connection.close()
        return content


@contextmanager
def terminal(folder: Path, door: Stand) -> Iterator[tuple[Process, Page]]:
    keyfile.write_private(folder / "device.json", stand.trusting().to_json())
    command = [sys.executable, "-m", "arasha", "terminal", "--gateway", door.url, "--port", "0"]
    command += ["--device", str(folder / "device.json"), "--spool", str(folder / "spool")]
    command += ["--rhythm", str(RHYTHM)]
    demo = os.environ | {"ARASHA_DEMO": "True"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=demo) as running:
        assert running.stdout is not None
        port = int(running.stdout.readline().rpartition(":")[2].strip(" /\n"))
        try:
            yield Process(running.pid), Page(port)
        finally:
            running.terminate()


def wait(world: stand.World, *, beats: int) -> None:
    until = len(world.requests) + beats
    while len(world.requests) < until:
        time.sleep(0.05)


def measure(what: str, process: Process, world: stand.World, *, seconds: int) -> None:
    """Say what one exchange took of the processor, and what that is of a core at one a minute."""
    before, sent = process.seconds(), len(world.requests)
    time.sleep(seconds)
    each = (process.seconds() - before) / (len(world.requests) - sent)
    say(f"{what}: {each * 1000:.0f} ms of the processor an exchange, {each / MINUTE:.2%} of a core")


if __name__ == "__main__":
    raise SystemExit(main())
