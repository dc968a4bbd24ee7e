"""The database goes away and comes back while the sequencer runs: a real PostgreSQL, a real process."""

import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.commands.conftest import PATIENCE, Server
from tests.migrated import begin_on
from tests.postgres import Cluster

LEAF = (
    "from arasha.engines.translog import leaf; from arasha.journal.services import add_leaf;"
    "add_leaf(text=leaf('event', {0!r} * 32).decode())"
)


def test_the_sequencer_outlives_its_database(tmp_path: Path) -> None:
    cluster = Cluster.start()
    server = Server(
        tmp_path / "var",
        {
            "ARASHA_DATABASE": cluster.address("arasha"),
            "ARASHA_DEMO": "True",
            "ARASHA_EPOCH_SECONDS": "1",
        },
    )
    try:
        begin_on(cluster)
        for words in (
            ["secrets"],
            ["migrate", "--verbosity=0"],
            ["shell", "-c", LEAF.format(b"m")],
        ):
            assert server.arasha(*words).returncode == 0
        sequencer = server.start("sequencer")
        try:
            until(lambda: (server.var / "log" / "checkpoint").exists())
            before = size(server)
            cluster._run("pg_ctl", "stop", "-m", "immediate", "-D", cluster.data)
            wait_for("did not reach the database", sequencer)
            assert sequencer.poll() is None
            start_again(cluster)
            assert server.arasha("shell", "-c", LEAF.format(b"n")).returncode == 0
            until(lambda: size(server) > before)
        finally:
            sequencer.terminate()
            sequencer.communicate(timeout=PATIENCE)
        assert sequencer.returncode == 0
    finally:
        cluster.stop()


def wait_for(words: str, process: "subprocess.Popen[str]") -> None:
    """Listen to a process until it says the words; it is not waited for without end."""
    assert process.stdout is not None
    enough = threading.Timer(PATIENCE, process.kill)
    enough.start()
    try:
        assert any(words in line for line in process.stdout)
    finally:
        enough.cancel()


def start_again(cluster: Cluster) -> None:
    options = f"-k {cluster.folder} -c listen_addresses=''"
    cluster._run(
        "pg_ctl", "start", "-w", "-D", cluster.data, "-l", str(cluster.folder / "log"), "-o", options
    )  # fmt: skip


def size(server: Server) -> int:
    return int((server.var / "log" / "checkpoint").read_text().splitlines()[1])


def until(is_so: Callable[[], bool], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)
