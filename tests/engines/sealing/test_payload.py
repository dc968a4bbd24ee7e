import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.sealing.errors import PayloadError
from arasha.engines.sealing.payload import BUCKETS, Appeal, Mailbox, pack_payload, unpack_payload
from tests.engines.sealing.samples import RECIPIENTS

LEAST = Appeal(salt=bytes(32), language="kk", written_on=dt.date(2026, 11, 22), text="Мені ұрды")
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
appeals = st.builds(
    Appeal,
    salt=st.binary(min_size=32, max_size=32),
    language=st.sampled_from(["kk", "ru", "en", "ar", "sr-Latn"]),
    written_on=st.dates(min_value=dt.date(1000, 1, 1)),
    text=texts.map(lambda text: f"x{text}"),
    place=texts,
    answers=st.dictionaries(texts, texts, max_size=4),
    mailbox=st.none()
    | st.builds(Mailbox, st.just(RECIPIENTS[0]), st.binary(min_size=32, max_size=32)),
)


@given(appeal=appeals)
def test_what_is_packed_comes_back_the_same(appeal: Appeal) -> None:
    assert unpack_payload(pack_payload(appeal)) == appeal


@given(appeal=appeals)
def test_the_length_tells_the_size_class_and_nothing_else(appeal: Appeal) -> None:
    assert len(pack_payload(appeal)) in BUCKETS


def test_two_appeals_of_different_length_look_alike() -> None:
    long = replace(LEAST, text="ы" * 1500)

    assert len(pack_payload(LEAST)) == len(pack_payload(long)) == 4096


def test_a_text_too_long_is_refused_with_both_numbers() -> None:
    with pytest.raises(PayloadError, match=r"takes 400,\d{3} bytes, at most 262,144 fit"):
        pack_payload(replace(LEAST, text="ы" * 200_000))


@pytest.mark.parametrize(
    ("appeal", "field"),
    [
        (replace(LEAST, salt=bytes(31)), "salt"),
        (replace(LEAST, text=" "), "text"),
        (replace(LEAST, language="қаз"), "language"),
        (replace(LEAST, mailbox=Mailbox("age1", bytes(32))), "mailbox"),
        (replace(LEAST, mailbox=Mailbox(RECIPIENTS[0], bytes(31))), "mailbox"),
    ],
)
def test_a_field_out_of_form_is_named(appeal: Appeal, field: str) -> None:
    with pytest.raises(PayloadError, match=f"field {field} is not in the form"):
        pack_payload(appeal)


@pytest.mark.parametrize("size", [0, 1, 4095, 4097, 16384, 2**22])
def test_another_padding_is_refused(size: int) -> None:
    packed = pack_payload(LEAST).rstrip(b"\0")

    with pytest.raises(PayloadError, match="padded size"):
        unpack_payload(packed.ljust(size, b"\0")[:size])


def test_bytes_hidden_in_the_padding_are_refused() -> None:
    padded = bytearray(pack_payload(LEAST))
    padded[-1] = 1

    with pytest.raises(PayloadError, match="not JSON"):
        unpack_payload(bytes(padded))


def test_brackets_without_end_are_refused_and_do_not_exhaust_the_stack() -> None:
    with pytest.raises(PayloadError, match="not JSON"):
        unpack_payload((b"[" * 200_000).ljust(BUCKETS[3], b"\0"))


def test_what_is_secret_is_not_shown_when_an_appeal_is_printed() -> None:
    assert "salt" not in repr(LEAST)
    assert "tags" not in repr(Mailbox(RECIPIENTS[0], bytes(32)))
