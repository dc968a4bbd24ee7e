import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.frames import Frame, pack_frames, parse_frames

frames = st.lists(st.builds(Frame, st.integers(1, 255), st.binary(max_size=40)), max_size=8)


def test_more_than_fits_is_refused_with_both_sizes() -> None:
    with pytest.raises(ChannelError, match="take 105 bytes, 100 fit"):
        pack_frames([Frame(1, bytes(100))], size=100)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x01\0\0", "behind the last frame"),
        (b"\x01\0\0\0\x05abcd", "a frame of 5 bytes, 4 are left"),
        (b"\x01\xff\xff\xff\xffab", "a frame of 4,294,967,295 bytes"),
        (b"\0\0\0\x01", "something else than zeros"),
    ],
)
def test_frames_out_of_form_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ChannelError, match=reason):
        list(parse_frames(data))


@given(frames, st.integers(0, 50))
def test_what_is_written_is_read_the_same_and_has_the_size(given: list[Frame], more: int) -> None:
    size = sum(each.size for each in given) + more
    written = pack_frames(given, size=size)

    assert len(written) == size
    assert list(parse_frames(written)) == given


@given(st.binary(max_size=200))
def test_rubbish_is_refused_or_read_and_never_breaks(data: bytes) -> None:
    try:
        found = list(parse_frames(data))
    except ChannelError:
        return
    assert pack_frames(found, size=len(data)) == data
