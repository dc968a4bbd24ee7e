"""Everything starts together, is watched together and ends together."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import UserDict
from collections.abc import Iterator, KeysView
from pathlib import Path

import pytest

from arasha.commands.supervisor import AskedToEndError, Part, say, supervised

CHECKOUT = Path(__file__).parents[2]


class Stage:
    def __init__(self, *parts: str, dies: str = "") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.commands.stage", *parts],
            cwd=CHECKOUT,
            env=os.environ | {"STAGE_DIES": dies},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_for(self, pattern: str) -> re.Match[str]:
        for line in self.process.stdout or ():
            if found := re.search(pattern, line):
                return found
        raise AssertionError(f"never said {pattern}")


@pytest.fixture
def stages() -> Iterator[list[Stage]]:
    opened: list[Stage] = []
    yield opened
    for stage in opened:
        stage.process.kill()
        stage.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asking_once_ends_everything_also_what_is_stubborn(
    number: signal.Signals, stages: list[Stage]
) -> None:
    stage = Stage("sleeper", "stubborn")
    stages.append(stage)
    grandchild = int(stage.wait_for(r"grandchild (\d+)")[1])

    stage.process.send_signal(number)

    assert stage.process.wait(timeout=40) == 0
    assert is_gone(grandchild)


def test_a_part_that_dies_is_named_with_its_last_words_and_ends_the_others(
    stages: list[Stage], tmp_path: Path
) -> None:
    sign = tmp_path / "dies"
    stage = Stage("stubborn", "dying", dies=str(sign))
    stages.append(stage)
    grandchild = int(stage.wait_for(r"grandchild (\d+)")[1])

    sign.touch()
    said = stage.process.communicate(timeout=40)[0]

    assert stage.process.returncode == 1
    assert "dying ended by itself (exit code 7)" in said
    assert "    the disk is full" in said
    assert is_gone(grandchild)


class AskedMeanwhile(UserDict[str, str]):
    """Surroundings of parts that ask this process to end while a part is being started."""

    starts = 0

    def keys(self) -> KeysView[str]:
        self.starts += 1
        os.kill(os.getpid(), signal.SIGTERM)
        return super().keys()


def test_asked_while_parts_are_started_it_starts_them_all_and_ends_them_all() -> None:
    parts = [Part(name, ["/bin/sleep", "60"]) for name in ("first", "second")]
    surroundings, before = AskedMeanwhile(), children()

    with pytest.raises(AskedToEndError), supervised(parts, surroundings, say):
        raise AssertionError("it was asked to end before")
    assert surroundings.starts == 2
    assert children() == before


def test_what_a_part_says_carries_its_name(stages: list[Stage]) -> None:
    stage = Stage("sleeper")
    stages.append(stage)

    assert stage.wait_for(r"(sleeper) \| here")[1] == "sleeper"


def children() -> set[str]:
    """The processes that this one has started and not buried yet."""
    me = os.getpid()
    return set(Path(f"/proc/{me}/task/{me}/children").read_text().split())


def is_gone(process: int) -> bool:
    """True when it has ended; a remainder that nobody has taken away yet counts as ended."""
    status = Path(f"/proc/{process}/stat")
    for _ in range(250):  # a busy machine takes its time to bury the dead
        if not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False
