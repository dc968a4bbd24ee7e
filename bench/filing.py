"""How many sealed appeals a gateway takes, and how soon each has its proof.

    python -m bench.filing [RATE [SECONDS]]

A real gateway (granian, two processes) and a real sequencer with epochs of one second, in processes of their
own; the load comes at a fixed rate whether or not the gateway keeps up. First on SQLite with
synchronous=FULL; then, where this machine has its programs, on a PostgreSQL server that syncs each commit,
each process in its own role. A filing counts only if its acknowledgement came and its proof was found.
Beside it, the peer: bare durable commits of one row into a SQLite file on the same disk.
"""

import base64
import hashlib
import os
import queue
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import urllib3

from arasha.commands.serve import granian, workers_of
from arasha.wire.doors import whole_number
from arasha.wire.keyfile import read_device
from bench import databases
from bench.databases import Database

RATE, SECONDS = 100, 15
SENDERS = 24
WATCHED_EVERY = 20  # one filing in twenty is watched until its proof is there
ASKED_EVERY = 0.1  # seconds between two questions for a proof
PATIENCE = 30  # seconds until a proof is given up
PORT = 8472
GATEWAY = f"http://localhost:{PORT}"
TOLD = {"ARASHA_DEMO": "True", "ARASHA_EPOCH_SECONDS": "1", "ARASHA_GATEWAY_URL": GATEWAY}


@dataclass
class Measured:
    acknowledged: list[float] = field(default_factory=list)
    proved: list[float] = field(default_factory=list)
    unproved: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    watchers: list[threading.Thread] = field(default_factory=list)


class Terminal:
    """The demo's terminal: signs what it sends, as the true one does."""

    def __init__(self, folder: Path) -> None:
        self.device = read_device(folder / "demo" / "terminal" / "device.json")

    def headers(self, body: bytes) -> dict[str, str]:
        digest = hashlib.sha256(body).hexdigest()
        message = f"arasha request v1\nPOST /v1/envelopes\n{digest}".encode()
        signature = base64.b64encode(self.device.signer.sign(message)).decode()
        return {
            "Content-Type": "application/json",
            "Arasha-Device": self.device.key,
            "Arasha-Signature": signature,
        }


def main() -> int:
    rate = int(sys.argv[1]) if len(sys.argv) > 1 else RATE
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    with databases.sqlite(TOLD) as database:
        measure(database, rate=rate, seconds=seconds)
    if not databases.has_postgresql():
        say("PostgreSQL: no server programs here")
        return 0
    with databases.postgresql(TOLD) as database:
        measure(database, rate=rate, seconds=seconds)
    return 0


def measure(database: Database, *, rate: int, seconds: int) -> None:
    filings = made_beforehand(database.seen_by(databases.JOBS), rate * seconds)
    commits = bare_commits(database.folder)
    parts = [started(database.seen_by(role), words) for role, words in served()]
    try:
        wait_for(GATEWAY + "/health")
        busy = [*(part.pid for part in parts), *([database.server] if database.server else [])]
        measured, before = Measured(), [worked(pid) for pid in busy]
        took = file_at(rate, filings, measured, Terminal(database.folder))
        spent = [worked(pid) - was for pid, was in zip(busy, before, strict=True)]
    finally:
        for part in parts:
            part.terminate()
        for part in parts:
            part.wait(timeout=20)
    say(f"-- {database.name}")
    report(measured, took=took, asked=len(filings), rate=rate)
    compare(len(measured.acknowledged), took=took, spent=spent, commits=commits)


def served() -> tuple[tuple[str, list[str]], ...]:
    """What runs, and in which role of the database."""
    workers = workers_of("gateway", whole_number(os.environ, "ARASHA_WORKERS", 1, 1, 64))
    return (
        (databases.GATEWAY, granian("gateway", port=PORT, workers=workers)),
        (databases.JOBS, [sys.executable, "-m", "arasha", "sequencer"]),
    )


def started(environment: dict[str, str], words: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)


def made_beforehand(environment: dict[str, str], count: int) -> list[tuple[bytes, str]]:
    """Sealed and signed requests, so that the load costs this process little: (body, code)."""
    made = subprocess.run(
        [sys.executable, "-m", "bench.filings", str(count)],
        env=environment,
        check=True,
        capture_output=True,
    )
    lines = made.stdout.decode().splitlines()
    return [(base64.b64decode(body), code) for body, code in (line.split(" ") for line in lines)]


