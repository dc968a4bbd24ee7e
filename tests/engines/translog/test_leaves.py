"""What a leaf says, and what it keeps to itself."""

import hashlib

import pytest

from arasha.engines import translog
from arasha.engines.notes import MalformedError


def test_a_leaf_is_two_words_and_a_commitment() -> None:
    digest = hashlib.sha256(b"a record").digest()
    committed = translog.commitment(bytes(32), digest)

    assert committed == hashlib.sha256(bytes(32) + digest).digest()
    assert translog.leaf("event", committed) == b"arasha/v1\nevent\n" + committed.hex().encode()
    assert translog.read_leaf(translog.leaf("event", committed)) == ("event", committed)


def test_a_dummy_is_an_event_to_everybody() -> None:
    assert len(translog.leaf(translog.DUMMY, bytes(32))) == len(translog.leaf("event", bytes(32)))
    assert translog.read_leaf(translog.leaf(translog.DUMMY, bytes(32)))[0] == "event"


def test_a_kind_that_would_tell_more_is_refused() -> None:
    with pytest.raises(ValueError, match="got 'appeal'"):
        translog.leaf("appeal", bytes(32))


@pytest.mark.parametrize(("salt", "digest"), [(16, 32), (32, 20), (0, 0)])
def test_a_short_salt_is_refused(salt: int, digest: int) -> None:
    with pytest.raises(ValueError, match=f"32 bytes each, got {salt} and {digest}"):
        translog.commitment(bytes(salt), bytes(digest))


@pytest.mark.parametrize(
    "entry",
    [
        b"",
        b"arasha/v1\nevent\n" + b"0" * 63,
        b"arasha/v1\nevent\n" + b"0" * 64 + b"\n",
        b"arasha/v1\nevent\n" + b"A" * 64,
        b"arasha/v1\nappeal\n" + b"0" * 64,
        b"arasha/v2\nevent\n" + b"0" * 64,
    ],
)
def test_another_form_is_not_a_leaf_of_ours(entry: bytes) -> None:
    with pytest.raises(MalformedError, match="not a leaf of this log"):
        translog.read_leaf(entry)
