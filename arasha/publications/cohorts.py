"""What a release says of cohorts: cases by the year of their registration, and how they stand now.

All of it is what the state did, in cases, and exact. Persons are in no cohort: one case may have many.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.actors import FIGURES
from arasha.cases import cohorts
from arasha.cases.cohorts import DAY, ENDINGS, NOT_CLASSIFIED, ByMonth, Group
from arasha.country import country, midnight
from arasha.engines.figures import Count, Stage, Unit, summed
from arasha.publications.errors import TotalsDisagreeError

BY_ENDING = "cases_by_ending"
IN_COURT, FROM_TORTURE, AWAY_FROM_TORTURE, BARRED_RELIEF = (
    "cases_ever_in_court",
    "cases_opened_as_torture",
    "cases_opened_as_torture_reclassified",
    "cases_with_barred_relief",
)

ENDING_WORDS: Mapping[str, Promise] = {
    "pending": _("Pending"),
    "with_court": _("With the court"),
    "passed_on": _("Passed on without registration"),
    "joined": _("Joined to another case"),
    "interrupted": _("Interrupted"),
    "terminated": _("Terminated"),
    "plea": _("Plea agreement, not judged yet"),
    "court_terminated": _("Terminated by the court"),
    "acquitted": _("Acquitted"),
    "convicted": _("Convicted"),
}
REGISTERED, TO_COURT, CONVICTED = "registered", "to_court", "convicted"
STAGES = (
    Stage(REGISTERED, ("pending", "interrupted", "passed_on", "joined", "terminated", "plea")),
    Stage(TO_COURT, ("with_court", "court_terminated", "acquitted")),
    Stage(CONVICTED, ()),
)
STAGE_WORDS: Mapping[str, Promise] = {
    REGISTERED: _("Registered"),
    TO_COURT: _("With the court or judged"),
    CONVICTED: _("Convicted"),
}
# In the order in which a table and a funnel tell them.
IN_ORDER = (*(each for stage in STAGES for each in stage.exits), CONVICTED)


@dataclass(frozen=True, slots=True)
class CohortIndicator:
    code: str
    unit: Unit
    name: Promise
    rule: Promise


INDICATORS = (
    CohortIndicator(
        BY_ENDING,
        "case",
        _("How the cases of a year stand"),
        _(
            "Cases by the year in which they were first registered and by their last decision that says how they stand. Every case counts once; who was revived, returned or joined stands by the last such decision."
        ),
    ),
    CohortIndicator(
        IN_COURT,
        "case",
        _("Sent to court at any time"),
        _("Of these cases, those that were sent to court once or more, whatever became of them."),
    ),
    CohortIndicator(
        FROM_TORTURE,
        "case",
        _("Opened as torture"),
        _("Of these cases, those whose first signed classification is torture."),
    ),
    CohortIndicator(
        AWAY_FROM_TORTURE,
        "case",
        _("Opened as torture, reclassified"),
        _("Of the cases opened as torture, those whose classification in force is another."),
    ),
    CohortIndicator(
        BARRED_RELIEF,
        "case",
        _("Relief granted that the law bars"),
        _(
            "Of these cases, those in which a way out of punishment was granted that the rules of that day barred."
        ),
    ),
)
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
# Told of a whole year, beside its endings.
OF_A_YEAR = tuple(indicator for indicator in INDICATORS if indicator.code != BY_ENDING)


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One number. `ending` empty: the indicator tells neither endings nor kinds apart."""

    indicator: str
    year: int
    group: Group
    ending: str
    value: int

    @property
    def count(self) -> Count:
        return Count(self.value, BY_CODE[self.indicator].unit)

    def as_data(self) -> dict[str, object]:
        return {
            "indicator": self.indicator,
            "unit": BY_CODE[self.indicator].unit,
            "year": self.year,
            "as": str(self.group) if self.ending else None,
            "ending": self.ending or None,
            "value": self.value,
        }


def counted(*, until: dt.date) -> list[Cell]:
    """Every cell as it would be released, in order. Raises TotalsDisagreeError."""
    found = [*_by_ending(until), *_of_years(until)]
    total = cohorts.registered(viewer=FIGURES, until=until)
    in_cells = sum(cell.value for cell in found if cell.indicator == BY_ENDING)
    if in_cells != total:
        name = BY_CODE[BY_ENDING].name
        raise TotalsDisagreeError(indicator=name, sum=in_cells, total=total)
    return sorted(found)


def rule(*, until: dt.date) -> dict[str, Any]:
    """By which rule the cells were counted, for whoever recounts them: part of what the leaf commits to."""
    kinds = country().procedure.kinds.values()
    return {
        "until": midnight(until + DAY).astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "begins": cohorts.BEGINS,
        "endings": {kind.code: kind.ends for kind in kinds if kind.ends},
        "enters_court": sorted(kind.code for kind in kinds if kind.court == "enters"),
        "torture": cohorts.TORTURE,
    }


def by_ending(cells: Iterable[Cell]) -> dict[str, Count]:
    """Every ending, also where there is none of it."""
    found: dict[str, Count] = {each: Count(0, BY_CODE[BY_ENDING].unit) for each in ENDINGS}
    for cell in cells:
        if cell.indicator == BY_ENDING:
            found[cell.ending] = found[cell.ending] + cell.count
    return found


def of_year(cells: Iterable[Cell], indicator: str, year: int) -> Count:
    """A number of a whole year that tells no endings apart."""
    same = (cell.count for cell in cells if (cell.indicator, cell.year) == (indicator, year))
    return summed(same, BY_CODE[indicator].unit)


def _by_ending(until: dt.date) -> list[Cell]:
    found = Counter[tuple[int, Group, str]]()
    for each in cohorts.standings(viewer=FIGURES, until=until):
        found[int(each.month[:4]), each.group, each.ending] += each.cases
    return [Cell(BY_ENDING, *of, value=number) for of, number in found.items()]


def _of_years(until: dt.date) -> list[Cell]:
    opened, reclassified = cohorts.opened_as_torture(viewer=FIGURES, until=until)
    countings: dict[str, ByMonth] = {
        IN_COURT: cohorts.ever_in_court(viewer=FIGURES, until=until),
        FROM_TORTURE: opened,
        AWAY_FROM_TORTURE: reclassified,
        BARRED_RELIEF: cohorts.with_barred_relief(viewer=FIGURES, until=until),
    }
    return [
        Cell(code, year, NOT_CLASSIFIED, "", number)
        for code, by_month in countings.items()
        for year, number in _by_year(by_month).items()
    ]


def _by_year(by_month: ByMonth) -> Counter[int]:
    found = Counter[int]()
    for month, number in by_month.items():
        found[int(month[:4])] += number
    return found
