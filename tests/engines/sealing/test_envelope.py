import hashlib
from collections.abc import Callable
from functools import partial

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.sealing.card import CARD_BYTES
from arasha.engines.sealing.correspondence import NOTE_SIZES, REPLY_BYTES
from arasha.engines.sealing.envelope import (
    check_added_header,
    check_card,
    check_envelope,
    check_note,
    check_reply,
    record_digest,
    split,
)
from arasha.engines.sealing.errors import (
    EnvelopeError,
    ForeignStanzaError,
    MalformedEnvelopeError,
    TruncatedEnvelopeError,
    WrongRecipientCountError,
)
from arasha.engines.sealing.header import LOW_ORDER, Header, is_low_order, parse_header
from arasha.engines.sealing.payload import BUCKETS
from arasha.engines.sealing.recipients import Kind
from tests.engines.sealing.samples import RECIPIENTS, TESTKIT, kit_file, sealed

# Every other file of the testkit must be refused. That a MAC is false or a tag is bad, only
# somebody with a key can see.
GOOD_HEADERS = {
    "hmac_bad": Header(168, Kind.X25519, 1),
    "hybrid": Header(1627, Kind.HYBRID, 1),
    "hybrid_bad_tag": Header(1627, Kind.HYBRID, 1),
    "hybrid_currupted_enc_mlkem": Header(1627, Kind.HYBRID, 1),
    "hybrid_currupted_enc_x25519": Header(1627, Kind.HYBRID, 1),
    "hybrid_identity": Header(1627, Kind.HYBRID, 1),
    "hybrid_low_order": Header(1627, Kind.HYBRID, 1),
    "hybrid_multiple_recipients": Header(3184, Kind.HYBRID, 2),
    "hybrid_no_match": Header(1627, Kind.HYBRID, 1),
    "stream_no_nonce": Header(168, Kind.X25519, 1),
    "x25519": Header(168, Kind.X25519, 1),
    "x25519_bad_tag": Header(168, Kind.X25519, 1),
    "x25519_multiple_recipients": Header(266, Kind.X25519, 2),
    "x25519_no_match": Header(168, Kind.X25519, 1),
}


@pytest.mark.parametrize("name", sorted(GOOD_HEADERS))
def test_a_good_header_of_the_age_testkit_is_read(name: str) -> None:
    assert parse_header(kit_file(name)) == GOOD_HEADERS[name]


@pytest.mark.parametrize("name", sorted(TESTKIT["vectors"].keys() - GOOD_HEADERS.keys()))
def test_every_other_file_of_the_age_testkit_is_refused(name: str) -> None:
    with pytest.raises(EnvelopeError):
        parse_header(kit_file(name))


def test_our_own_envelope_is_taken_and_falls_into_its_two_parts() -> None:
    envelope = sealed()

    assert check_envelope(envelope, recipients=3) == Header(364, Kind.X25519, 3)
    header, payload = split(envelope)
    assert header + payload == envelope
    assert header.startswith(b"age-encryption.org/v1\n") and header.count(b"\n") == 8


@pytest.mark.parametrize("expected", [2, 4])
def test_a_stanza_too_many_or_too_few_is_refused(expected: int) -> None:
    with pytest.raises(
        WrongRecipientCountError, match=f"3 stanzas, the recipient set has {expected}"
    ):
        check_envelope(sealed(), recipients=expected)


def test_an_envelope_with_a_grease_stanza_is_refused() -> None:
    recipients = [pyrage.x25519.Recipient.from_str(text) for text in RECIPIENTS]
    greased = pyrage.encrypt(bytes(4096), recipients)

    with pytest.raises(ForeignStanzaError, match="grease"):
        check_envelope(greased, recipients=3)


def test_one_stanza_copied_to_make_up_the_number_is_refused() -> None:
    header, payload = split(sealed(recipients=RECIPIENTS[:2]))
    lines = header.split(b"\n")
    copied = b"\n".join([*lines[:3], *lines[1:3], *lines[3:]])

    with pytest.raises(ForeignStanzaError, match="same ephemeral share"):
        check_envelope(copied + payload, recipients=3)


def test_a_header_for_post_quantum_and_classic_keys_together_is_refused() -> None:
    classic, hybrid = (split(kit_file(name))[0] for name in ("x25519", "hybrid_identity"))
    version, *stanza, mac, end = classic.split(b"\n")
    mixed = b"\n".join([version, *stanza, *hybrid.split(b"\n")[1:-2], mac, end])

    with pytest.raises(ForeignStanzaError, match="mixes post-quantum and classic"):
        parse_header(mixed)


