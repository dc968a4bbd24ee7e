"""Outgoing numbers: a pattern that could give one number twice is refused."""

import pytest

from arasha.engines.documents import NumberError, number, pattern_fault


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{index}-{seq:04d}-{year}", "5-12-0007-2024"),
        ("{year}/{seq}", "2024/7"),
        ("№ {index}.{seq:02d}.{year}", "№ 5-12.07.2024"),
    ],
)
def test_a_pattern_and_a_count_give_a_number(pattern: str, expected: str) -> None:
    assert pattern_fault(pattern) is None
    assert number(pattern, index="5-12", seq=7, year=2024) == expected


def test_a_count_beyond_its_digits_is_not_cut() -> None:
    assert number("{seq:02d}-{year}", index="x", seq=12345, year=2024) == "12345-2024"


@pytest.mark.parametrize(
    "pattern",
    ["{index}-{year}", "{seq}", "", "{seq}-{year}-{person}", "{seq}{year}{", "{seq!r}{year}"],
)
def test_a_pattern_that_cannot_number_is_refused(pattern: str) -> None:
    with pytest.raises(NumberError, match="pattern"):
        number(pattern, index="1", seq=1, year=2024)


@pytest.mark.parametrize(("index", "seq", "year"), [("a|b", 1, 2024), ("a", 0, 2024), ("a", 1, 24)])
def test_a_part_that_is_none_is_refused(index: str, seq: int, year: int) -> None:
    with pytest.raises(NumberError):
        number("{index}-{seq}-{year}", index=index, seq=seq, year=year)
