"""The shared vectors, as this side computes them; `test_in_browser.py` does the same over there."""

import hashlib
from typing import Any

import pytest

from arasha.engines.notes import filing_code
from arasha.engines.sealing.age import seal
from arasha.engines.sealing.envelope import check_envelope, record_digest, split
from arasha.engines.sealing.errors import PayloadError
from arasha.engines.sealing.payload import BUCKETS, pack_payload, unpack_payload
from arasha.engines.translog import commitment, leaf, leaf_hash
from tests.engines.sealing.samples import (
    APPEALS,
    IDENTITIES,
    RECIPIENTS,
    VECTORS,
    appeal_of,
    opened,
)

by_name = pytest.mark.parametrize("vector", APPEALS, ids=lambda vector: vector["name"])


@by_name
def test_an_appeal_packs_to_the_same_bytes_and_back(vector: dict[str, Any]) -> None:
    appeal = appeal_of(vector["fields"])

    plaintext = pack_payload(appeal)
    assert len(plaintext) == vector["plaintext_bytes"]
    assert hashlib.sha256(plaintext).hexdigest() == vector["plaintext_sha256"]
    assert unpack_payload(plaintext) == appeal


@by_name
def test_an_envelope_has_the_same_header_bytes_and_digest(vector: dict[str, Any]) -> None:
    plaintext = pack_payload(appeal_of(vector["fields"]))
    drawn = bytes.fromhex(vector["randomness"])

    envelope = seal(plaintext, recipients=RECIPIENTS, randomness=drawn)
    header, payload = split(envelope)
    assert header.decode() == vector["header"]
    assert hashlib.sha256(envelope).hexdigest() == vector["envelope_sha256"]
    assert record_digest(header, payload).hex() == vector["record_digest"]
    assert check_envelope(envelope, recipients=3).length == len(vector["header"])
    assert opened(envelope, IDENTITIES[2]) == plaintext


@by_name
def test_the_log_and_the_slip_say_the_same(vector: dict[str, Any]) -> None:
    salt, digest = bytes.fromhex(vector["fields"]["salt"]), bytes.fromhex(vector["record_digest"])

    entry = leaf("event", commitment(salt, digest))
    assert entry.decode() == vector["leaf"]
    assert leaf_hash(entry).hex() == vector["leaf_hash"]
    assert filing_code(leaf_hash(entry)) == vector["code"]


@pytest.mark.parametrize("vector", VECTORS["refused_payloads"], ids=lambda vector: vector["name"])
def test_a_payload_out_of_form_is_refused(vector: dict[str, str]) -> None:
    with pytest.raises(PayloadError):
        unpack_payload(vector["text"].encode().ljust(BUCKETS[0], b"\0"))
