"""The database goes away and comes back while the sequencer runs: a real PostgreSQL, a real process."""

import time
from collections.abc import Callable
from pathlib import Path

from tests.commands.conftest import Server
from tests.postgres import Cluster

ONE_MORE_LEAF = (
    "from arasha.engines.translog import leaf; from arasha.journal.services import add_leaf;"
    "add_leaf(text=leaf('event', b'm' * 32).decode())"
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
        for words in (["secrets"], ["migrate", "--verbosity=0"], ["world", "demo"]):
            assert server.arasha(*words).returncode == 0
        sequencer = server.start("sequencer")
        try:
            until(lambda: (server.var / "log" / "checkpoint").exists())
            before = size(server)
            cluster._run("pg_ctl", "stop", "-m", "immediate", "-D", cluster.data)
            time.sleep(3)
            assert sequencer.poll() is None
            start_again(cluster)
            assert server.arasha("shell", "-c", ONE_MORE_LEAF).returncode == 0
            until(lambda: size(server) > before)
        finally:
            sequencer.terminate()
            output, _ = sequencer.communicate(timeout=20)
        assert "did not reach the database" in output
        assert sequencer.returncode == 0
    finally:
        cluster.stop()


def start_again(cluster: Cluster) -> None:
    options = f"-k {cluster.folder} -c listen_addresses=''"
    cluster._run(
        "pg_ctl", "start", "-w", "-D", cluster.data, "-l", str(cluster.folder / "log"), "-o", options
    )  # fmt: skip


def size(server: Server) -> int:
    return int((server.var / "log" / "checkpoint").read_text().splitlines()[1])


def until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)
