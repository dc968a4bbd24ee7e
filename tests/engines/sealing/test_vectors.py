"""The shared vectors, as this side computes them; `test_in_browser.py` does the same over there."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from arasha.engines.notes import filing_code
from arasha.engines.sealing.age import seal
from arasha.engines.sealing.card import CARD_BYTES, pack_card, title_of, unpack_card
from arasha.engines.sealing.correspondence import (
    Note,
    Reply,
    pack_note,
    pack_reply,
    reply_tag,
    unpack_note,
    unpack_reply,
)
from arasha.engines.sealing.envelope import check_envelope, record_digest, split
from arasha.engines.sealing.errors import PayloadError
from arasha.engines.sealing.identity import Writer, pack_identity, unpack_identity
from arasha.engines.sealing.payload import BUCKETS, pack_payload, unpack_payload
from arasha.engines.translog import commitment, leaf, leaf_hash
from tests.engines.sealing.samples import (
    APPEALS,
    IDENTITIES,
    RECIPIENTS,
    VECTORS,
    appeal_of,
    card_of,
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


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("vector", VECTORS["titles"], ids=lambda vector: vector["title"][:20])
def test_a_title_is_the_first_words_on_one_line(vector: dict[str, str]) -> None:
    assert title_of(vector["text"]) == vector["title"]
    assert len(vector["title"]) <= 120


@pytest.mark.parametrize("vector", VECTORS["cards"], ids=lambda vector: vector["name"])
def test_a_card_packs_to_the_same_bytes_and_back(vector: dict[str, Any]) -> None:
    plaintext = pack_card(card_of(vector["fields"]))

    assert (len(plaintext), sha256(plaintext)) == (CARD_BYTES, vector["plaintext_sha256"])
    assert unpack_card(plaintext) == card_of(vector["fields"])


@pytest.mark.parametrize("vector", VECTORS["replies"], ids=lambda vector: vector["fields"]["shown"])
def test_a_reply_packs_to_the_same_bytes_and_back(vector: dict[str, Any]) -> None:
    day = vector["fields"]["next_day"]
    reply = Reply(**vector["fields"] | {"next_day": dt.date.fromisoformat(day) if day else None})

    plaintext = pack_reply(reply)
    assert (len(plaintext), sha256(plaintext)) == (8192, vector["plaintext_sha256"])
    assert unpack_reply(plaintext) == reply


def test_a_reply_of_the_first_version_is_still_read() -> None:
    [vector] = VECTORS["first_replies"]

    read = unpack_reply(vector["text"].encode().ljust(8192, b"\0"))
    assert read == Reply(**vector["fields"])
    assert (read.kind, read.state, read.next_day) == ("text", "", None)


@pytest.mark.parametrize("vector", VECTORS["notes"], ids=lambda vector: vector["fields"]["kind"])
def test_a_note_packs_to_the_same_bytes_and_back(vector: dict[str, Any]) -> None:
    note = Note(**vector["fields"] | {"on": dt.date.fromisoformat(vector["fields"]["on"])})

    plaintext = pack_note(note)
    assert (len(plaintext), sha256(plaintext)) == (
        vector["plaintext_bytes"],
        vector["plaintext_sha256"],
    )
    assert unpack_note(plaintext) == note


@pytest.mark.parametrize(
    "vector", VECTORS["writers"], ids=lambda vector: vector["fields"]["name"][:9]
)
def test_who_wrote_packs_to_the_same_bytes_and_back(vector: dict[str, Any]) -> None:
    writer = Writer(**vector["fields"])

    plaintext = pack_identity(writer)
    assert (len(plaintext), sha256(plaintext)) == (
        vector["plaintext_bytes"],
        vector["plaintext_sha256"],
    )
    assert unpack_identity(plaintext) == writer


def test_the_tags_of_replies_follow_from_the_mailbox_and_look_unrelated() -> None:
    tags = bytes.fromhex(VECTORS["reply_tags"]["tags"])

    made = {number: reply_tag(tags, int(number)).hex() for number in VECTORS["reply_tags"]["of"]}
    assert made == VECTORS["reply_tags"]["of"]
    assert len(set(made.values())) == len(made)


def test_a_reply_before_the_first_has_no_tag() -> None:
    with pytest.raises(ValueError, match="numbered from 0, got -1"):
        reply_tag(bytes(32), -1)


@pytest.mark.parametrize(
    ("kind", "unpack", "size"),
    [
        ("refused_cards", unpack_card, CARD_BYTES),
        ("refused_replies", unpack_reply, 8192),
        ("refused_writers", unpack_identity, 1024),
        ("refused_notes", unpack_note, 1024),
    ],
)
def test_cards_replies_notes_and_names_out_of_form_are_refused(
    kind: str, unpack: Callable[[bytes], object], size: int
) -> None:
    for vector in VECTORS[kind]:
        with pytest.raises(PayloadError):
            unpack(vector["text"].encode().ljust(size, b"\0"))
