from collections import defaultdict
from collections.abc import Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from arasha.publications.table import THRESHOLD, exact, protected

YEARS = range(2020, 2024)
counts = st.dictionaries(st.sampled_from(YEARS), st.integers(0, 12))


def test_a_count_of_what_the_state_did_is_exact_also_when_it_is_small() -> None:
    row = exact({2021: 1, 2023: 17}, years=YEARS)

    assert row.years == {2020: 0, 2021: 1, 2022: 0, 2023: 17}
    assert row.total == 18


def test_one_small_count_of_people_takes_the_next_smallest_with_it() -> None:
    row = protected({2020: 40, 2021: 3, 2022: 9, 2023: 80}, years=YEARS)

    assert row.years == {2020: 40, 2021: None, 2022: None, 2023: 80}
    assert row.total == 132


def test_one_small_count_alone_takes_the_total_with_it() -> None:
    row = protected({2021: 3}, years=YEARS)

    assert row.years[2021] is None
    assert row.total is None


def test_two_counts_of_one_are_not_given_away_by_their_sum() -> None:
    row = protected({2021: 1, 2022: 1}, years=YEARS)

    assert row.total is None


def test_no_small_count_hides_nothing() -> None:
    row = protected({2021: THRESHOLD, 2022: 0}, years=YEARS)

    assert row.years == {2020: 0, 2021: THRESHOLD, 2022: 0, 2023: 0}
    assert row.total == THRESHOLD


@given(counts)
def test_no_small_count_of_people_is_shown(counted: Mapping[int, int]) -> None:
    shown = protected(counted, years=YEARS).years.values()

    assert not [value for value in shown if value is not None and 0 < value < THRESHOLD]


def test_no_subtraction_shows_a_hidden_count_also_not_to_who_knows_the_rule() -> None:
    """Every table of four years up to 9: what is published in one form leaves each cell two values."""
    alike: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counted in product(range(10), repeat=len(YEARS)):
        row = protected(dict(zip(YEARS, counted, strict=True)), years=YEARS)
        alike[(*row.years.values(), row.total)].append(counted)

    for form, tables in alike.items():
        hidden = [place for place, shown in enumerate(form[:-1]) if shown is None]
        assert all(len({table[place] for table in tables}) > 1 for place in hidden), form


@given(counts)
def test_what_is_shown_is_true(counted: Mapping[int, int]) -> None:
    row = protected(counted, years=YEARS)

    assert row.total in (None, sum(counted.values()))
    assert all(row.years[year] in (None, counted.get(year, 0)) for year in YEARS)
