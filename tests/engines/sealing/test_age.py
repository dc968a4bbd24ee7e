import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.sealing.age import CHUNK_BYTES, seal
from arasha.engines.sealing.errors import MixedRecipientsError, RecipientError
from tests.engines.sealing.samples import (
    HYBRID,
    IDENTITIES,
    RECIPIENTS,
    opened,
    randomness,
    sealed,
)


@pytest.mark.parametrize("identity", IDENTITIES)
def test_every_recipient_opens_what_was_sealed_to_all(identity: str) -> None:
    assert opened(sealed(b"They beat me."), identity) == b"They beat me."


@pytest.mark.parametrize(
    "length", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES]
)
def test_chunks_end_where_an_independent_reader_expects_it(length: int) -> None:
    plaintext = bytes(index % 251 for index in range(length))

    assert opened(sealed(plaintext), IDENTITIES[0]) == plaintext


@given(plaintext=st.binary(max_size=2000), name=st.text(max_size=20))
def test_any_plaintext_opens_again(plaintext: bytes, name: str) -> None:
    envelope = seal(
        plaintext, recipients=RECIPIENTS[:1], randomness=randomness(name.encode().hex(), 1)
    )

    assert opened(envelope, IDENTITIES[0]) == plaintext


def test_the_same_randomness_gives_the_same_bytes_and_another_gives_others() -> None:
    first = seal(b"x", recipients=RECIPIENTS, randomness=randomness("one", 3))
    again = seal(b"x", recipients=RECIPIENTS, randomness=randomness("one", 3))
    other = seal(b"x", recipients=RECIPIENTS, randomness=randomness("two", 3))

    assert first == again
    assert first != other


def test_too_little_randomness_is_refused_with_the_length_it_needs() -> None:
    with pytest.raises(ValueError, match="randomness must be 128 bytes, got 96"):
        seal(b"x", recipients=RECIPIENTS, randomness=bytes(96))


def test_a_recipient_named_twice_is_refused() -> None:
    with pytest.raises(RecipientError, match="named twice"):
        sealed(b"x", recipients=[RECIPIENTS[0], RECIPIENTS[0]])


def test_nothing_is_sealed_to_nobody() -> None:
    with pytest.raises(MixedRecipientsError, match="one kind"):
        sealed(b"x", recipients=[])


def test_a_recipient_with_a_typing_mistake_is_refused_before_anything_is_sealed() -> None:
    mistyped = RECIPIENTS[0][:-1] + ("q" if RECIPIENTS[0][-1] != "q" else "p")

    with pytest.raises(RecipientError, match="typing mistake"):
        sealed(b"x", recipients=[mistyped, *RECIPIENTS[1:]])


def test_a_post_quantum_recipient_is_told_apart_by_its_form() -> None:
    with pytest.raises(RecipientError, match="wrong checksum"):
        sealed(b"x", recipients=[HYBRID])
