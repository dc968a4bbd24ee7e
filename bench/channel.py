"""What all terminals of a country, with a bundle a minute each, take of a gateway.

    python -m bench.channel [TERMINALS [MINUTES]]

A real gateway (granian, two processes) and a real sequencer in processes of their own; the bundles come evenly
over the minute, whether or not the gateway keeps up, each with a page of the stream in its answer. First on
SQLite with synchronous=FULL, then on a PostgreSQL server that syncs each commit, each process in its own role.
"""

import base64
import os
import queue
import subprocess
import sys
import threading
import time

import urllib3

from arasha.commands.serve import granian, workers_of
from arasha.engines.channel.down import ANSWER_BYTES
from arasha.engines.channel.pages import PAGE_BYTES
from bench import databases
from bench.databases import Database, arasha
from bench.filing import GATEWAY, PORT, TOLD, say, spread, started, wait_for, worked

TERMINALS, MINUTES = 365, 1
SENDERS = 8
NAMES = ("gateway", "sequencer", "server of the database")


def main() -> int:
    terminals = int(sys.argv[1]) if len(sys.argv) > 1 else TERMINALS
    minutes = int(sys.argv[2]) if len(sys.argv) > 2 else MINUTES
    with databases.sqlite(TOLD) as database:
        measure(database, terminals=terminals, minutes=minutes)
    if not databases.has_postgresql():
        say("PostgreSQL: no server programs here")
        return 0
    with databases.postgresql(TOLD) as database:
        measure(database, terminals=terminals, minutes=minutes)
    return 0


def measure(database: Database, *, terminals: int, minutes: int) -> None:
    bundles = made_beforehand(database.seen_by(databases.JOBS), terminals, minutes)
    arasha("tick", told=database.seen_by(databases.JOBS))  # the stream gets its first pages
    workers = workers_of("gateway", 1)
    parts = [
        started(
            database.seen_by(databases.GATEWAY), granian("gateway", port=PORT, workers=workers)
        ),
        started(database.seen_by(databases.JOBS), [sys.executable, "-m", "arasha", "sequencer"]),
    ]
    try:
        wait_for(GATEWAY + "/health")
        busy = [*(part.pid for part in parts), *([database.server] if database.server else [])]
        before = [worked(pid) for pid in busy]
        took, answered = send_evenly(bundles, per_second=terminals / 60)
        spent = [worked(pid) - was for pid, was in zip(busy, before, strict=True)]
    finally:
        for part in parts:
            part.terminate()
        for part in parts:
            part.wait(timeout=20)
    say(f"-- {database.name}")
    say(f"answered {len(answered)} of {len(bundles)} in {took:.0f} s; answer {spread(answered)}")
    shares = ", ".join(
        f"{name} {100 * seconds / took:.1f} % ({1000 * seconds / len(bundles):.1f} ms a bundle)"
        for name, seconds in zip(NAMES, spent, strict=False)
    )
    say(f"of a core: {shares}")
    say(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")


def made_beforehand(environment: dict[str, str], terminals: int, minutes: int) -> list[bytes]:
    made = subprocess.run(
        [sys.executable, "-m", "bench.terminals", str(terminals), str(minutes)],
        env=environment,
        check=True,
        capture_output=True,
    )
    return [base64.b64decode(line.split()[0]) for line in made.stdout.splitlines()]


def send_evenly(bundles: list[bytes], *, per_second: float) -> tuple[float, list[float]]:
    """Send at the rhythm of all terminals together; return how long it took and each answer's time."""
    waiting: queue.Queue[tuple[float, bytes] | None] = queue.Queue()
    answered: list[float] = []
    senders = [threading.Thread(target=send, args=(waiting, answered)) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    begun = time.perf_counter()
    for number, bundle in enumerate(bundles):
        due = begun + number / per_second
        time.sleep(max(0.0, due - time.perf_counter()))
        waiting.put((due, bundle))
    for _ in senders:
        waiting.put(None)
    for sender in senders:
        sender.join()
    return time.perf_counter() - begun, answered


def send(waiting: "queue.Queue[tuple[float, bytes] | None]", answered: list[float]) -> None:
    pool = urllib3.PoolManager(maxsize=1)
    while (job := waiting.get()) is not None:
        due, bundle = job
        answer = pool.request("POST", f"{GATEWAY}/v1/bundles?page=0", body=bundle)
        if answer.status == 200 and len(answer.data) == ANSWER_BYTES + PAGE_BYTES:
            answered.append(time.perf_counter() - due)


if __name__ == "__main__":
    sys.exit(main())
