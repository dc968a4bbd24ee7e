"""Yesterday's machine comes back whole, with its record of the last checkpoint. Real processes, both databases."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from arasha.engines.notes import SignerKey, VerifierKey
from tests.commands.conftest import PATIENCE, ROOT, Server, said
from tests.migrated import begin_in, begin_on
from tests.postgres import Cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """The demo's people and terminal; padded epochs, as in a real build."""
    with database(request.param, tmp_path) as settings:
        server = Server(tmp_path / "var", {"ARASHA_DEMO": "True", **settings})
        for words in (["secrets"], ["migrate", "--verbosity=0"], ["world", "demo"]):
            succeed(server, *words)
        yield server


@contextmanager
def database(vendor: str, tmp_path: Path) -> Iterator[dict[str, str]]:
    if vendor == "sqlite":
        begin_in(tmp_path)
        yield {"ARASHA_DATABASE": f"sqlite:///{tmp_path}/arasha.sqlite3"}
        return
    cluster = Cluster.start()
    try:
        begin_on(cluster)
        yield {"ARASHA_DATABASE": cluster.address("arasha")}
    finally:
        cluster.stop()


@contextmanager
def witness(folder: Path, log: VerifierKey) -> Iterator[str]:
    """`arasha witness` on a machine of its own; yields its line in a policy."""
    words = [sys.executable, "-m", "arasha", "witness"]
    made = subprocess.run(
        [*words, "init", str(folder), "--name", "court.example/w1", "--log", str(log)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    running = subprocess.Popen(
        [*words, "serve", str(folder), "--port", "0"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        assert running.stdout is not None
        address = running.stdout.readline().split()[1].rstrip("/")
        yield f"witness court {made.stdout.strip()} {address}\nquorum court\n"
    finally:
        running.terminate()
        running.communicate(timeout=PATIENCE)


def succeed(server: Server, *words: str) -> str:
    done = server.arasha(*words)
    assert done.returncode == 0, said(done)
    return said(done)


def sealed(server: Server, count: int) -> list[str]:
    return run(server, [sys.executable, "-m", "tests.commands.filings", str(count)]).splitlines()


def post(server: Server, filings: list[str]) -> list[str]:
    """What became of each, as the gateway tells the terminal."""
    return run(server, [sys.executable, "-m", "tests.commands.posting"], "\n".join(filings)).split()


def run(server: Server, words: list[str], given: str = "") -> str:
    done = subprocess.run(
        words, input=given, env=server.environment, capture_output=True, text=True, check=False,
        cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nothing_is_signed_and_every_acknowledged_appeal_is_back_once(
    world: Server, tmp_path: Path
) -> None:
    log = SignerKey.parse((world.var / "keys" / "log").read_text().strip()).verifier
    old, new = sealed(world, 2), sealed(world, 3)
    with witness(tmp_path / "court", log) as line:
        (tmp_path / "witnesses").write_text(line)
        world.settings["ARASHA_WITNESSES"] = str(tmp_path / "witnesses")
        assert post(world, old) == ["kept"] * 2
        publish(world)
        yesterday = saved(world, tmp_path)
        assert post(world, new) == ["kept"] * 3
        publish(world)
        copytree(world.var / "log", tmp_path / "mirror")

        bring_back(world, yesterday)
        refused = world.arasha("sequencer", "--once")
        assert refused.returncode == 1
        assert "court knows" in said(refused)
        assert "arasha log recover" in said(refused)
        assert (world.var / "log" / "checkpoint").read_bytes() == (
            yesterday / "var" / "log" / "checkpoint"
        ).read_bytes()

        with mirror(tmp_path / "mirror") as address:
            told = succeed(world, "log", "recover", "--from", address)
        assert "came back without their records" in told
        assert post(world, [*new, *old, *new]) == ["proved"] * 8
        publish(world)
        assert "no:" not in succeed(world, "verify")
        assert codes(world, [*old, *new]) == [1] * 5


def test_with_nothing_to_bring_back_it_says_so_and_ends_well(server: Server) -> None:
    succeed(server, "sequencer", "--once")
    before = (server.var / "log" / "checkpoint").read_bytes()

    told = succeed(server, "log", "recover")

    assert "There is nothing to bring back" in told
    assert (server.var / "log" / "checkpoint").read_bytes() == before


def publish(server: Server) -> None:
    succeed(server, "sequencer", "--once")
    assert "court: cosigned" in succeed(server, "attest", "--once")


def saved(server: Server, tmp_path: Path) -> Path:
    """A backup of the database, and a copy of everything else on the machine, its record included."""
    yesterday = tmp_path / "yesterday"
    yesterday.mkdir()
    succeed(server, "backup", str(yesterday / "backup.zip"))
    copytree(server.var, yesterday / "var")
    return yesterday


def bring_back(server: Server, yesterday: Path) -> None:
    rmtree(server.var)
    copytree(yesterday / "var", server.var)
    succeed(server, "restore", "--over", str(yesterday / "backup.zip"))
    succeed(server, "migrate", "--verbosity=0")


@contextmanager
def mirror(folder: Path) -> Iterator[str]:
    running = subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert running.stdout is not None
        port = running.stdout.readline().split()[5]
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.communicate(timeout=PATIENCE)


def codes(server: Server, filings: list[str]) -> list[int]:
    """How many appeals there are of each filing code."""
    wanted = [line.split(" ")[1].strip() for line in filings]
    script = (
        "import sys, django; django.setup();"
        "from arasha.appeals.models import Appeal;"
        "[print(Appeal.objects.filter(code=code).count()) for code in sys.argv[1:]]"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "arasha.config.settings.jobs"}
    asked = Server(server.var, server.settings | settings)
    return [int(each) for each in run(asked, [sys.executable, "-c", script, *wanted]).split()]
