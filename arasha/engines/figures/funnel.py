"""A funnel: what is left after each stage, and by which endings the rest left it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from arasha.engines.figures.units import Count, summed


class UnevenFunnelError(ValueError):
    """The endings do not cover the stages exactly: something would be lost or counted twice."""


@dataclass(frozen=True, slots=True)
class Stage:
    """`exits`: the endings by which it is left for good, in the order in which they are told."""

    code: str
    exits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a funnel. A stage begins at 0; an exit stands at the end of what was left before it.

    `begins`: how many are left after it; `count`: how many it holds.
    """

    code: str
    count: Count
    begins: Count
    is_stage: bool


def funnel(counts: Mapping[str, Count], stages: Sequence[Stage]) -> tuple[Bar, ...]:
    """The bars from the first stage to the last: each stage is the one before less its exits.

    Every ending in `counts` must be an exit of one stage or the code of the last stage, whose count is what
    is left in the end. Raises UnevenFunnelError, and MixedUnitsError for endings of two units.
    """
    last = stages[-1].code
    codes = [code for stage in stages for code in stage.exits] + [last]
    if sorted(codes) != sorted(counts):
        raise UnevenFunnelError(f"endings {sorted(counts)} do not fit the stages' {sorted(codes)}")
    unit = counts[last].unit
    left = summed(counts.values(), unit)
    bars: list[Bar] = []
    for stage in stages:
        bars.append(Bar(stage.code, left, Count(0, unit), is_stage=True))
        for code in stage.exits:
            left = left - counts[code]
            bars.append(Bar(code, counts[code], left, is_stage=False))
    return tuple(bars)
