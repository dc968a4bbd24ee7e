import re
import signal
import time
from pathlib import Path

import pytest

from arasha.commands.errors import AlreadyRunningError
from arasha.commands.locks import single_instance
from arasha.commands.loops import seconds_to_next
from arasha.engines.translog import Checkpoint
from arasha.journal.folder import LogFolder
from tests.commands.conftest import PATIENCE, Server, said

LOOPS = [("sequencer",), ("tick", "--every", "1"), ("worker",)]


def hears_signals(pid: int) -> bool:
    """Whether the process has begun to work: it catches SIGTERM by then."""
    status = Path(f"/proc/{pid}/status").read_text()
    caught = int(re.search(r"SigCgt:\s*(\w+)", status)[1], 16)  # type: ignore[index]
    return bool(caught >> (signal.SIGTERM - 1) & 1)


@pytest.mark.parametrize("words", LOOPS, ids=lambda words: words[0])
def test_a_loop_ends_cleanly_when_told(server: Server, words: tuple[str, ...]) -> None:
    process = server.start(*words)
    while not hears_signals(process.pid):
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.05)

    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0, output
    assert "Traceback" not in output


@pytest.mark.parametrize("words", LOOPS[:2], ids=lambda words: words[0])
def test_a_second_one_is_refused_while_the_first_runs(
    server: Server, words: tuple[str, ...]
) -> None:
    with single_instance(words[0], server.var / "locks"):
        done = server.arasha(*words)

    assert done.returncode == 1
    assert f"Another {words[0]} is running" in said(done)


def test_a_lock_is_held_by_one_and_falls_with_its_holder(tmp_path: Path) -> None:
    with (
        single_instance("tick", tmp_path),
        pytest.raises(AlreadyRunningError),
        single_instance("tick", tmp_path),
    ):
        raise AssertionError
    with single_instance("tick", tmp_path):
        pass


def test_a_real_epoch_is_padded_and_comes_also_when_nothing_happened(server: Server) -> None:
    assert server.arasha("sequencer", "--once").returncode == 0

    assert size(server) == 256


def test_the_demo_publishes_only_what_there_is(server: Server) -> None:
    server.settings["ARASHA_DEMO"] = "True"

    assert server.arasha("sequencer", "--once").returncode == 0
    assert size(server) == 0


def size(server: Server) -> int:
    note = LogFolder(server.var / "log").checkpoint()
    return Checkpoint.parse(note.text).size if note else 0


@pytest.mark.parametrize(
    ("now", "every", "wait"), [(0.0, 60, 60), (59.5, 60, 0.5), (3601.0, 3600, 3599)]
)
def test_rounds_follow_the_clock_and_not_the_start(now: float, every: int, wait: float) -> None:
    assert seconds_to_next(now, every) == wait


def test_a_round_at_the_very_moment_waits_for_the_next() -> None:
    assert seconds_to_next(60.0, 60) == 60
