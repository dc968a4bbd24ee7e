"""Store and forward: a full disk, a kill, the same filing twice."""

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from arasha.engines.channel.up import Kind
from arasha.wire.spool import ROOM_TO_TIDY, Item, Spool, SpoolFullError, State

LEAF = bytes(range(32))
DAY = dt.date(2026, 3, 2)


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool")


def filing(number: int = 0, body: bytes = b"sealed", promise: str = "p") -> Item:
    return Item.of_filing(bytes([number] * 32), body + bytes([number]), promise)


def bodies(spool: Spool, state: State = State.KEPT) -> list[bytes]:
    names = [each.name for each in spool.listed() if each.state is state]
    return [item.body for name in names if (item := spool.get(name))]


def state_of(spool: Spool, item: Item) -> State:
    found = spool.find(item.name)
    assert found is not None
    return found.state


def run(script: str, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, check=False, timeout=60
    )


FILL = """
import resource, sys
from pathlib import Path
from arasha.wire.spool import Item, Spool, SpoolFullError
spool = Spool(Path(sys.argv[1]))
spool.keep(Item.of_filing(bytes(32), b"first", "p"))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    spool.keep(Item.of_filing(bytes([1] * 32), b"x" * 400_000, "p"))
except SpoolFullError as error:
    print(error, [each.size for each in spool.listed()])
    sys.exit(7)
"""


def test_a_full_disk_is_told_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    filled = run(FILL, tmp_path)

    assert filled.returncode == 7, filled.stderr
    assert b"cannot be written" in filled.stdout
    assert b"[5]" in filled.stdout
    spool = Spool(tmp_path)
    assert bodies(spool) == [b"first"]
    assert spool.keep(filing(1, b"again")).body == b"again\x01"


NOTE_ON_A_NEARLY_FULL_DISK = """
import datetime as dt, resource, sys
from pathlib import Path
from arasha.wire.spool import Item, Spool
spool = Spool(Path(sys.argv[1]))
item = spool.keep(Item.of_file(bytes(32), b"x" * 4_000_000, "file"))
spool._wipe_the_journal()
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
spool.acknowledge(item.name, day=dt.date(2026, 3, 2))
print(spool.find(item.name).state)
"""


def test_to_note_that_a_large_file_has_arrived_takes_little_room(tmp_path: Path) -> None:
    noted = run(NOTE_ON_A_NEARLY_FULL_DISK, tmp_path)

    assert noted.stdout == b"acknowledged\n", noted.stderr


def test_room_to_tidy_up_is_left_on_the_disk(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    item = spool.keep(filing())
    with monkeypatch.context() as disk:
        disk.setattr(Spool, "free_bytes", lambda _spool: ROOM_TO_TIDY)
        with pytest.raises(SpoolFullError, match="room to tidy up"):
            spool.keep(filing(1))
        spool.prove(item.name, "proof", day=DAY)
        assert spool.forget(proved_before=DAY + dt.timedelta(days=1)) == [item.name]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "spool.sqlite3").mkdir()

    with pytest.raises(SpoolFullError, match=r"spool\.sqlite3"):
        Spool(tmp_path)


def test_a_database_that_the_disk_spoilt_is_told(tmp_path: Path) -> None:
    (tmp_path / "spool.sqlite3").write_bytes(b"spoilt" * 1000)

    with pytest.raises(SpoolFullError, match="not a database"):
        Spool(tmp_path)


