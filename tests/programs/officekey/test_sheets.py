"""The three sheets: other people's vectors first, then our own key, then every mistake."""

import itertools
import json
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from arasha.engines.sealing import fingerprint, parse_recipient
from arasha.programs.officekey.sheets import (
    WORDS,
    Key,
    SheetError,
    complete,
    join,
    split,
)

# The vectors of SLIP-39's reference implementation (trezor/python-shamir-mnemonic, MIT):
# [mnemonics, master secret in hex, or "" where they must be refused].
VECTORS = json.loads(Path(__file__).with_name("slip39_vectors.json").read_text())
KEY = Key(bytes(range(32)))


@pytest.mark.parametrize(("mnemonics", "secret"), VECTORS)
def test_the_library_gives_what_the_standard_says(mnemonics: list[str], secret: str) -> None:
    if secret:
        assert combine_mnemonics(mnemonics, b"TREZOR").hex() == secret
    else:
        with pytest.raises(MnemonicError):
            combine_mnemonics(mnemonics, b"TREZOR")


def test_no_vector_that_the_standard_refuses_gives_a_key() -> None:
    refused = [mnemonics for mnemonics, secret in VECTORS if not secret]

    for mnemonics in refused:
        with pytest.raises(SheetError):
            join([mnemonic.split() for mnemonic in mnemonics])


def test_any_two_of_three_sheets_of_33_words_give_the_key_back() -> None:
    sheets = split(KEY)

    assert [len(words) for words in sheets] == [WORDS] * 3
    assert [join(pair) for pair in itertools.permutations(sheets, 2)] == [KEY] * 6


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32))
def test_every_secret_is_an_age_identity_that_opens(secret: bytes) -> None:
    key = Key(secret)
    parse_recipient(key.recipient)
    sealed = pyrage.encrypt(b"words", [pyrage.x25519.Recipient.from_str(key.recipient)])

    assert pyrage.decrypt(sealed, [join(split(key)[1:]).identity]) == b"words"


def test_a_key_is_never_shown_by_its_representation() -> None:
    assert KEY.secret.hex() not in repr(KEY)
    assert "SECRET" not in repr(KEY)


def refusal(sheets: list[list[str]]) -> str:
    with pytest.raises(SheetError) as refused:
        join(sheets)
    return refused.value.key


def test_one_sheet_opens_nothing() -> None:
    assert refusal(split(KEY)[:1]) == "one_sheet"


def test_the_same_sheet_twice_is_told() -> None:
    sheet = split(KEY)[0]

    assert refusal([sheet, sheet]) == "same_sheet"


def test_sheets_of_two_keys_are_told() -> None:
    assert refusal([split(KEY)[0], split(Key(bytes(32)))[1]]) == "two_keys"


def test_a_word_left_out_is_told() -> None:
    first, second, _ = split(KEY)

    assert refusal([first, second[:-1]]) == "word_count"


def test_two_words_in_each_others_place_are_told() -> None:
    first, second, _ = split(KEY)
    swapped = [*second[:9], second[10], second[9], *second[11:]]

    assert refusal([first, swapped]) == "checksum"


def test_the_sheets_of_somebodys_wallet_are_told() -> None:
    ((first, second, third, *_),) = generate_mnemonics(1, [(3, 5)], bytes(32))

    assert refusal([each.split() for each in (first, second, third)]) == "other_kind"


@pytest.mark.parametrize("typed", ["duck", "DUCKL", "duckling"])
def test_four_letters_of_a_word_are_enough(typed: str) -> None:
    assert complete(typed, place=1) == "duckling"


@pytest.mark.parametrize("typed", ["duc", "ducking", "ducklings", "үйрек", "", "7"])
def test_a_word_that_is_not_on_the_list_is_told_with_its_place(typed: str) -> None:
    with pytest.raises(SheetError) as refused:
        complete(typed, place=12)

    assert refused.value.key == "unknown_word"
    assert refused.value.details["place"] == 12


def test_words_near_a_mistyped_one_are_named() -> None:
    with pytest.raises(SheetError) as refused:
        complete("ducking", place=1)

    assert "duckling" in str(refused.value.details["near"])


def test_a_fingerprint_is_five_groups_of_four() -> None:
    assert [len(group) for group in fingerprint(KEY.recipient).split(" ")] == [4] * 5
