"""Cohorts as a page tells them: pictures, their tables, and the names of what is told apart."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.cases.cohorts import NOT_CLASSIFIED, Group
from arasha.country import country, term
from arasha.engines.figures import Count, summed
from arasha.publications import cohorts
from arasha.publications.breaks import Break, breaks
from arasha.publications.cohorts import BY_ENDING, ENDING_WORDS, IN_ORDER, OF_A_YEAR, Cell
from arasha.publications.pictures import (
    PARTS,
    Funnel,
    Overview,
    funnel_picture,
    overview_picture,
    parts_of,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: numbers under the names of its head, and the sum of them."""

    name: str | Promise
    cells: list[tuple[str | Promise, int]]
    total: int


@dataclass(frozen=True, slots=True)
class Year:
    """A cohort. `rows`: what its cases are in law; `others`: numbers that tell no endings apart."""

    year: int
    number: int
    funnel: Funnel
    rows: list[Row]
    others: list[tuple[Promise, int]]


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that a page says of cohorts, the newest year first."""

    years: list[Year]
    overview: Overview
    parts: dict[str, Promise]
    table: list[Row]
    endings: list[Promise]
    breaks: list[Break]


def told(cells: Sequence[Cell]) -> Told | None:
    """None: there is no cohort."""
    years = sorted({cell.year for cell in cells if cell.indicator == BY_ENDING})
    if not years:
        return None
    stands = {
        year: cohorts.by_ending(cell for cell in cells if cell.year == year) for year in years
    }
    broken = breaks(first=years[0], last=years[-1])
    return Told(
        years=[_year(year, stands[year], cells) for year in reversed(years)],
        overview=overview_picture(stands, broken),
        parts={part: name for part, (name, _endings) in PARTS.items()},
        table=[_parts(year, stands[year]) for year in years],
        endings=[ENDING_WORDS[ending] for ending in IN_ORDER],
        breaks=broken,
    )


def name_of(group: Group) -> str:
    """What a case is in law, in the reader's language: as the national form names it, if it does."""
    if group == NOT_CLASSIFIED:
        return _("Not classified yet")
    since = dt.date.fromisoformat(group.from_day) if group.from_day else None
    row = country().statistics.row_of(group.provision, since, group.conduct)
    if not row.rest:
        return row.name.in_(get_language() or "en")
    words = {
        "conduct": term("conducts", group.conduct),
        "provision": group.provision,
        "day": group.from_day,
    }
    if not group.provision:
        return _("%(conduct)s: the provision is not determined") % words
    if not group.from_day:
        return _("%(conduct)s: %(provision)s") % words
    return _("%(conduct)s: %(provision)s, wording of %(day)s") % words


def rows_by_group(cells: Iterable[Cell]) -> list[Row]:
    """All cases first, then each kind in law with every ending, also where there is none."""
    of_group: dict[Group, list[Cell]] = {}
    for cell in cells:
        if cell.indicator == BY_ENDING:
            of_group.setdefault(cell.group, []).append(cell)
    everything = [cell for found in of_group.values() for cell in found]
    groups = sorted(of_group, key=lambda group: (group == NOT_CLASSIFIED, group))
    return [
        _row(_("All cases"), everything),
        *(_row(name_of(group), of_group[group]) for group in groups),
    ]


def _row(name: str, cells: Iterable[Cell]) -> Row:
    stand = cohorts.by_ending(cells)
    told = [(ENDING_WORDS[ending], stand[ending].number) for ending in IN_ORDER]
    return Row(name, [(str(each), number) for each, number in told], _all(stand))


def _year(year: int, stand: Mapping[str, Count], cells: Sequence[Cell]) -> Year:
    mine = [cell for cell in cells if cell.year == year]
    return Year(
        year=year,
        number=_all(stand),
        funnel=funnel_picture(stand),
        rows=rows_by_group(mine),
        others=[(each.name, cohorts.of_year(mine, each.code, year).number) for each in OF_A_YEAR],
    )


def _parts(year: int, stand: Mapping[str, Count]) -> Row:
    parts = parts_of(stand)
    return Row(str(year), [(PARTS[part][0], parts[part].number) for part in PARTS], _all(stand))


def _all(stand: Mapping[str, Count]) -> int:
    return summed(stand.values(), cohorts.BY_CODE[BY_ENDING].unit).number
