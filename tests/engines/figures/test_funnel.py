from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.figures import Count, MixedUnitsError, Stage, UnevenFunnelError, funnel

STAGES = (
    Stage("registered", ("pending", "terminated")),
    Stage("court", ("acquitted",)),
    Stage("convicted", ()),
)
ENDINGS = ("pending", "terminated", "acquitted", "convicted")
counted = st.fixed_dictionaries({ending: st.integers(0, 900) for ending in ENDINGS})


def cases(numbers: Mapping[str, int]) -> dict[str, Count]:
    return {ending: Count(number, "case") for ending, number in numbers.items()}


def test_each_stage_is_the_one_before_less_its_exits() -> None:
    bars = funnel(cases({"pending": 5, "terminated": 60, "acquitted": 18, "convicted": 17}), STAGES)

    assert [(bar.code, bar.count.number) for bar in bars if bar.is_stage] == [
        ("registered", 100),
        ("court", 35),
        ("convicted", 17),
    ]
    assert [(bar.begins.number, bar.count.number) for bar in bars if not bar.is_stage] == [
        (95, 5),
        (35, 60),
        (17, 18),
    ]


@given(counted)
def test_stages_never_grow_and_every_case_is_in_one_ending(numbers: dict[str, int]) -> None:
    bars = funnel(cases(numbers), STAGES)

    stages = [bar.count.number for bar in bars if bar.is_stage]
    exits = [bar.count.number for bar in bars if not bar.is_stage]
    assert all(before >= after for before, after in pairwise(stages))
    assert stages[0] == sum(exits) + stages[-1] == sum(numbers.values())


@pytest.mark.parametrize("change", [{"lost": 1}, {"pending": None}])
def test_an_ending_that_no_stage_knows_or_that_is_missing_is_refused(
    change: dict[str, int | None],
) -> None:
    numbers = {**dict.fromkeys(ENDINGS, 1), **change}
    known = {ending: number for ending, number in numbers.items() if number is not None}

    with pytest.raises(UnevenFunnelError, match="do not fit"):
        funnel(cases(known), STAGES)


def test_persons_among_cases_are_refused() -> None:
    counts = cases(dict.fromkeys(ENDINGS, 1)) | {"acquitted": Count(1, "person")}

    with pytest.raises(MixedUnitsError):
        funnel(counts, STAGES)
