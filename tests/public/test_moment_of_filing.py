"""From any proof the filing moment is known to no better than its epoch."""

import datetime as dt
from itertools import permutations
from pathlib import Path

import pytest
from django.test import Client

from arasha.engines.notes import b64, filing_code
from arasha.engines.translog import leaf, parse_proof, root_of
from arasha.journal import sequencer, services
from arasha.journal.folder import LogFolder
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.log import Log
from tests.public.conftest import NOON, SIGNER

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def log(door: Client, db, settings, tmp_path: Path) -> Log:
    return Log(
        LogFolder(settings.ARASHA_LOG_DIR),
        LastCheckpoint(tmp_path / "last.sqlite3"),
        SIGNER,
        lambda moment: moment.date(),
    )


def add(number: int) -> bytes:
    return bytes(services.add_leaf(text=leaf("event", number.to_bytes(32)).decode()).hash)


def known_of(door: Client, leaf_hash: bytes) -> tuple[str, tuple[str, ...], str]:
    """All that a proof, its page and its code file say about time: the state, who signed it when, the day."""
    code = filing_code(leaf_hash)
    proof = parse_proof(door.get(f"/en/code/{code}.tlog-proof").content)
    lines = door.get(f"/log/code/{code[:4]}").content.decode().splitlines()
    (line,) = (line for line in lines if line.startswith(leaf_hash.hex()))
    return proof.checkpoint.text, tuple(map(str, proof.checkpoint.signatures)), line.split()[2]


def index_of(door: Client, leaf_hash: bytes) -> int:
    return parse_proof(door.get(f"/en/code/{filing_code(leaf_hash)}.tlog-proof").content).index


def test_proofs_of_one_epoch_say_the_same_about_time(door: Client, log: Log) -> None:
    leaves = [add(number) for number in range(20)]
    sequencer.advance(log, at=NOON, padded=True)

    assert len({known_of(door, each) for each in leaves}) == 1


def test_places_in_an_epoch_do_not_follow_the_order_of_filing(door: Client, log: Log) -> None:
    leaves = [add(number) for number in range(20)]
    sequencer.advance(log, at=NOON, padded=True)

    assert sorted(leaves, key=lambda each: index_of(door, each)) == sorted(leaves)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_another_order_of_filing_gives_the_same_log(
    door: Client, log: Log, order: tuple[int, ...]
) -> None:
    leaves = [add(number) for number in order]
    sequencer.advance(log, at=NOON, padded=False)

    checkpoint = door.get("/log/checkpoint").content.decode()

    assert checkpoint.split("\n")[2] == b64.encode(root_of(sorted(leaves)))


def test_a_proof_that_is_fetched_later_says_no_more(door: Client, log: Log) -> None:
    first = [add(number) for number in range(5)]
    sequencer.advance(log, at=NOON, padded=True)
    second = [add(number) for number in range(5, 9)]
    sequencer.advance(log, at=NOON + HOUR, padded=True)

    # Which of the two epochs it was, the place tells; nothing tells more.
    assert len({known_of(door, each)[:2] for each in first + second}) == 1
    assert max(index_of(door, each) for each in first) < 256
    assert min(index_of(door, each) for each in second) >= 256


def test_a_padded_epoch_has_the_same_size_whether_one_filed_or_many(door: Client, log: Log) -> None:
    add(1)
    sequencer.advance(log, at=NOON, padded=True)
    one = door.get("/log/checkpoint").content.decode().split("\n")[1]
    for number in range(2, 200):
        add(number)
    sequencer.advance(log, at=NOON + HOUR, padded=True)
    many = door.get("/log/checkpoint").content.decode().split("\n")[1]

    assert (int(one), int(many) - int(one)) == (256, 256)
