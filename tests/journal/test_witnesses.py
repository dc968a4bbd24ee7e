"""Witnesses are asked once an epoch, believed only by their key, and waited for by nobody."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.db import transaction

from arasha.engines.notes import COSIGNATURE, NOTE, SignerKey, filing_code
from arasha.engines.translog import parse_policy, parse_proof, verify_proof
from arasha.journal import outside
from arasha.journal.errors import LogAheadError, LogContradictsError
from arasha.journal.folder import LogFolder
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.log import Log
from arasha.journal.models import Cosignature, Epoch, Witness
from arasha.journal.proofs import Receipts
from arasha.journal.publishing import add_cosignatures
from arasha.journal.sequencer import advance
from arasha.journal.witnesses import (
    CONTRADICTS,
    DISPUTED,
    FALSE,
    REFUSED,
    UNREACHABLE,
    ask_witnesses,
    refuse_troubled,
    silent_witnesses,
)
from tests.journal.conftest import pend, utc_day
from tests.journal.witnessing import NOON, Neighbour, neighbours, witnessed_by

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def witnesses(log: Log, tmp_path: Path) -> Iterator[list[Neighbour]]:
    with neighbours(tmp_path, log, "court", "university", "ngo") as made:
        yield made


@pytest.fixture
def seen(log: Log, witnesses: list[Neighbour]) -> Log:
    """A log whose policy asks for two of three witnesses."""
    return witnessed_by(log, witnesses, "2")


def cosigners(log: Log) -> set[str]:
    note = log.folder.checkpoint()
    assert note is not None
    return {each.name for each in note.signatures} - {log.signer.name}


def test_every_witness_cosigns_the_published_checkpoint(seen: Log) -> None:
    (mine,) = pend(range(1))
    advance(seen, at=NOON, padded=True)
    ask_witnesses(seen, at=NOON)

    proof = Receipts(seen.folder).proof_of_code(filing_code(mine))
    policy = parse_policy((seen.folder.path / "policy").read_bytes())
    proved = verify_proof(parse_proof(str(proof).encode()), policy, code=filing_code(mine))
    assert len(proved.cosignatures) == 3


def test_a_witness_follows_the_log_from_epoch_to_epoch(
    seen: Log, witnesses: list[Neighbour]
) -> None:
    for first in (0, 300, 600):
        pend(range(first, first + 300))
        advance(seen, at=NOON, padded=False)
        ask_witnesses(seen, at=NOON)

    assert [each.seen_of(seen) for each in witnesses] == [900, 900, 900]
    assert Cosignature.objects.count() == 9


def test_asking_again_asks_nobody(seen: Log) -> None:
    pend(range(3))
    advance(seen, at=NOON, padded=False)
    ask_witnesses(seen, at=NOON)

    assert ask_witnesses(seen, at=NOON + HOUR) == []


def test_a_missing_witness_holds_nothing_back(seen: Log, witnesses: list[Neighbour]) -> None:
    witnesses[0].go()
    pend(range(3))
    advance(seen, at=NOON, padded=False)
    outcomes = {each.name: each.trouble for each in ask_witnesses(seen, at=NOON)}

    assert outcomes == {"court": UNREACHABLE, "university": "", "ngo": ""}
    assert cosigners(seen) == {"university.example", "ngo.example"}


def test_a_witness_that_was_gone_for_a_week_catches_up(
    seen: Log, witnesses: list[Neighbour]
) -> None:
    gone = witnesses[0]
    pend(range(3))
    advance(seen, at=NOON, padded=False)
    ask_witnesses(seen, at=NOON)
    gone.go()
    for day in range(1, 8):
        pend(range(day * 300, day * 300 + 300))
        advance(seen, at=NOON + day * 24 * HOUR, padded=True)
        ask_witnesses(seen, at=NOON + day * 24 * HOUR)
    assert gone.seen_of(seen) == 3

    gone.come()
    ask_witnesses(seen, at=NOON + 8 * 24 * HOUR)

    assert gone.seen_of(seen) == seen.folder.size()
    assert "court.example" in cosigners(seen)


def test_a_witness_that_lost_count_is_asked_from_the_size_that_it_names(seen: Log) -> None:
    pend(range(300))
    advance(seen, at=NOON, padded=False)
    ask_witnesses(seen, at=NOON)
    Witness.objects.update(size=0)
    pend(range(300, 310))
    advance(seen, at=NOON, padded=False)

    assert {each.trouble for each in ask_witnesses(seen, at=NOON)} == {""}


def test_a_witness_that_does_not_know_the_log_is_named(log: Log, tmp_path: Path) -> None:
    stranger = SignerKey("other.example/log", NOTE, b"x" * 32).verifier
    other = Neighbour(tmp_path / "other", "other", [stranger])
    pend(range(3))
    told = witnessed_by(log, [other], "any")
    advance(told, at=NOON, padded=False)

    (outcome,) = ask_witnesses(told, at=NOON)
    other.go()
    assert outcome.trouble == REFUSED


def test_silence_is_told_after_the_hours_of_the_setting(
    seen: Log, witnesses: list[Neighbour]
) -> None:
    pend(range(3))
    advance(seen, at=NOON, padded=False)
    witnesses[0].go()
    ask_witnesses(seen, at=NOON)

    assert silent_witnesses(seen, at=NOON + HOUR, after=2 * HOUR) == []
    (silent,) = silent_witnesses(seen, at=NOON + 3 * HOUR, after=2 * HOUR)
    assert (silent.name, silent.trouble) == ("court", UNREACHABLE)


def test_a_cosignature_that_was_stored_and_not_published_is_published_later(seen: Log) -> None:
    pend(range(3))
    advance(seen, at=NOON, padded=False)
    bare = (seen.folder.path / "checkpoint").read_bytes()
    ask_witnesses(seen, at=NOON)
    (seen.folder.path / "checkpoint").write_bytes(bare)

    ask_witnesses(seen, at=NOON)

    assert len(cosigners(seen)) == 3


def test_a_late_cosignature_is_not_put_under_the_next_checkpoint(seen: Log) -> None:
    pend(range(3))
    advance(seen, at=NOON, padded=False)
    ask_witnesses(seen, at=NOON)
    pend(range(3, 5))
    advance(seen, at=NOON, padded=False)

    add_cosignatures(seen, Epoch.objects.get(number=1))

    assert cosigners(seen) == set()


def test_until_the_newest_is_cosigned_a_receipt_shows_the_last_well_witnessed_one(
    seen: Log,
) -> None:
    (mine,) = pend(range(1))
    advance(seen, at=NOON, padded=False)
    ask_witnesses(seen, at=NOON)
    (late,) = pend(range(1, 2))
    advance(seen, at=NOON, padded=False)

    receipts = Receipts(seen.folder)
    counts = [
        len(
            parse_proof(
                str(receipts.proof_of_code(filing_code(each))).encode()
            ).checkpoint.signatures
        )
        for each in (mine, late)
    ]
    assert counts == [4, 1]


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """A server that says the same to everybody."""

    class Stubborn(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.do_GET()

        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Stubborn)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


LIAR = SignerKey("liar.example", COSIGNATURE, b"l" * 32)


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (200, b"yes", FALSE),
        (200, "— liar.example AAAAAAAAAAAAAAAA\n".encode(), FALSE),
        (200, b"", FALSE),
        (200, b"x" * 5_000_000, UNREACHABLE),
        (403, b"", REFUSED),
        (404, b"", REFUSED),
        (500, b"", REFUSED),
        (409, b"many\n", FALSE),
        (409, b"2\n", REFUSED),
        (409, b"999999999\n", DISPUTED),
        (422, b"", DISPUTED),
    ],
)
def test_whatever_a_witness_answers_the_log_goes_on(
    log: Log, status: int, body: bytes, trouble: str
) -> None:
    with answering(status, body) as url:
        told = replace(log, witnesses=f"witness liar {LIAR.verifier} {url}\nquorum liar\n")
        pend(range(3))
        advance(told, at=NOON, padded=False)
        (outcome,) = ask_witnesses(told, at=NOON)

    assert outcome.trouble == trouble
    assert cosigners(told) == set()
    refuse_troubled(told)
    pend(range(3, 5))
    assert advance(told, at=NOON, padded=False) is not None


def another_history(tmp_path: Path, log: Log) -> Log:
    """The same key signs other leaves, as a restored machine would."""
    other = Log(
        LogFolder(tmp_path / "other-log"), LastCheckpoint(tmp_path / "o" / "r"), log.signer, utc_day
    )
    return replace(other, witnesses=log.witnesses)


def test_a_witness_that_saw_another_history_stops_the_sequencer(
    seen: Log, witnesses: list[Neighbour], tmp_path: Path
) -> None:
    twin = another_history(tmp_path, seen)
    with forgotten():
        pend(range(100, 105))
        advance(twin, at=NOON, padded=False)
        ask_witnesses(twin, at=NOON)
    pend(range(7))
    advance(seen, at=NOON, padded=False)

    assert {each.trouble for each in ask_witnesses(seen, at=NOON)} == {CONTRADICTS}
    with pytest.raises(LogContradictsError, match="5 leaves"):
        refuse_troubled(seen)
    with pytest.raises(LogContradictsError):
        outside.refuse_unless_newest(seen)


def test_a_witness_that_saw_more_leaves_stops_the_sequencer(seen: Log, tmp_path: Path) -> None:
    twin = another_history(tmp_path, seen)
    with forgotten():
        pend(range(500))
        advance(twin, at=NOON, padded=False)
        ask_witnesses(twin, at=NOON)

    with pytest.raises(LogAheadError, match=r"knows 500 leaves.*arasha log recover"):
        outside.refuse_unless_newest(seen)


@contextmanager
def forgotten() -> Iterator[None]:
    """What the database learned meanwhile is gone, as after a restore."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
