import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.frames import Frame, pack_frames
from arasha.engines.channel.up import (
    FRAMES_BYTES,
    HEALTH,
    LARGEST_OBJECT,
    LOOK,
    PIECE,
    PIECE_BYTES,
    PLAIN_BYTES,
    Kind,
    Look,
    Piece,
    Said,
    length_of,
    pack_said,
    parse_said,
    pieces_of,
)

KEY = bytes(range(32))
names = st.binary(min_size=32, max_size=32)
pieces = st.builds(
    lambda name, kind, data: Piece(name, kind, len(data), 0, data),
    names,
    st.sampled_from(Kind),
    st.binary(min_size=1, max_size=600),
)
shown = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=9)
healths = st.dictionaries(shown, st.integers(0, 9) | shown, max_size=5)
said = st.builds(
    Said,
    answer_key=names,
    pieces=st.lists(pieces, max_size=6).map(tuple),
    looks=st.lists(st.builds(Look, names, names), max_size=6).map(tuple),
    health=st.none() | healths,
)


def with_frame(type_: int, body: bytes) -> bytes:
    return KEY + pack_frames([Frame(type_, body)], size=FRAMES_BYTES)


def piece_frame(*, total: int, number: int, data: bytes, kind: int = 1) -> bytes:
    numbers = total.to_bytes(4, "big") + number.to_bytes(4, "big")
    return with_frame(PIECE, bytes(32) + bytes([kind]) + numbers + data)


@pytest.mark.parametrize(
    ("plain", "reason"),
    [
        (b"", "says 0 bytes"),
        (with_frame(PIECE, b"ab"), "2 bytes are no piece"),
        (piece_frame(total=0, number=0, data=b""), "1 to 10,616,896 bytes, got 0"),
        (piece_frame(total=LARGEST_OBJECT + 1, number=0, data=b""), "got 10,616,897"),
        (piece_frame(total=10, number=1, data=b""), "10 bytes has no piece 1"),
        (piece_frame(total=10, number=0, data=b"123"), "piece 0 of 10 bytes has 3 bytes"),
        (piece_frame(total=3, number=0, data=b"123", kind=9), "of the kind 9"),
        (with_frame(LOOK, bytes(63)), "63 bytes are no look"),
        (with_frame(HEALTH, b"["), "not JSON"),
        (with_frame(HEALTH, b"[" * 1000), "not JSON"),
        (with_frame(HEALTH, b'{"disk":null}'), "texts and whole numbers"),
        (with_frame(HEALTH, b"[]"), "texts and whole numbers"),
        (with_frame(HEALTH, b" " * 1025), "at most 1,024"),
    ],
)
def test_what_is_out_of_form_is_refused_and_says_why(plain: bytes, reason: str) -> None:
    with pytest.raises(ChannelError, match=reason):
        parse_said(plain)


def test_more_than_a_bundle_holds_is_not_packed() -> None:
    piece = Piece(bytes(32), Kind.FILING, PIECE_BYTES, 0, bytes(PIECE_BYTES))

    with pytest.raises(ChannelError, match="fit"):
        pack_said(Said(KEY, pieces=(piece,) * 16))


@given(said)
def test_what_is_said_is_heard_and_always_has_the_same_size(what: Said) -> None:
    assert len(pack_said(what)) == PLAIN_BYTES
    assert parse_said(pack_said(what)) == what


def test_a_frame_of_a_later_version_is_passed_over() -> None:
    assert parse_said(with_frame(77, b"news")) == Said(KEY)


@given(st.lists(st.tuples(st.integers(1, 4), st.binary(max_size=90)), max_size=6))
def test_rubbish_is_refused_or_read_and_never_breaks(rubbish: list[tuple[int, bytes]]) -> None:
    try:
        parse_said(KEY + pack_frames([Frame(*each) for each in rubbish], size=FRAMES_BYTES))
    except ChannelError:
        return


@given(st.integers(1, LARGEST_OBJECT))
def test_the_pieces_of_an_object_are_the_object(total: int) -> None:
    last = pieces_of(total) - 1

    assert last * PIECE_BYTES + length_of(total, last) == total


@pytest.mark.parametrize("text", [r"\ud800", r"\u0000"])
def test_health_that_no_page_or_database_takes_is_refused(text: str) -> None:
    body = f'{{"build":"{text}"}}'.encode()

    with pytest.raises(ChannelError, match="can be shown"):
        parse_said(with_frame(HEALTH, body))
