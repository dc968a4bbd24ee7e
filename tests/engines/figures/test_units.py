import pytest

from arasha.engines.figures import Axis, Count, MixedUnitsError, summed

CASES, PERSONS = Count(35, "case"), Count(17, "person")


def test_cases_and_persons_are_never_added() -> None:
    with pytest.raises(MixedUnitsError, match="different units and never meet: case, person"):
        CASES + PERSONS


def test_cases_and_persons_are_never_subtracted_or_compared() -> None:
    for attempt in (lambda: CASES - PERSONS, lambda: CASES < PERSONS, lambda: CASES <= PERSONS):
        with pytest.raises(MixedUnitsError):
            attempt()


def test_two_units_never_stand_on_one_axis() -> None:
    with pytest.raises(MixedUnitsError):
        Axis.over([CASES, PERSONS])
    with pytest.raises(MixedUnitsError):
        Axis.over([CASES]).place(PERSONS, 100)


def test_facts_are_no_cases_also_where_there_are_none() -> None:
    with pytest.raises(MixedUnitsError):
        summed([Count(0, "fact")], "case")


def test_one_unit_is_summed_and_drawn() -> None:
    axis = Axis.over([CASES, Count(70, "case")])

    assert summed([CASES, CASES], "case") == Count(70, "case")
    assert (axis.most, axis.place(CASES, 200)) == (70, 100)


def test_an_axis_of_nothing_is_one_long_and_an_axis_without_counts_is_refused() -> None:
    assert Axis.over([Count(0, "case")]).place(Count(0, "case"), 200) == 0
    with pytest.raises(ValueError, match="at least one count"):
        Axis.over([])
