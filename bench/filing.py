"""How many sealed appeals a gateway takes, and how soon each has its proof.

    python -m bench.filing [RATE [SECONDS]]

A real gateway (granian, two processes) and a real sequencer with epochs of one second, in processes of their
own. Each appeal comes in a bundle of one of many terminals, at a fixed rate whether or not the gateway keeps
up. First on SQLite with synchronous=FULL; then, where this machine has its programs, on a PostgreSQL server
that syncs each commit, each process in its own role. A filing counts only if its acknowledgement came back in
the answer, and its proof was found in the log as anybody reads it. Beside it, the peer: bare durable commits
of one row into a SQLite file on the same disk.
"""

import base64
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
from arasha.engines.channel.down import ANSWER_BYTES, Became, parse_answer
from arasha.engines.channel.errors import ChannelError
from arasha.journal.folder import LogFolder
from arasha.journal.proofs import Receipts
from arasha.wire.doors import whole_number
from bench import databases
from bench.databases import Database

# More than twice what 365 terminals could bring if every bundle of theirs held an appeal. A request lasts as long
# as the beat of answers, and eight are answered at a time: 80 a second are the most that there can be.
RATE, SECONDS = 15, 15
TERMINALS = 60
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


@dataclass(frozen=True)
class Sent:
    """A bundle with one appeal in it, and what its terminal knows."""

    bundle: bytes
    answer_key: bytes
    code: str


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
        took = file_at(rate, filings, measured, database.folder / "log")
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


def made_beforehand(environment: dict[str, str], count: int) -> list[Sent]:
    """Sealed and signed bundles, so that the load costs this process little."""
    rounds = -(-count // TERMINALS)
    made = subprocess.run(
        [sys.executable, "-m", "bench.terminals", str(TERMINALS), str(rounds), "1"],
        env=environment,
        check=True,
        capture_output=True,
    )
    lines = (line.split(" ") for line in made.stdout.decode().splitlines()[:count])
    return [Sent(base64.b64decode(one), base64.b64decode(two), code) for one, two, code in lines]


def file_at(rate: int, filings: list[Sent], measured: Measured, log: Path) -> float:
    """Send at a fixed rate; a late answer does not slow the next sending."""
    waiting: queue.Queue[tuple[int, float, Sent] | None] = queue.Queue()
    senders = [threading.Thread(target=send, args=(waiting, measured, log)) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    begun = time.perf_counter()
    for number, filing in enumerate(filings):
        due = begun + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        waiting.put((number, due, filing))
    for _ in senders:
        waiting.put(None)
    for sender in senders:
        sender.join()
    took = time.perf_counter() - begun
    for watcher in measured.watchers:
        watcher.join()
    return took


def send(
    waiting: "queue.Queue[tuple[int, float, Sent] | None]", measured: Measured, log: Path
) -> None:
    pool = urllib3.PoolManager(maxsize=1)
    while (job := waiting.get()) is not None:
        number, due, filing = job
        try:
            answer = pool.request("POST", f"{GATEWAY}/v1/bundles", body=filing.bundle)
            (state,) = parse_answer(answer.data[:ANSWER_BYTES]).open(filing.answer_key)
        except (urllib3.exceptions.HTTPError, ChannelError) as error:
            measured.refused.append(str(error))
            continue
        if state.became not in {Became.KEPT, Became.PROVED}:
            measured.refused.append(state.became.name)
            continue
        measured.acknowledged.append(time.perf_counter() - due)
        if number % WATCHED_EVERY == 0:
            begun = time.perf_counter()
            watcher = threading.Thread(target=watch, args=(filing.code, begun, measured, log))
            measured.watchers.append(watcher)
            watcher.start()


def watch(code: str, since: float, measured: Measured, log: Path) -> None:
    receipts = Receipts(LogFolder(log))
    while time.perf_counter() - since < PATIENCE:
        if receipts.proof_of_code(code):
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
