import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.channel.down import (
    ANSWER_BYTES,
    SEALED_BYTES,
    Answer,
    Became,
    Receipt,
    State,
    blind_answer,
    build_answer,
    parse_answer,
)
from arasha.engines.channel.errors import ChannelError, ForgedError
from tests.engines.channel.samples import DAY, GATEWAY_KEY, TERMINAL_KEY, bundle, public

KEY = bytes(range(32))
RECEIPT = Receipt.of(bundle(), day=DAY)
states = st.lists(
    st.builds(
        State,
        st.binary(min_size=32, max_size=32),
        st.sampled_from(Became),
        st.binary(max_size=300),
    ),
    max_size=20,
)


def answered(*given: State, nonce: bytes = bytes(12)) -> Answer:
    return build_answer(RECEIPT, given, answer_key=KEY, nonce=nonce, sign=GATEWAY_KEY.sign)


def spoilt(at: int, put: bytes) -> bytes:
    data = bytearray(answered().to_bytes())
    data[at : at + len(put)] = put
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "0 bytes are no answer"),
        (bytes(ANSWER_BYTES), "is no day"),
        (spoilt(0, b"arasha answer v2"), "no delivery receipt"),
        (spoilt(32, bytes(4)), "count from 1"),
        (spoilt(76, b"2026-13-40"), "is no day"),
        (spoilt(76, b"20261120\0\0"), "no delivery receipt"),
    ],
)
def test_an_answer_out_of_form_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ChannelError, match=reason):
        parse_answer(data)


def test_a_receipt_that_the_gateway_did_not_sign_is_refused() -> None:
    with pytest.raises(ForgedError):
        answered().check(public(TERMINAL_KEY))


def test_a_receipt_moved_to_another_day_is_refused() -> None:
    moved = parse_answer(spoilt(76, b"2026-11-21"))

    assert moved.receipt.day == dt.date(2026, 11, 21)
    with pytest.raises(ForgedError):
        moved.check(public(GATEWAY_KEY))


def test_an_answer_is_opened_only_with_the_key_of_its_bundle() -> None:
    with pytest.raises(ForgedError):
        answered().open(bytes(32))


@given(states)
def test_what_is_answered_is_heard(given: list[State]) -> None:
    answer = parse_answer(answered(*given).to_bytes())
    answer.check(public(GATEWAY_KEY))

    assert answer.open(KEY) == given
    assert (answer.receipt.seq, answer.receipt.day) == (1, DAY)


def test_of_too_many_states_those_are_said_that_fit() -> None:
    long = [State(bytes([number]) * 32, Became.PROVED, bytes(6_000)) for number in range(5)]
    short = State(b"\xff" * 32, Became.KEPT, b"ack")

    assert answered(*long, short).open(KEY) == [*long[:2], short]


@given(states)
def test_real_answers_dummies_and_blind_ones_have_one_size(given: list[State]) -> None:
    blind = blind_answer(RECEIPT, noise=bytes(SEALED_BYTES), sign=GATEWAY_KEY.sign)

    sizes = {len(each.to_bytes()) for each in (answered(*given), answered(), blind)}
    assert sizes == {ANSWER_BYTES}


def test_a_blind_answer_is_a_receipt_and_nothing_else() -> None:
    blind = parse_answer(
        blind_answer(RECEIPT, noise=bytes(SEALED_BYTES), sign=GATEWAY_KEY.sign).to_bytes()
    )
    blind.check(public(GATEWAY_KEY))

    with pytest.raises(ForgedError, match="not sealed with the key of its bundle"):
        blind.open(KEY)
    with pytest.raises(ChannelError, match="noise for an answer"):
        blind_answer(RECEIPT, noise=b"", sign=GATEWAY_KEY.sign)


def test_a_nonce_of_another_length_is_refused() -> None:
    with pytest.raises(ChannelError, match="12 bytes"):
        answered(nonce=b"")


def test_two_answers_to_one_bundle_show_nothing_side_by_side() -> None:
    nothing = answered(nonce=bytes(12)).sealed
    something = answered(State(KEY, Became.KEPT), nonce=bytes(11) + b"\1").sealed

    alike = sum(a == b for a, b in zip(nothing[12:], something[12:], strict=True))

    assert (
        alike < len(nothing) / 64
    )  # a two hundred and fifty-sixth by chance, nearly all if reused
