"""The log changes its key: for a while both sign, and whoever knows either of them believes."""

from dataclasses import replace
from pathlib import Path

import pytest

from arasha.engines.notes import NOTE, SignerKey, filing_code
from arasha.engines.translog import NotProvedError, parse_policy, parse_proof, verify_proof
from arasha.journal.checks import faults_of_log
from arasha.journal.log import Log
from arasha.journal.proofs import Receipts
from arasha.journal.sequencer import advance
from arasha.journal.witnesses import REFUSED, ask_witnesses
from tests.journal.conftest import pend
from tests.journal.witnessing import NOON, neighbours, witnessed_by

pytestmark = pytest.mark.django_db

NEXT = SignerKey("test.example/log", NOTE, b"n" * 32)


def proof_of(log: Log, code: str) -> bytes:
    return str(Receipts(log.folder).proof_of_code(code)).encode()


def believing(key: SignerKey) -> bytes:
    return f"log {key.verifier}\nquorum none\n".encode()


def test_while_both_sign_either_key_proves_a_receipt(log: Log) -> None:
    (mine,) = pend(range(1))
    both = replace(log, next_signer=NEXT)
    advance(both, at=NOON, padded=False)

    for key in (log.signer, NEXT):
        proof = parse_proof(proof_of(both, filing_code(mine)))
        assert verify_proof(proof, parse_policy(believing(key))).log == key.verifier


def test_the_policy_that_is_published_names_both_keys(log: Log) -> None:
    both = replace(log, next_signer=NEXT)
    pend(range(1))
    advance(both, at=NOON, padded=False)

    policy = parse_policy((log.folder.path / "policy").read_bytes())
    assert policy.logs == [log.signer.verifier, NEXT.verifier]


def test_after_the_old_key_is_retired_only_the_new_one_counts(log: Log) -> None:
    (mine,) = pend(range(1))
    advance(replace(log, next_signer=NEXT), at=NOON, padded=False)
    retired = replace(log, signer=NEXT)
    pend(range(1, 2))
    advance(retired, at=NOON, padded=False)

    proof = parse_proof(proof_of(retired, filing_code(mine)))
    assert verify_proof(proof, parse_policy(believing(NEXT))).index == 0
    with pytest.raises(NotProvedError, match="no known key"):
        verify_proof(proof, parse_policy(believing(log.signer)))
    assert not list(faults_of_log(retired.folder, retired.keys))


def test_a_witness_that_knows_the_old_key_cosigns_until_it_is_retired(
    log: Log, tmp_path: Path
) -> None:
    with neighbours(tmp_path, log, "court") as (court,):
        both = witnessed_by(replace(log, next_signer=NEXT), [court], "any")
        pend(range(1))
        advance(both, at=NOON, padded=False)
        assert {each.trouble for each in ask_witnesses(both, at=NOON)} == {""}

        retired = replace(both, signer=NEXT, next_signer=None)
        pend(range(1, 2))
        advance(retired, at=NOON, padded=False)
        assert {each.trouble for each in ask_witnesses(retired, at=NOON)} == {REFUSED}
