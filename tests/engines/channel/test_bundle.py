import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.channel.bundle import (
    BUNDLE_BYTES,
    NONE_BEFORE,
    SEALED_BYTES,
    Head,
    build_bundle,
    parse_bundle,
)
from arasha.engines.channel.errors import ChannelError, ForgedError
from tests.engines.channel.samples import (
    GATEWAY_KEY,
    KEY_ID,
    TERMINAL,
    TERMINAL_KEY,
    bundle,
    chained,
    public,
)

heads = st.builds(
    Head,
    terminal=st.uuids(),
    chain=st.integers(1, 2**32 - 1),
    seq=st.integers(2, 2**63 - 1),
    before=st.binary(min_size=32, max_size=32).filter(any),
    key_id=st.binary(min_size=16, max_size=16),
)


@pytest.mark.parametrize("size", [0, 91, 92, BUNDLE_BYTES - 1, BUNDLE_BYTES + 1])
def test_bytes_of_another_size_are_no_bundle(size: int) -> None:
    with pytest.raises(ChannelError, match=r"no bundle: it has 65,536"):
        parse_bundle(bytes(size))


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (Head(TERMINAL, 0, 1, NONE_BEFORE, KEY_ID), "count from 1"),
        (Head(TERMINAL, 1, 0, NONE_BEFORE, KEY_ID), "count from 1"),
        (Head(TERMINAL, 2**32, 1, NONE_BEFORE, KEY_ID), "count from 1"),
        (Head(TERMINAL, 1, 2**63, b"\1" * 32, KEY_ID), "count from 1"),
        (Head(TERMINAL, 1, 2, NONE_BEFORE, KEY_ID), "only the first of a chain"),
        (Head(TERMINAL, 1, 1, b"\1" * 32, KEY_ID), "only the first of a chain"),
        (Head(TERMINAL, 1, 2, b"\1" * 31, KEY_ID), "by 32 bytes"),
        (Head(TERMINAL, 1, 1, NONE_BEFORE, b"\1" * 15), "its key by 16"),
    ],
)
def test_a_head_out_of_form_is_neither_written_nor_sealed_to(head: Head, reason: str) -> None:
    with pytest.raises(ChannelError, match=reason):
        build_bundle(head, bytes(SEALED_BYTES), TERMINAL_KEY.sign)


def test_a_bundle_of_another_form_is_refused_by_its_title() -> None:
    later = b"arasha bundle v2" + bundle().to_bytes()[16:]

    with pytest.raises(ChannelError, match="not the title of a bundle"):
        parse_bundle(later)


@given(heads)
def test_what_is_written_is_read_the_same(head: Head) -> None:
    made = build_bundle(head, bytes(SEALED_BYTES), TERMINAL_KEY.sign)

    assert len(made.to_bytes()) == BUNDLE_BYTES
    assert parse_bundle(made.to_bytes()) == made
    made.check(public(TERMINAL_KEY))


@given(st.integers(16, BUNDLE_BYTES - 1), st.integers(0, 7))
def test_no_bit_can_be_changed_on_the_way(place: int, bit: int) -> None:
    spoilt = bytearray(bundle(2, b"\2" * 32).to_bytes())
    spoilt[place] ^= 1 << bit

    with pytest.raises(ChannelError):
        parse_bundle(bytes(spoilt)).check(public(TERMINAL_KEY))


def test_another_terminals_key_does_not_speak_for_this_one() -> None:
    with pytest.raises(ForgedError):
        bundle().check(public(GATEWAY_KEY))


def test_each_bundle_names_the_one_before_it() -> None:
    first, second, third = chained(3)

    assert first.head.before == NONE_BEFORE
    assert (second.head.before, third.head.before) == (first.sha256(), second.sha256())
