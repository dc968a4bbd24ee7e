"""One key for a name: in tables, then as properties."""

import random  # noqa: TID251 - hypothesis seeds what it shuffles
import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.names import LONGEST, fold, initials, keys
from arasha.engines.names.folding import MOST_WORDS
from tests.engines.names.vectors import ALIKE, ALIKE_WHOLE, APART

WORD = st.text("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", min_size=1, max_size=12) | st.text(
    "abcdefghijklmnopqrstuvwxyzäöüūğñşáǵńóúý'", min_size=1, max_size=12
)
NAME = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
ENDING_ALONE = re.compile(r"\b(uli|kizi|ogli|oglu)\b")


@pytest.mark.parametrize("spellings", ALIKE)
def test_every_spelling_of_a_name_has_one_key(spellings: str) -> None:
    assert len({fold(spelling) for spelling in spellings.split()}) == 1


@pytest.mark.parametrize("spellings", ALIKE_WHOLE)
def test_a_whole_name_has_one_key_in_any_order_with_any_stains(spellings: str) -> None:
    assert len({fold(spelling) for spelling in spellings.split(" | ")}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_names_keep_two_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_names_of_the_table_do_not_run_together() -> None:
    folded = [fold(spellings.split()[0]) for spellings in ALIKE]

    assert all(one != other for one, other in combinations(folded, 2))


def test_a_key_is_plain_and_sorted() -> None:
    assert keys("Серик Болатович АХМЕТОВ") == ("ahmetov", "bolatuli", "serik")
    assert fold("Шоқан") == "shokan"
    assert fold("") == fold(" \t-—\x00") == ""


def test_initials_agree_with_the_full_name() -> None:
    assert initials("Ахметов С. Б.") == initials("Сабит Ахметов Болатұлы") == "abs"


def test_another_script_is_kept_as_it_is() -> None:
    assert fold("王伟") == "王伟"
    assert fold("გიორგი") == "გიორგი"


@given(st.text(max_size=60) | NAME | st.text(st.characters(categories=["Cs", "Mn", "Lo", "Cc"])))
def test_any_text_folds_to_a_bounded_key_that_folds_to_itself(text: str) -> None:
    key = fold(text)

    assert fold(key) == key
    assert len(key) <= LONGEST
    assert len(keys(text)) <= MOST_WORDS


@given(NAME)
def test_case_changes_nothing(name: str) -> None:
    assert fold(name.upper()) == fold(name.title()) == fold(name)


@given(NAME, st.randoms(use_true_random=False))
def test_order_changes_nothing(name: str, chance: random.Random) -> None:
    words = [word for word in name.split() if not ENDING_ALONE.search(fold(f"a {word}"))]
    if any(fold(word) in {"uli", "kizi", "ogli", "oglu"} for word in words):
        return  # an ending that stands alone belongs to the word before it
    shuffled = chance.sample(words, len(words))

    assert fold(" ".join(shuffled)) == fold(" ".join(words))


def test_a_name_of_a_million_letters_is_read_to_its_bound() -> None:
    assert len(fold("щ" * 1_000_000)) == len("sh")
    assert len(fold("цщ" * 1_000_000)) <= LONGEST
    assert len(keys("а б в г д " * 1_000_000)) == MOST_WORDS
