import pyrage
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from arasha.engines.sealing import bech32
from arasha.engines.sealing.errors import MixedRecipientsError, RecipientError
from arasha.engines.sealing.recipients import Kind, Recipient, kind_of, parse_recipient

# The example of the age specification.
EXAMPLE = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"


def test_the_specification_s_recipient_is_read() -> None:
    recipient = parse_recipient(EXAMPLE)

    assert recipient.kind is Kind.X25519
    assert recipient.key.hex().startswith("132c442b")


@pytest.mark.parametrize("_", range(8))
def test_recipients_of_an_independent_implementation_are_read(_: int) -> None:
    text = str(pyrage.x25519.Identity.generate().to_public())

    assert len(parse_recipient(text).key) == 32


@given(place=st.integers(5, len(EXAMPLE) - 1), letter=st.sampled_from(bech32.ALPHABET))
def test_every_single_mistyped_letter_is_noticed(place: int, letter: str) -> None:
    mistyped = EXAMPLE[:place] + letter + EXAMPLE[place + 1 :]
    assume(mistyped != EXAMPLE)

    with pytest.raises(RecipientError, match="wrong checksum"):
        parse_recipient(mistyped)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no prefix"),
        ("age1", "too short"),
        ("1qqqqqqqq", "no prefix"),
        (EXAMPLE.upper(), "lower case"),
        ("Age" + EXAMPLE[3:], "lower case"),
        (EXAMPLE + " ", "characters that Bech32 lacks"),
        (EXAMPLE.replace("z", "b", 1), "characters that Bech32 lacks"),
        # BIP 173's own valid example: right Bech32, but no age recipient.
        ("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "no age recipient"),
    ],
)
def test_what_is_no_recipient_is_refused_and_says_why(text: str, reason: str) -> None:
    with pytest.raises(RecipientError, match=reason):
        parse_recipient(text)


def test_an_identity_in_place_of_a_recipient_is_refused() -> None:
    secret = str(pyrage.x25519.Identity.generate()).lower()

    with pytest.raises(RecipientError, match="no age recipient"):
        parse_recipient(secret)


def test_two_kinds_do_not_go_together() -> None:
    classic, hybrid = Recipient(Kind.X25519, bytes(32)), Recipient(Kind.HYBRID, bytes(1216))

    assert kind_of([hybrid, hybrid]) is Kind.HYBRID
    with pytest.raises(MixedRecipientsError, match="one kind"):
        kind_of([classic, hybrid])


@given(content=st.binary(max_size=100))
def test_what_is_encoded_is_decoded_the_same(content: bytes) -> None:
    assert bech32.decode(bech32.encode("age", content)) == ("age", content)


@given(seed=st.binary(min_size=32, max_size=32))
def test_an_independent_implementation_reads_what_is_encoded(seed: bytes) -> None:
    secret = bech32.encode("age-secret-key-", seed).upper()

    assert str(pyrage.x25519.Identity.from_str(secret)) == secret
