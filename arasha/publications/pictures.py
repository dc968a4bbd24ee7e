"""Pictures of cohorts as whole numbers on a grid 320 wide: what a template only has to write down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.engines.figures import Axis, Count, funnel, summed
from arasha.publications.breaks import Break
from arasha.publications.cohorts import CONVICTED, ENDING_WORDS, STAGE_WORDS, STAGES

WIDTH = 320
LINE, STAGE_LINE = 40, 46
ROW, BREAK_ROW = 46, 34

# Of a year's bar, from its beginning: what is told apart where there is little room.
PARTS: Mapping[str, tuple[Promise, tuple[str, ...]]] = {
    "convicted": (_("Convicted"), (CONVICTED,)),
    "in_court": (_("Ended in court otherwise"), ("acquitted", "court_terminated")),
    "before_court": (_("Ended before court"), ("terminated", "joined", "passed_on")),
    "open": (_("Still open"), ("pending", "interrupted", "plea", "with_court")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A bar of a funnel: `y` is its top, `x` its beginning; `look`: stage, exit or open."""

    y: int
    x: int
    width: int
    name: str | Promise
    number: int
    look: str


@dataclass(frozen=True, slots=True)
class Funnel:
    height: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    x: int
    width: int
    part: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year's bar, or (`broken`) the breaks that lie in the year whose row follows."""

    y: int
    year: int
    number: int
    segments: tuple[Segment, ...]
    broken: Break | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    height: int
    rows: tuple[YearRow, ...]


def funnel_picture(stand: Mapping[str, Count]) -> Funnel:
    """Where the cases of one cohort went. Raises MixedUnitsError for endings of two units."""
    bars = funnel(stand, STAGES)
    axis = Axis.over(bar.count for bar in bars)
    lines: list[Line] = []
    y = 0
    for bar in bars:
        name = STAGE_WORDS[bar.code] if bar.is_stage else ENDING_WORDS[bar.code]
        x = round(axis.place(bar.begins, WIDTH))
        end = round(axis.place(bar.begins + bar.count, WIDTH))
        lines.append(Line(y, x, end - x, name, bar.count.number, _look(bar.code, bar.is_stage)))
        y += STAGE_LINE if bar.is_stage else LINE
    return Funnel(y, tuple(lines))


def overview_picture(years: Mapping[int, Mapping[str, Count]], broken: Sequence[Break]) -> Overview:
    """Every year as one bar of all its cases, and the breaks before the years in which they lie."""
    rows: list[YearRow] = []
    y = 0
    for year in sorted(years):
        for each in (each for each in broken if each.day.year == year):
            rows.append(YearRow(y, year, 0, (), broken=each))
            y += BREAK_ROW
        whole = summed(years[year].values(), "case")
        rows.append(YearRow(y, year, whole.number, _segments(years[year], whole)))
        y += ROW
    return Overview(y, tuple(rows))


def parts_of(stand: Mapping[str, Count]) -> dict[str, Count]:
    """The four parts of a year's bar."""
    return {
        part: summed((stand[ending] for ending in endings), "case")
        for part, (_name, endings) in PARTS.items()
    }


def _segments(stand: Mapping[str, Count], whole: Count) -> tuple[Segment, ...]:
    """Ends are rounded, not widths: the segments fill the bar."""
    axis, reached = Axis.over([whole]), Count(0, whole.unit)
    ends = [0]
    for count in parts_of(stand).values():
        reached = reached + count
        ends.append(round(axis.place(reached, WIDTH)))
    pairs = zip(PARTS, pairwise(ends), strict=True)
    return tuple(Segment(x, end - x, part) for part, (x, end) in pairs if end > x)


def _look(code: str, is_stage: bool) -> str:
    if is_stage:
        return "stage"
    return "open" if code in PARTS["open"][1] else "exit"
