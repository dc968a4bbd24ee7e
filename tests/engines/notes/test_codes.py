"""Filing codes: what people type, and what they mistype."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.notes import BadCodeError, filing_code, grouped, read_code

LEAF_HASH = hashlib.sha256(b"a leaf").digest()
CODE = filing_code(LEAF_HASH)
LEAVES = st.binary(min_size=32, max_size=32)


@given(LEAVES)
def test_a_code_is_24_digits_whose_remainder_by_97_is_1(leaf_hash: bytes) -> None:
    code = filing_code(leaf_hash)
    number = int.from_bytes(hashlib.sha256(b"arasha code v1\n" + leaf_hash).digest(), "big")

    assert len(code) == 24
    assert code[:22] == str(number % 10**22).zfill(22)
    assert int(code) % 97 == 1


def test_the_check_digits_are_those_of_an_international_bank_account() -> None:
    # ISO 13616 uses the same ISO 7064 system; its example GB82 WEST 1234 5698 7654 32, with letters
    # as numbers and the check digits at the end, leaves the same remainder.
    assert int("3214282912345698765432161182") % 97 == 1


@pytest.mark.parametrize(
    "spelling",
    [
        str,
        grouped,
        lambda code: "  " + grouped(code).replace(" ", "-") + "\n",
        lambda code: grouped(code).replace(" ", " – "),
        lambda code: grouped(code).replace(" ", "\u00a0"),
        lambda code: "\u200f" + code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        lambda code: code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
        lambda code: code.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ],
)
def test_a_code_is_read_in_any_spacing_and_any_digits(spelling) -> None:
    assert read_code(spelling(CODE)) == CODE


def test_a_code_is_printed_in_fours() -> None:
    assert grouped("123456789012345678901234") == "1234 5678 9012 3456 7890 1234"


@given(LEAVES, st.integers(0, 23), st.integers(1, 9))
def test_one_mistyped_digit_is_always_noticed(leaf_hash: bytes, place: int, shift: int) -> None:
    code = filing_code(leaf_hash)
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]

    with pytest.raises(BadCodeError) as refusal:
        read_code(wrong)
    assert refusal.value.reason == BadCodeError.CHECK_DIGITS


@given(LEAVES, st.integers(0, 22))
def test_two_swapped_digits_are_always_noticed(leaf_hash: bytes, place: int) -> None:
    code = filing_code(leaf_hash)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    if swapped != code:
        with pytest.raises(BadCodeError, match="check digits"):
            read_code(swapped)


def test_only_one_pair_of_check_digits_is_right() -> None:
    # 98 and 01 leave the same remainder: without the rule, such a code would have two spellings.
    assert read_code("0" * 22 + "98")
    with pytest.raises(BadCodeError, match="check digits"):
        read_code("0" * 22 + "01")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", BadCodeError.LENGTH),
        (CODE[:-1], BadCodeError.LENGTH),
        (CODE + "0", BadCodeError.LENGTH),
        (CODE.replace(CODE[0], "O"), BadCodeError.CHARACTERS),
        (CODE[:-1] + "²", BadCodeError.CHARACTERS),
    ],
)
def test_a_bad_code_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(BadCodeError) as refusal:
        read_code(text)
    assert refusal.value.reason == reason


def test_a_leaf_hash_of_another_length_has_no_code() -> None:
    with pytest.raises(ValueError, match="32 bytes, got 31"):
        filing_code(bytes(31))
