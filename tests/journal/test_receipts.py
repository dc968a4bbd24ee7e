import datetime as dt

import pytest

from arasha.engines.notes import filing_code
from arasha.engines.translog import NotProvedError, parse_policy, parse_proof, verify_proof
from arasha.journal.log import Log
from arasha.journal.proofs import Receipts
from arasha.journal.sequencer import advance
from arasha.wire.published import CodeLine
from tests.journal.conftest import pend
from tests.journal.reading import SIGNER

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 26, 12, tzinfo=dt.UTC)
POLICY = parse_policy(f"log {SIGNER.verifier}\nquorum none\n".encode())


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 700])
def test_every_leaf_has_a_proof_that_a_verifier_accepts(
    log: Log, receipts: Receipts, size: int
) -> None:
    hashes = pend(range(size))
    advance(log, at=NOON, padded=False)

    for each in hashes:
        proof = receipts.proof_of_code(filing_code(each))
        assert proof is not None
        proved = verify_proof(parse_proof(proof.encode()), POLICY, code=filing_code(each))
        assert proved.leaf_hash == each


def test_a_proof_for_one_code_is_refused_for_another(log: Log, receipts: Receipts) -> None:
    mine, other = pend(range(2))
    advance(log, at=NOON, padded=False)
    proof = parse_proof(str(receipts.proof_of_code(filing_code(other))).encode())

    with pytest.raises(NotProvedError, match="another filing code"):
        verify_proof(proof, POLICY, code=filing_code(mine))


def test_a_code_gives_the_day_of_its_epoch(log: Log, receipts: Receipts) -> None:
    (mine,) = pend(range(1))
    advance(log, at=NOON, padded=False)

    assert receipts.find(filing_code(mine)) == CodeLine(mine, 0, dt.date(2026, 6, 26))


def test_a_pending_leaf_has_neither_day_nor_proof(log: Log, receipts: Receipts) -> None:
    pend(range(1))
    advance(log, at=NOON, padded=False)
    (waiting,) = pend(range(1, 2))

    assert receipts.find(filing_code(waiting)) is None
    assert receipts.proof_of_code(filing_code(waiting)) is None


def test_a_line_of_an_epoch_that_is_being_written_is_not_told(log: Log, receipts: Receipts) -> None:
    pend(range(1))
    advance(log, at=NOON, padded=False)
    early = CodeLine(b"e" * 32, 1, NOON.date())
    log.folder.add_codes([early])
    log.folder.settle()

    assert receipts.find(filing_code(early.leaf_hash)) is None


def test_before_the_first_epoch_there_is_nothing(receipts: Receipts) -> None:
    assert receipts.proof_of_code(filing_code(b"l" * 32)) is None