def test_more_stanzas_than_any_set_has_are_refused_early() -> None:
    header, _payload = split(sealed(recipients=RECIPIENTS[:1]))
    version, stanza, body, *_end = header.split(b"\n")
    many = [stanza[:-3] + b"%02dA\n" % number + body for number in range(10, 80)]

    with pytest.raises(MalformedEnvelopeError, match="64 stanzas at most"):
        parse_header(version + b"\n" + b"\n".join(many) + b"\n--- ")


def test_a_line_without_end_is_refused_and_not_read_through() -> None:
    with pytest.raises(MalformedEnvelopeError, match="over 1600 bytes"):
        parse_header(b"age-encryption.org/v1\n-> X25519 " + b"A" * 1_000_000)


@given(length=st.integers(0, 364 + 16 + 4096 + 16 - 1))
def test_an_envelope_cut_anywhere_is_refused_as_cut(length: int) -> None:
    with pytest.raises(TruncatedEnvelopeError):
        check_envelope(sealed()[:length], recipients=3)


@pytest.mark.parametrize("rest", [b"\0", b"\n", b"garbage", sealed()])
def test_bytes_behind_the_payload_are_refused(rest: bytes) -> None:
    with pytest.raises(MalformedEnvelopeError, match="expected one of"):
        check_envelope(sealed() + rest, recipients=3)


def test_bytes_between_header_and_payload_are_refused() -> None:
    header, payload = split(sealed())

    with pytest.raises(MalformedEnvelopeError, match="MAC"):
        check_envelope(header[:-1] + b" garbage\n" + payload, recipients=3)
    with pytest.raises(MalformedEnvelopeError, match="expected one of"):
        check_envelope(header + b"garbage\n" + payload, recipients=3)


def test_an_appeal_that_was_not_padded_is_refused() -> None:
    with pytest.raises(MalformedEnvelopeError, match="expected one of"):
        check_envelope(sealed(bytes(5000)), recipients=3)


@given(place=st.integers(0, 363), value=st.integers(0, 255))
def test_a_changed_header_is_refused_or_is_still_a_header_of_three(place: int, value: int) -> None:
    changed = bytearray(sealed())
    changed[place] = value

    try:
        header = check_envelope(bytes(changed), recipients=3)
    except EnvelopeError:
        return
    assert (header.length, header.recipients) == (364, 3)


def test_the_digest_commits_to_header_and_payload_apart() -> None:
    header, payload = split(sealed())
    moved = record_digest(header + payload[:1], payload[1:])

    assert record_digest(header, payload) != moved
    assert (
        record_digest(b"", b"")
        == hashlib.sha256(b"arasha appeal v1\n" + 2 * hashlib.sha256(b"").digest()).digest()
    )


SOMEBODY = X25519PrivateKey.from_private_bytes(bytes(range(32)))


def gives_zero(point: bytes) -> bool:
    try:
        SOMEBODY.exchange(X25519PublicKey.from_public_bytes(point))
    except ValueError:
        return True
    return False


@given(number=st.sampled_from(sorted(LOW_ORDER)) | st.integers(0, 2**255 - 1), top=st.booleans())
def test_the_points_of_low_order_are_those_whose_exchange_gives_zero(
    number: int, top: bool
) -> None:
    point = (number | top << 255).to_bytes(32, "little")

    assert is_low_order(point) == gives_zero(point)


@pytest.mark.parametrize(
    ("check", "sizes"),
    [
        (partial(check_card, recipients=3), [CARD_BYTES]),
        (partial(check_note, recipients=3), list(NOTE_SIZES)),
        (partial(check_envelope, recipients=3), list(BUCKETS)),
    ],
)
def test_only_the_sizes_of_its_kind_are_taken(
    check: Callable[[bytes], Header], sizes: list[int]
) -> None:
    for size in {CARD_BYTES, *NOTE_SIZES, *BUCKETS, REPLY_BYTES, 1000, 4097}:
        if size in sizes:
            assert check(sealed(bytes(size))).recipients == 3
        else:
            with pytest.raises(EnvelopeError):
                check(sealed(bytes(size)))


def test_a_reply_is_for_one_mailbox_and_of_one_size() -> None:
    assert check_reply(sealed(bytes(REPLY_BYTES), recipients=RECIPIENTS[:1])).recipients == 1
    with pytest.raises(WrongRecipientCountError):
        check_reply(sealed(bytes(REPLY_BYTES)))


def test_an_added_header_has_nothing_behind_it_and_a_stanza_for_each() -> None:
    header, payload = split(sealed(b"x"))

    assert check_added_header(header, recipients=3).length == len(header)
    with pytest.raises(MalformedEnvelopeError, match="17 bytes follow"):
        check_added_header(header + payload[:17], recipients=3)
    with pytest.raises(WrongRecipientCountError):
        check_added_header(header, recipients=4)
