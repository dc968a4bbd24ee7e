"""Cohorts counted again from the acts of each case, by the rule that the release itself publishes."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from arasha.programs.audit.openings import CellOf, Classified, Cohorts, Decided, Opened

BY_ENDING = "cases_by_ending"
IN_COURT, FROM_TORTURE = "cases_ever_in_court", "cases_opened_as_torture"
AWAY_FROM_TORTURE = "cases_opened_as_torture_reclassified"
# A relief is in no journal entry: cases_with_barred_relief cannot be counted again.
RECOUNTED = (BY_ENDING, IN_COURT, FROM_TORTURE, AWAY_FROM_TORTURE)
NOT_CLASSIFIED = "- - -"

Course = Sequence[Decided | Classified]


def recounted(cohorts: Cohorts, opened: Opened, *, as_of: dt.date) -> Counter[CellOf]:
    """What the opened acts give, cell by cell."""
    courses = opened.courses.values()
    return Counter(cell for course in courses for cell in _cells(cohorts, course, as_of))


def _cells(cohorts: Cohorts, course: Course, as_of: dt.date) -> Iterator[CellOf]:
    """The cells in which one case counts; none if it was not registered by then."""
    decided = [act for act in course if isinstance(act, Decided) and act.day <= as_of]
    signed = [act for act in course if isinstance(act, Classified) and act.at < cohorts.until]
    begun = next((act for act in decided if act.kind == cohorts.begins), None)
    if begun is None:
        return
    year, group = begun.day.year, signed[-1].group if signed else NOT_CLASSIFIED
    endings = [cohorts.endings[act.kind] for act in decided if act.kind in cohorts.endings]
    yield BY_ENDING, year, group, endings[-1]
    if any(act.kind in cohorts.enters_court for act in decided):
        yield IN_COURT, year, "", ""
    if signed and signed[0].conduct == cohorts.torture:
        yield FROM_TORTURE, year, "", ""
        if signed[-1].conduct != cohorts.torture:
            yield AWAY_FROM_TORTURE, year, "", ""
