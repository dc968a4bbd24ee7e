"""How alike two names are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import JaroWinkler

from arasha.engines.names import jaro_winkler, similarity

LETTERS = st.text("abeiklmnorstu", max_size=12)
NAME = st.lists(st.text("абдеилнорстуғқ", min_size=1, max_size=8), max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Серік Ахметов", "AKHMETOV SERIK", 1, 1),
        ("Серик Ахметов", "Серик Ахмедов", 0.95, 0.99),  # a typo
        ("Нұрлан Әбілқасымов", "Абилкасимов Нурлон", 0.9, 0.99),
        ("Касым-Жомарт Токаев", "Токаев Касымжомарт", 1, 1),
        ("Али Султан Ахметов", "Ахметов Алисултан Болатулы", 0.85, 0.9),
        ("Серик Ахметов", "Серик Болатович Ахметов", 0.85, 0.9),
        ("Ахметов С.", "Ахметов Серик", 0.85, 0.9),
        ("Серик Ахметов", "Серик", 0.6, 0.7),
        ("Ахметов Серик Болатович", "Ахметов Серик Маратович", 0.6, 0.7),
        ("Ахметова Дана Болатқызы", "Ахметова Дана Болатұлы", 0.6, 0.7),
        ("Ахметов С.", "Ахметов Д.", 0.5, 0.5),
        ("Ахметов Серик", "Ахметов Нурлан", 0.5, 0.5),
        ("Серік", "Серікбай", 0.8, 0.95),
        ("Ахметов Серик", "Мамедов Данияр", 0, 0),
        ("", "Ахметов", 0, 0),
        ("", "", 0, 0),
    ],
)
def test_names_are_as_alike_as_a_reader_would_say(
    one: str, other: str, least: float, most: float
) -> None:
    assert least <= similarity(one, other) <= most


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("martha", "marhta", 0.9611), ("dixon", "dicksonx", 0.8133), ("dwayne", "duane", 0.84)],
)
def test_jaro_winkler_of_the_literature(one: str, other: str, expected: float) -> None:
    assert jaro_winkler(one, other) == pytest.approx(expected, abs=1e-4)


@given(LETTERS, LETTERS)
def test_jaro_winkler_agrees_with_rapidfuzz(one: str, other: str) -> None:
    assert jaro_winkler(one, other) == pytest.approx(JaroWinkler.similarity(one, other))


@given(NAME, NAME)
def test_it_does_not_matter_who_is_named_first(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1


@given(NAME)
def test_a_name_is_wholly_like_itself(name: str) -> None:
    assert similarity(name, name) == (1 if name else 0)
