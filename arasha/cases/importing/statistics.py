"""A filled form of the national statistics: read by the words of its rows and columns, never corrected."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from arasha.cases.importing.cells import UnreadCellError, text_of
from arasha.cases.importing.guessing import columns_of, folded
from arasha.country import country
from arasha.packs.statistics import Column, Row
from arasha.papers.tables import Cell, Table

LARGEST = 1_000_000


class Place(NamedTuple):
    """A cell of the form: codes of its row and column."""

    row: str
    column: str


@dataclass(slots=True)
class Form:
    """`unknown`: headings and words of rows that are none of ours; `faults`: cells that are no number."""

    figures: dict[Place, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)


class Mismatch(NamedTuple):
    """A total that is not the sum of its parts: 461, and 422 + 33."""

    place: Place
    told: int
    parts: tuple[int, ...]


def read_form(table: Table) -> Form:
    """The first column names the row; the headings name the columns."""
    form, columns = Form(), _known(country().statistics.columns)
    rows, headings = _known(country().statistics.rows), columns_of(table)
    form.unknown += [name for name in headings[1:] if folded(name) not in columns]
    for line in table.rows:
        row = rows.get(folded(text_of(line.cells[0])))
        if row is None:
            form.unknown.append(text_of(line.cells[0])[:80])
            continue
        for heading, cell in zip(headings[1:], line.cells[1:], strict=True):
            if column := columns.get(folded(heading)):
                _keep(form, Place(row, column), line.line, heading, cell)
    return form


def mismatches(figures: Mapping[Place, int]) -> list[Mismatch]:
    """Reported and never corrected: whoever sent the form answers for its sums."""
    return list(_mismatches(figures))


def _mismatches(figures: Mapping[Place, int]) -> Iterator[Mismatch]:
    form = country().statistics
    for place, told in figures.items():
        for parts in (
            [Place(row, place.column) for row in form.rows[place.row].sums],
            [Place(place.row, column) for column in form.columns[place.column].sums],
        ):
            there = tuple(figures[part] for part in parts if part in figures)
            if parts and len(there) == len(parts) and sum(there) != told:
                yield Mismatch(place, told, there)


def _keep(form: Form, place: Place, line: int, heading: str, cell: Cell) -> None:
    text = text_of(cell).replace(" ", "").replace("\u00a0", "")
    if text in {"", "-", "–", "—"}:
        return
    try:
        form.figures[place] = _number(text)
    except UnreadCellError:
        form.faults.append((line, heading, text[:80]))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) <= LARGEST):
        raise UnreadCellError("count_unreadable")
    return int(text)


def _known(parts: Mapping[str, Row] | Mapping[str, Column]) -> dict[str, str]:
    """By code and by name in each language; what two have in common names neither."""
    found: dict[str, str] = {}
    for code, part in parts.items():
        for words in (code, *(part.name.in_(language.code) for language in country().languages)):
            key = folded(words)
            found[key] = code if found.get(key, code) == code else ""
    return found
