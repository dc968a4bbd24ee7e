import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.pages import (
    HIGHEST_START,
    LARGEST_RECORD,
    PAGE_BYTES,
    Following,
    Record,
    sent_to,
    signpost,
)

records = st.lists(
    st.builds(Record, st.integers(1, 255), st.integers(1, 90_000).map(lambda n: b"\x05" * n)),
    max_size=6,
)


def pages_of(stream: bytes) -> list[bytes]:
    """The stream in pages; the last one is not full."""
    cut = [stream[at : at + PAGE_BYTES] for at in range(0, len(stream) + 1, PAGE_BYTES)]
    return [each.ljust(PAGE_BYTES, b"\0") for each in cut]


@pytest.mark.parametrize("record", [Record(0, b"a"), Record(1, b""), Record(1, bytes(1_048_577))])
def test_a_record_out_of_form_is_not_written(record: Record) -> None:
    with pytest.raises(ChannelError, match="a record has 1 to"):
        record.to_bytes()


@pytest.mark.parametrize("length", [0, LARGEST_RECORD + 1])
def test_a_record_of_a_foolish_length_is_refused(length: int) -> None:
    page = (b"\x01" + length.to_bytes(4, "big")).ljust(PAGE_BYTES, b"\0")

    with pytest.raises(ChannelError, match="a record of"):
        Following().read(page)


def test_a_page_of_another_size_is_refused() -> None:
    with pytest.raises(ChannelError, match="a page has 65,536"):
        Following().read(b"")


@given(records)
def test_whoever_follows_from_the_first_page_reads_everything_once(given: list[Record]) -> None:
    pages = pages_of(b"".join(each.to_bytes() for each in given))
    following, read = Following(), []
    while following.page < len(pages) - 1:
        read += following.read(pages[following.page])
    read += following.read(pages[following.page])
    read += following.read(pages[following.page])

    assert read == given


@given(records, st.integers(0, 6))
def test_a_page_that_grew_gives_only_what_is_new(given: list[Record], first: int) -> None:
    following, read = Following(), []
    for part in (given[:first], given):
        pages = pages_of(b"".join(each.to_bytes() for each in part))
        for _ in range(len(pages) + 1):
            if following.page < len(pages):
                read += following.read(pages[following.page])

    assert read == given


@given(records, st.integers(0, 5))
def test_whoever_is_stopped_after_any_page_goes_on_from_its_position(
    given: list[Record], stopped_after: int
) -> None:
    pages = pages_of(b"".join(each.to_bytes() for each in given))
    following, read = Following(), []
    while following.page < min(stopped_after, len(pages) - 1):
        read += following.read(pages[following.page])
    following = Following.at(following.position)
    while following.page < len(pages) - 1:
        read += following.read(pages[following.page])
    read += following.read(pages[following.page])

    assert read == given


@pytest.mark.parametrize("first", [0, 1, 1_795_400_000, HIGHEST_START])
def test_a_signpost_fills_a_page_and_sends_to_one_page(first: int) -> None:
    page = signpost(first)

    assert page.startswith(b"arasha moved v1\n" + first.to_bytes(8))
    assert (len(page), sent_to(page)) == (PAGE_BYTES, first)
    with pytest.raises(ChannelError):  # whoever does not know it reads no record out of it
        Following().read(page)


@pytest.mark.parametrize(
    "page",
    [
        bytes(PAGE_BYTES),
        signpost(7)[:-1],
        signpost(7)[:-1] + b"x",
        signpost(7)[:8_192].ljust(PAGE_BYTES, b"\0"),
        signpost(HIGHEST_START + 1),
    ],
)
def test_what_is_no_signpost_sends_nobody_anywhere(page: bytes) -> None:
    assert sent_to(page) is None
