import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.channel.down import ANSWER_BYTES
from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.stick import (
    BODY_BYTES,
    RECORD_BYTES,
    Head,
    Kind,
    Record,
    Way,
    answer_records,
    bundle_record,
    delivery_record,
    end_record,
    label_of,
    page_record,
)
from tests.engines.channel import samples

heads = st.builds(
    Head, st.sampled_from(Way), st.binary(min_size=16, max_size=16), st.integers(0, 2**64 - 1)
)


@pytest.mark.parametrize("head", [Head(Way.UP, b"short"), Head(Way.UP, page=-1)])
def test_a_head_out_of_form_is_not_written(head: Head) -> None:
    with pytest.raises(ChannelError, match="a label of 16 bytes"):
        head.to_bytes()


@pytest.mark.parametrize("at", [0, 16, 63])
def test_a_head_with_one_other_byte_is_refused(at: int) -> None:
    data = bytearray(Head(Way.UP).to_bytes())
    data[at] ^= 0xF0

    with pytest.raises(ChannelError):
        Head.parse(bytes(data))


@given(heads)
def test_a_head_is_read_as_it_was_written(head: Head) -> None:
    assert len(head.to_bytes()) == 64
    assert Head.parse(head.to_bytes()) == head


@pytest.mark.parametrize("at", [0, 32, 40, 41, RECORD_BYTES - 1])
def test_a_spoilt_record_is_refused(at: int) -> None:
    data = bytearray(bundle_record(samples.bundle().to_bytes()).to_bytes())
    data[at] ^= 1

    with pytest.raises(ChannelError, match="spoilt"):
        Record.parse(bytes(data))


def test_a_record_that_is_cut_off_is_refused() -> None:
    with pytest.raises(ChannelError, match="65,577"):
        Record.parse(end_record(1).to_bytes()[:-1])


def test_a_bundle_of_another_size_is_not_written() -> None:
    with pytest.raises(ChannelError, match="needs 65,536 bytes, got 3"):
        bundle_record(b"abc")


def test_a_delivery_that_is_too_long_is_not_written() -> None:
    with pytest.raises(ChannelError, match="at most 16,384"):
        delivery_record(bytes(16_385))


def test_every_record_has_one_size_and_is_read_as_it_was_written() -> None:
    bundle = bundle_record(samples.bundle().to_bytes())
    delivery = delivery_record(b"{}")
    written = [bundle, page_record(7, bytes(BODY_BYTES)), delivery, end_record(3)]

    assert {len(each.to_bytes()) for each in written} == {RECORD_BYTES}
    assert [Record.parse(each.to_bytes()) for each in written] == written


@given(st.integers(0, 9))
def test_answers_go_four_to_a_record(count: int) -> None:
    answers = [bytes([number]) * ANSWER_BYTES for number in range(count)]
    records = [Record.parse(each.to_bytes()) for each in answer_records(answers)]

    assert len(records) == -(-count // 4)
    assert [answer for record in records for answer in record.answers()] == answers


def test_five_answers_in_a_record_are_refused() -> None:
    foolish = Record(Kind.ANSWERS, 5, bytes(BODY_BYTES)).to_bytes()

    with pytest.raises(ChannelError, match="says 5 holds less"):
        Record.parse(foolish)


def test_a_token_gives_one_label_however_it_is_typed() -> None:
    assert label_of("Алма Тас  жол") == label_of("алма тасЖОЛ")
    assert label_of("алма") != label_of("алмас")
    assert len(label_of("алма")) == 16