KEEP_AND_TELL = """
import itertools, sys
from pathlib import Path
from arasha.wire.spool import Item, Spool
spool = Spool(Path(sys.argv[1]))
for number in itertools.count():
    leaf = number.to_bytes(32)
    spool.keep(Item.of_filing(leaf, b"sealed" * 1000 + leaf, "promise"))
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

    kept = {int.from_bytes(each.leaf) for each in Spool(tmp_path).listed()}
    assert set(range(last + 1)) <= kept
    assert all(body.startswith(b"sealed" * 1000) for body in bodies(Spool(tmp_path)))


def test_a_filing_sealed_again_is_the_same_filing_and_the_first_promise_stands(
    spool: Spool,
) -> None:
    spool.keep(Item.of_filing(LEAF, b"mark one", "first promise"))

    again = spool.keep(Item.of_filing(LEAF, b"mark two", "second promise"))

    assert again.promise == "first promise"
    assert bodies(spool) == [b"mark one"]


def test_the_files_of_a_filing_are_found_by_its_leaf(spool: Spool) -> None:
    spool.keep(Item.of_filing(LEAF, b"sealed", "p"))
    for body in (b"voice", b"photo", b"voice"):
        spool.keep(Item.of_file(LEAF, body, body.decode()))
    spool.keep(Item.of_file(bytes(32), b"of another", ""))

    found = spool.listed_of(LEAF)

    assert {each.file for each in found if each.kind is Kind.ATTACHMENT} == {"voice", "photo"}
    assert len(found) == 3


def test_a_late_acknowledgement_does_not_step_back_from_proved(spool: Spool) -> None:
    item = spool.keep(filing())
    spool.prove(item.name, "proof", day=DAY)

    spool.acknowledge(item.name, day=DAY)

    kept = spool.get(item.name)
    assert kept is not None
    assert (kept.state, kept.proof) == (State.PROVED, "proof")


def test_what_the_other_side_lost_is_to_be_sent_again_and_keeps_its_proof(spool: Spool) -> None:
    item = spool.keep(filing())
    spool.prove(item.name, "proof", day=DAY)

    spool.reopen(item.name)
    spool.forget(proved_before=DAY + dt.timedelta(days=100))

    assert state_of(spool, item) is State.KEPT
    spool.prove(item.name, None, day=DAY)
    kept = spool.get(item.name)
    assert kept is not None
    assert kept.proof == "proof"


def test_only_what_was_proved_long_ago_is_forgotten(spool: Spool, tmp_path: Path) -> None:
    items = [spool.keep(filing(number, b"marker-%d" % number * 50)) for number in range(3)]
    spool.prove(items[0].name, "proof", day=DAY)
    spool.prove(items[1].name, "proof", day=DAY + dt.timedelta(days=1))

    assert spool.forget(proved_before=DAY + dt.timedelta(days=1)) == [items[0].name]

    assert [spool.get(item.name) is None for item in items] == [True, False, False]
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"marker-0" not in files


def test_a_file_is_kept_as_long_as_its_filing(spool: Spool) -> None:
    item, file = spool.keep(filing(1)), spool.keep(Item.of_file(bytes([1] * 32), b"voice", "f"))
    spool.acknowledge(item.name, day=DAY)
    spool.acknowledge(file.name, day=DAY)
    later = DAY + dt.timedelta(days=31)

    assert spool.forget(proved_before=later) == []
    spool.prove(item.name, "proof", day=DAY)
    assert spool.forget(proved_before=later) == [item.name, file.name]


def test_a_file_that_is_still_under_way_is_not_forgotten_with_its_filing(spool: Spool) -> None:
    item, file = spool.keep(filing(1)), spool.keep(Item.of_file(bytes([1] * 32), b"voice", "f"))
    spool.prove(item.name, "proof", day=DAY)

    spool.forget(proved_before=DAY + dt.timedelta(days=31))

    assert [each.name for each in spool.listed()] == [file.name]


def test_replies_are_found_by_their_tags_and_the_oldest_go(spool: Spool) -> None:
    tags = [bytes([number] * 16) for number in range(4)]
    for number, tag in enumerate(tags):
        spool.keep_replies([(tag, b"r%d" % number)], day=DAY + dt.timedelta(days=number))

    assert spool.replies([tags[1], bytes(16), b"?" * 16]) == {tags[0]: b"r0", tags[1]: b"r1"}
    spool.forget_replies(came_before=DAY + dt.timedelta(days=1), most=2)
    assert spool.replies(tags) == {tags[2]: b"r2", tags[3]: b"r3"}


def test_files_of_the_root_of_trust_are_dropped_up_to_where_they_stood(spool: Spool) -> None:
    spool.keep_trust_files({"2.root.json": b"root", "1.targets.json": b"old"}, position=10)
    spool.keep_trust_files({"1.targets.json": b"new"}, position=20)

    assert spool.trust_file_bytes() == 7
    spool.forget_trust_files(before=20)
    assert (spool.trust_file("2.root.json"), spool.trust_file("1.targets.json")) == (None, b"new")


def test_it_writes_no_minute(spool: Spool, tmp_path: Path) -> None:
    item = spool.keep(filing())
    spool.acknowledge(item.name, day=DAY)
    spool.prove(item.name, "proof", day=DAY)

    database = spool._database
    rows = [*database.execute("SELECT state, settled_day FROM object")]
    assert rows == [("proved", "2026-03-02")]
    assert not any("at" in name.split("_") for name in columns(spool))


def columns(spool: Spool) -> list[str]:
    tables = ("object", "sealed", "reply", "trust_file", "fact")
    return [
        row[1] for each in tables for row in spool._database.execute(f"PRAGMA table_info({each})")
    ]


def test_facts_are_remembered(spool: Spool) -> None:
    assert spool.noted("sets") is None
    spool.note("sets", "old")
    spool.note("sets", "new")
    assert spool.noted("sets") == "new"
