"""The outer seal against the vectors of the draft, then against people who want in."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from arasha.engines.channel.bundle import NONE_BEFORE, Head, parse_bundle
from arasha.engines.channel.errors import ForgedError
from arasha.engines.channel.objects import APPEAL, COVER, MARK_BYTES
from arasha.engines.channel.up import Look, Said
from arasha.engines.notes import MalformedError, canonical_json
from arasha.wire.ingest import SUITE, IngestKey, IngestSecret, key_of, new_secret
from tests.engines.channel.samples import TERMINAL, TERMINAL_KEY

VECTOR = json.loads((Path(__file__).parent / "hpke_pq_vector.json").read_text())
FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
SECRET = IngestSecret(bytes(range(32)))
KEY = SECRET.public(from_day=FIRST, until_day=LAST)
HEAD = Head(TERMINAL, 1, 1, NONE_BEFORE, KEY.key_id)
SAID = Said(bytes(range(32)), looks=(Look(b"\1" * 32, b"\2" * 32),))


def vector(name: str) -> bytes:
    return bytes.fromhex(VECTOR[name])


def test_the_key_of_the_draft_is_stretched_as_the_draft_says() -> None:
    made = IngestSecret(vector("skRm")).public(from_day=FIRST, until_day=LAST)

    assert made.public == vector("pkRm")


def test_the_key_schedule_is_that_of_the_draft() -> None:
    encryption = {name: bytes.fromhex(text) for name, text in VECTOR["encryption"].items()}
    cipher = ChaCha20Poly1305(vector("key"))
    # The one-shot form has no additional data: the vector's key, shown to be right, seals without.
    assert (
        cipher.encrypt(vector("base_nonce"), encryption["pt"], encryption["aad"])
        == (encryption["ct"])
    )
    sealed = vector("enc") + cipher.encrypt(vector("base_nonce"), b"to the gateway", b"")

    secret = IngestSecret(vector("skRm"))
    assert SUITE.decrypt(sealed, secret._key(), info=vector("info")) == b"to the gateway"


def test_what_is_sealed_is_opened() -> None:
    bundle = KEY.seal(HEAD, SAID, sign=TERMINAL_KEY.sign)

    assert SECRET.open(parse_bundle(bundle.to_bytes())) == SAID


def test_nobody_else_opens_it() -> None:
    bundle = KEY.seal(HEAD, SAID, sign=TERMINAL_KEY.sign)

    with pytest.raises(ForgedError, match="not sealed to this key"):
        new_secret().open(bundle)


def test_a_sealed_part_cannot_be_put_under_another_head() -> None:
    bundle = KEY.seal(HEAD, SAID, sign=TERMINAL_KEY.sign)
    moved = replace(bundle, head=replace(HEAD, chain=2))

    with pytest.raises(ForgedError):
        SECRET.open(moved)


def test_the_same_words_never_look_the_same() -> None:
    first, second = (KEY.seal(HEAD, SAID, sign=TERMINAL_KEY.sign) for _ in range(2))

    assert first.sealed[:1120] != second.sealed[:1120]
    assert first.sealed[-64:] != second.sealed[-64:]


def test_a_secret_is_not_shown_by_chance() -> None:
    assert SECRET.seed.hex() not in repr(SECRET)
    assert str(SECRET.seed) not in repr(SECRET)


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"[]",
        b"[" * 100_000,
        KEY.to_json() + b"\n",
        KEY.to_json().replace(b"X25519", b"X448"),
        KEY.to_json().replace(b"2026-11-01", b"2027-11-01"),
        KEY.to_json().replace(b"2026-11-01", b"2026-11-00"),
        replace(KEY, public=KEY.public[:-1]).to_json(),
        canonical_json(json.loads(KEY.to_json()) | {"key": 1}),
    ],
)
def test_a_key_out_of_form_is_refused(spoilt: bytes) -> None:
    with pytest.raises(MalformedError):
        IngestKey.parse(spoilt)


def test_a_key_is_read_as_it_was_written() -> None:
    assert IngestKey.parse(KEY.to_json()) == KEY


def test_the_key_of_the_day_is_taken_and_a_wrong_clock_stops_nothing() -> None:
    december = new_secret().public(from_day=dt.date(2026, 12, 1), until_day=dt.date(2026, 12, 31))
    keys = [december, KEY]

    assert key_of(keys, day=dt.date(2026, 11, 20)) == KEY
    assert key_of(keys, day=dt.date(2026, 12, 1)) == december
    assert key_of(keys, day=dt.date(2036, 1, 1)) == december
    assert key_of(keys, day=dt.date(2016, 1, 1)) == december
    assert key_of([], day=dt.date(2026, 11, 20)) is None


LEAF = bytes(range(32))


@pytest.mark.parametrize(("mark", "is_cover"), [(APPEAL, False), (COVER, True)])
def test_a_mark_says_what_a_filing_is(mark: bytes, is_cover: bool) -> None:
    sealed = KEY.seal_mark(mark, leaf_hash=LEAF)

    assert len(sealed) == MARK_BYTES
    assert SECRET.is_cover(sealed, leaf_hash=LEAF) == is_cover


def test_a_mark_that_cannot_be_opened_is_an_appeal_s() -> None:
    sealed = KEY.seal_mark(COVER, leaf_hash=LEAF)

    assert not new_secret().is_cover(sealed, leaf_hash=LEAF)
    assert not SECRET.is_cover(sealed, leaf_hash=bytes(32))
    assert not SECRET.is_cover(bytes(MARK_BYTES), leaf_hash=LEAF)
