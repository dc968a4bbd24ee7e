"""`arasha relay` as a process: killed at every step, what was acknowledged is present once."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from arasha.programs.relay.disk import FILE
from arasha.programs.relay.house import open_relay
from arasha.wire.client import Client, UnreachableError
from tests.programs.relay.prison import ROOT, Gateway, Terminal

RUNNER = Path(__file__).with_name("crashing.py")
STEPS = [
    *((step, when) for step in ("keep", "deliver", "_put") for when in ("before", "after")),
    ("_exchange", "after"),
    ("next_waiting", "after"),
    ("ask", "before"),
    ("ask", "after"),
    ("take", "after"),
]


@pytest.fixture
def words(tmp_path: Path, address: str) -> list[str]:
    root = tmp_path / "1.root.json"
    root.write_bytes(ROOT)
    folder = str(tmp_path / "relay")
    return ["serve", folder, "--gateway", address, "--root", str(root), "--port", "0"]


@contextmanager
def running(command: Sequence[str]) -> Iterator[tuple["subprocess.Popen[str]", Client]]:
    """The process and a line to it."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        said = re.match(r"relay: http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        yield process, Client(f"http://127.0.0.1:{said[1] if said else 9}", timeout=5)
        process.terminate()


def eventually(condition: Callable[[], object], within: float = 20) -> None:
    until = time.monotonic() + within
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def send(terminal: Terminal, client: Client, bundles: list[bytes]) -> list[bytes]:
    """Send each; returns those that were not acknowledged, which the terminal keeps."""
    kept = []
    for bundle in bundles:
        try:
            answer = terminal.send(client, bundle)
        except UnreachableError:
            kept.append(bundle)
        else:
            assert answer.status == 200
    return kept


@pytest.mark.parametrize(("step", "when"), STEPS)
def test_killed_at_any_step_what_was_acknowledged_is_present_once(
    words: list[str], terminal: Terminal, gateway: Gateway, step: str, when: str
) -> None:
    bundles = [terminal.bundle() for _ in range(3)]
    with running([str(RUNNER), step, when, *words]) as (process, client):
        kept = send(terminal, client, bundles)
        assert process.wait(20) == -signal.SIGKILL
    with running(["-m", "arasha", "relay", *words]) as (_, client):
        assert send(terminal, client, kept) == []
        eventually(lambda: len(gateway.had) == 3)
        relay = open_relay(Path(words[1]), demo=False)
        eventually(lambda: relay.rack.counts() == (0, 0))

    assert relay.receipts.of(relay.receipts.days()[0]).count == 3
    assert relay.pages.get(0) == gateway.page(0)


def test_a_line_that_dies_of_a_fault_ends_the_process_and_says_why(
    words: list[str],
) -> None:
    done = subprocess.run(
        [sys.executable, str(RUNNER), "next_waiting", "fails", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
    )

    assert done.returncode == 1
    assert "ArithmeticError: nobody foresaw this" in done.stderr


def test_told_to_stop_it_ends_and_says_nothing_but_counts(
    words: list[str], terminal: Terminal, gateway: Gateway
) -> None:
    gateway.mood = "out of order"
    command = [sys.executable, "-m", "arasha", "relay", *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        port = process.stdout.readline().rpartition(":")[2].strip("/\n")
        assert terminal.send(Client(f"http://127.0.0.1:{port}"), terminal.bundle()).status == 200
        time.sleep(1.5)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=10)

    assert process.returncode == 0
    assert re.fullmatch(r"(relay: NoAnswerError; \d bundles wait\n)+", said)


def test_a_gateway_that_is_still_starting_is_waited_for_calmly_and_said_once(
    words: list[str],
) -> None:
    nowhere = ["http://127.0.0.1:9" if word.startswith("http") else word for word in words]
    command = [sys.executable, "-m", "arasha", "relay", *nowhere]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(2.5)  # two tries at least
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=10)

    assert said == "relay: the gateway does not answer yet; it is asked until it does\n"


def test_a_port_that_is_taken_is_said(words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    with running(["-m", "arasha", "relay", *words]) as (_, client):
        again = [*words[:-1], client.base.rpartition(":")[2], "--lang", "en"]
        done = subprocess.run(
            [sys.executable, "-m", "arasha", "relay", *again],
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert "is not free" in done.stderr


def test_a_file_that_is_spoilt_is_said_with_what_to_do(words: list[str]) -> None:
    folder = Path(words[1])
    folder.mkdir()
    (folder / FILE).write_bytes(b"\x05" * 8192)
    done = subprocess.run(
        [sys.executable, "-m", "arasha", "relay", *words, "--lang", "en"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "move the folder away" in done.stderr