def file_at(
    rate: int, filings: list[tuple[bytes, str]], measured: Measured, terminal: Terminal
) -> float:
    """Send at a fixed rate; a late answer does not slow the next sending."""
    waiting: queue.Queue[tuple[int, float, bytes, str] | None] = queue.Queue()
    senders = [
        threading.Thread(target=send, args=(waiting, measured, terminal)) for _ in range(SENDERS)
    ]
    for sender in senders:
        sender.start()
    begun = time.perf_counter()
    for number, (body, code) in enumerate(filings):
        due = begun + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        waiting.put((number, due, body, code))
    for _ in senders:
        waiting.put(None)
    for sender in senders:
        sender.join()
    took = time.perf_counter() - begun
    for watcher in measured.watchers:
        watcher.join()
    return took


def send(
    waiting: "queue.Queue[tuple[int, float, bytes, str] | None]",
    measured: Measured,
    terminal: Terminal,
) -> None:
    pool = urllib3.PoolManager(maxsize=1)
    while (job := waiting.get()) is not None:
        number, due, body, code = job
        try:
            answer = pool.request(
                "POST", f"{GATEWAY}/v1/envelopes", body=body, headers=terminal.headers(body)
            )
        except urllib3.exceptions.HTTPError as error:
            measured.refused.append(str(error))
            continue
        if answer.status != 202:
            measured.refused.append(answer.data.decode()[:200])
            continue
        measured.acknowledged.append(time.perf_counter() - due)
        if number % WATCHED_EVERY == 0:
            watcher = threading.Thread(target=watch, args=(code, time.perf_counter(), measured))
            measured.watchers.append(watcher)
            watcher.start()


def watch(code: str, since: float, measured: Measured) -> None:
    pool = urllib3.PoolManager(maxsize=1)
    while time.perf_counter() - since < PATIENCE:
        if pool.request("GET", f"{GATEWAY}/v1/proofs/{code}").status == 200:
            measured.proved.append(time.perf_counter() - since)
            return
        time.sleep(ASKED_EVERY)
    measured.unproved.append(code)


def bare_commits(folder: Path) -> float:
    """Durable one-row commits a second: what the disk and SQLite give at best."""
    database = sqlite3.connect(folder / "peer.sqlite3", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE peer (content BLOB)")
    begun, made = time.perf_counter(), 0
    while time.perf_counter() - begun < 2:
        database.execute("INSERT INTO peer VALUES (randomblob(5000))")
        made += 1
    return made / (time.perf_counter() - begun)


def wait_for(address: str) -> None:
    pool = urllib3.PoolManager(retries=False)
    for _ in range(200):
        try:
            if pool.request("GET", address).status == 200:
                return
        except urllib3.exceptions.HTTPError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer")


def worked(pid: int) -> float:
    """Seconds of processor time of a process and its children: the same on a busy machine as on a quiet one."""
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(numbers[11]) + int(numbers[12])
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return ticks / os.sysconf("SC_CLK_TCK") + sum(worked(int(child)) for child in children)


def report(measured: Measured, *, took: float, asked: int, rate: int) -> None:
    acknowledged, proved = sorted(measured.acknowledged), sorted(measured.proved)
    say(f"filed {len(acknowledged)} of {asked}, asked {rate}/s: {len(acknowledged) / took:.0f}/s")
    say(f"acknowledgement {spread(acknowledged)}")
    say(f"proof ({len(proved)} watched, {len(measured.unproved)} not found) {spread(proved)}")
    for refused in measured.refused[:3]:
        say(f"refused: {refused}")


def compare(filed: int, *, took: float, spent: list[float], commits: float) -> None:
    each = (1000 * seconds / max(1, filed) for seconds in spent)
    named = zip(("gateway", "sequencer", "server of the database"), each, strict=False)
    say("processor, a filing: " + ", ".join(f"{name} {value:.1f} ms" for name, value in named))
    say(f"peer: {commits:.0f} bare durable commits/s; ratio {filed / took / commits:.2f}")
    say(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")


def spread(values: list[float]) -> str:
    return f"p50 {centile(values, 50):.0f} ms, p95 {centile(values, 95):.0f} ms"


def centile(values: list[float], percent: int) -> float:
    if len(values) < 2:
        return float("nan")
    return statistics.quantiles(values, n=100)[percent - 1] * 1000


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
