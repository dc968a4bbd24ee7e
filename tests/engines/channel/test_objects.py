import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.objects import MARK_BYTES, AttachmentObject, FilingObject

LEAF, ENVELOPE = bytes(range(32)), bytes(range(32, 64))


@pytest.mark.parametrize("data", [b"", bytes(MARK_BYTES)])
def test_a_mark_without_a_filing_is_no_object(data: bytes) -> None:
    with pytest.raises(ChannelError, match="no filing"):
        FilingObject.parse(data)


@pytest.mark.parametrize("data", [b"", bytes(64)])
def test_two_hashes_without_a_file_are_no_object(data: bytes) -> None:
    with pytest.raises(ChannelError, match="no attachment"):
        AttachmentObject.parse(data)


def test_a_mark_of_another_length_is_refused() -> None:
    with pytest.raises(ChannelError, match="a mark has 1,137 bytes"):
        FilingObject(b"appeal", b"{}").to_bytes()


def test_a_name_of_another_length_is_refused() -> None:
    with pytest.raises(ChannelError, match="two hashes"):
        AttachmentObject(LEAF, b"", b"file").to_bytes()


@given(st.binary(min_size=1))
def test_objects_come_back_as_they_were(content: bytes) -> None:
    filing = FilingObject(bytes(MARK_BYTES), content)
    attachment = AttachmentObject(LEAF, ENVELOPE, content)

    assert FilingObject.parse(filing.to_bytes()) == filing
    assert AttachmentObject.parse(attachment.to_bytes()) == attachment
