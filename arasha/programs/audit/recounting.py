"""The figures counted again from openings, by the definition of each indicator."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from arasha.programs.audit import cohorts
from arasha.programs.audit.openings import Opened, Release

ByYear = Mapping[int, int]
Counting = Callable[[Opened], Iterator[tuple[dt.date, int]]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that openings do not give; `year` None: the total."""

    indicator: str
    year: int | None
    published: int
    counted: int


def _decisions(kind: str) -> Counting:
    return lambda opened: ((each.day, 1) for each in opened.decisions if each.kind == kind)


def _persons(kind: str) -> Counting:
    return lambda opened: (
        (each.day, each.persons) for each in opened.decisions if each.kind == kind
    )


def _appeals(opened: Opened) -> Iterator[tuple[dt.date, int]]:
    return ((day, 1) for day in opened.appeals or ())


# As the release itself defines them; a test keeps these and the server's definitions together.
COUNTINGS: Mapping[str, Counting] = {
    "appeals_received": _appeals,
    "cases_registered": _decisions("registered"),
    "cases_sent_to_court": _decisions("sent_to_court"),
    "persons_sent_to_court": _persons("sent_to_court"),
    "persons_convicted": _persons("convicted"),
}


def not_recounted(release: Release, opened: Opened) -> list[str]:
    """Indicators for which nothing was opened, or that this program cannot count."""
    closed = {"appeals_received"} if opened.appeals is None else set()
    of_years = [code for code in release.years if code not in COUNTINGS or code in closed]
    cells = release.cohorts.cells if release.cohorts else ()
    return of_years + sorted({code for code, *_ in cells} - set(cohorts.RECOUNTED))


def differences(release: Release, opened: Opened) -> Iterator[Difference]:
    """Compare every number that is shown. A protected one is not known, so it cannot differ."""
    for code in release.years:
        if code in not_recounted(release, opened):
            continue
        counted = by_year(COUNTINGS[code], opened, until=release.as_of)
        shown = release.years[code]
        for year in sorted({*shown, *counted}):
            published = shown.get(year, 0)
            if published is not None and published != counted.get(year, 0):
                yield Difference(code, year, published, counted.get(year, 0))
        total = release.totals[code]
        if total is not None and total != sum(counted.values()):
            yield Difference(code, None, total, sum(counted.values()))
    yield from _in_cohorts(release, opened)


def _in_cohorts(release: Release, opened: Opened) -> Iterator[Difference]:
    if release.cohorts is None:
        return
    counted = cohorts.recounted(release.cohorts, opened, as_of=release.as_of)
    shown = release.cohorts.cells
    for cell in sorted({*shown, *counted}):
        code, year, group, ending = cell
        if code in cohorts.RECOUNTED and shown.get(cell, 0) != counted[cell]:
            name = f"{code} ({group}, {ending})" if ending else code
            yield Difference(name, year, shown.get(cell, 0), counted[cell])


def by_year(counting: Counting, opened: Opened, *, until: dt.date) -> ByYear:
    """What was decided or received up to a day, by year."""
    found = Counter[int]()
    for day, number in counting(opened):
        if day <= until:
            found[day.year] += number
    return found
