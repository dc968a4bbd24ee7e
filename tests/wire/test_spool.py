"""Store and forward: a full disk, a kill, the same filing twice."""

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from arasha.wire.spool import Item, Spool, SpoolFullError, State

LEAF = bytes(range(32))
DAY = dt.date(2026, 3, 2)


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool")


def run(script: str, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, check=False, timeout=60
    )


FILL = """
import resource, sys
from pathlib import Path
from arasha.wire.spool import Item, Spool, SpoolFullError
spool = Spool(Path(sys.argv[1]))
spool.keep(Item(bytes(32), b"first", "p"))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    spool.keep(Item(bytes([1] * 32), b"x" * 400_000, "p"))
except SpoolFullError as error:
    print(error)
    sys.exit(7)
"""


def test_a_full_disk_is_told_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    filled = run(FILL, tmp_path)

    assert filled.returncode == 7, filled.stderr
    assert b"cannot be written" in filled.stdout
    spool = Spool(tmp_path)
    assert [item.body for item in spool.in_state(State.KEPT)] == [b"first"]
    assert spool.keep(Item(bytes([1] * 32), b"again", "p")).body == b"again"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "spool.sqlite3").mkdir()

    with pytest.raises(SpoolFullError, match=r"spool\.sqlite3"):
        Spool(tmp_path)


KEEP_AND_TELL = """
import itertools, sys
from pathlib import Path
from arasha.wire.spool import Item, Spool
spool = Spool(Path(sys.argv[1]))
for number in itertools.count():
    leaf = number.to_bytes(32)
    spool.keep(Item(leaf, b"sealed" * 1000, "promise"))
    print(number, flush=True)
"""


@pytest.mark.parametrize("told", [1, 5, 40])
def test_what_was_kept_is_there_after_a_kill(tmp_path: Path, told: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KEEP_AND_TELL, str(tmp_path)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        last = [int(process.stdout.readline()) for _ in range(told)][-1]
        os.kill(process.pid, signal.SIGKILL)

    kept = {int.from_bytes(item.leaf_hash) for item in Spool(tmp_path).in_state(State.KEPT)}
    assert set(range(last + 1)) <= kept
    assert all(item.body == b"sealed" * 1000 for item in Spool(tmp_path).in_state(State.KEPT))


def test_the_same_filing_twice_is_one_and_the_first_promise_stands(spool: Spool) -> None:
    spool.keep(Item(LEAF, b"sealed", "first promise"))

    again = spool.keep(Item(LEAF, b"sealed", "second promise"))

    assert again.promise == "first promise"
    assert len(spool.in_state(State.KEPT)) == 1


def test_a_late_acknowledgement_does_not_step_back_from_proved(spool: Spool) -> None:
    spool.keep(Item(LEAF, b"sealed", "p"))
    spool.prove(LEAF, "proof", day=DAY)

    spool.acknowledge(LEAF, "late")

    assert spool.get(LEAF) == Item(LEAF, b"sealed", "p", State.PROVED, None, "proof")


def test_it_goes_from_kept_to_acknowledged_to_proved(spool: Spool) -> None:
    spool.keep(Item(LEAF, b"sealed", "p"))
    spool.acknowledge(LEAF, "ack")
    assert spool.in_state(State.ACKNOWLEDGED) == [
        Item(LEAF, b"sealed", "p", State.ACKNOWLEDGED, "ack", None)
    ]

    spool.prove(LEAF, "proof", day=DAY)
    assert spool.in_state(State.PROVED)[0].ack is None


def test_only_what_was_proved_long_ago_is_forgotten(spool: Spool, tmp_path: Path) -> None:
    for number in range(3):
        spool.keep(Item(bytes([number] * 32), b"marker-%d" % number * 50, "p"))
    spool.prove(bytes([0] * 32), "proof", day=DAY)
    spool.prove(bytes([1] * 32), "proof", day=DAY + dt.timedelta(days=1))

    assert spool.forget(proved_before=DAY + dt.timedelta(days=1)) == 1

    assert spool.get(bytes([0] * 32)) is None
    assert spool.get(bytes([1] * 32)) is not None
    assert spool.get(bytes([2] * 32)) is not None
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"marker-0" not in files


def test_it_writes_no_minute(spool: Spool, tmp_path: Path) -> None:
    spool.keep(Item(LEAF, b"sealed", "p"))
    spool.acknowledge(LEAF, "received 2026-03-02T10:11:12Z")
    spool.prove(LEAF, "proof", day=DAY)

    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"10:11" not in files


def test_facts_are_remembered(spool: Spool) -> None:
    assert spool.noted("sets") is None
    spool.note("sets", "old")
    spool.note("sets", "new")
    assert spool.noted("sets") == "new"
