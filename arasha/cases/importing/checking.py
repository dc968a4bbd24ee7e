"""A whole table: every line read, and what can be seen only by looking at all of them."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from arasha.cases.importing.lines import Line, Remark
from arasha.cases.importing.places import Places
from arasha.cases.importing.reading import ColumnMap, Reader
from arasha.engines.names import fold
from arasha.papers.tables import Table
from arasha.references import fold_number

COURT = "court"  # pack: the register of a court's numbers


@dataclass(slots=True)
class Checked:
    """`lines`: those that may come in, in the table's order."""

    total: int
    lines: list[Line]
    remarks: list[Remark]
    refused: set[int] = field(default_factory=set)

    @property
    def with_warnings(self) -> int:
        warned = {remark.line for remark in self.remarks if not remark.is_error}
        return len(warned - self.refused)


def check(table: Table, mapping: ColumnMap, *, places: Places, today: dt.date) -> Checked:
    """Read every line; a number that stands twice is refused the second time."""
    reader, seen = Reader(mapping, places, today), set[tuple[str, str]]()
    lines, remarks = [], list(_faults(table, mapping))
    for row in table.rows:
        line, said = reader.read(row)
        remarks += said
        for register, number, where in numbers_of(line):
            if (register, number) in seen:
                remarks.append(_on(mapping, line, "number_twice", where))
            seen.add((register, number))
        lines.append(line)
    remarks += _namesakes(mapping, lines)
    return _sorted(len(table.rows), lines, remarks)


def with_known(checked: Checked, mapping: ColumnMap, known: Collection[tuple[str, str]]) -> Checked:
    """The same, when it is known which of its numbers the register has already."""
    taken = [
        _on(mapping, line, "number_known", where)
        for line in checked.lines
        for register, number, where in numbers_of(line)
        if (register, number) in known
    ]
    return _sorted(checked.total, checked.lines, [*checked.remarks, *taken]) if taken else checked


def numbers_of(line: Line) -> Iterator[tuple[str, str, str]]:
    """Register, folded number and field of every number of a line."""
    if folded := fold_number(line.number):
        yield line.register, folded, "number"
    if folded := fold_number(line.court_number):
        yield COURT, folded, "court_number"


def _faults(table: Table, mapping: ColumnMap) -> Iterator[Remark]:
    """Cells that could not be read, where a field of ours stands."""
    used = {heading: code for code, heading in mapping.columns.items()}
    for fault in table.faults:
        heading = (
            mapping.headings[fault.column - 1] if fault.column <= len(mapping.headings) else ""
        )
        if heading in used:
            yield Remark(fault.line, "cell_unreadable", used[heading], heading, fault.value[:80])


def _namesakes(mapping: ColumnMap, lines: list[Line]) -> Iterator[Remark]:
    """Two victims of one name, in whatever script: two people, or one case twice."""
    seen: dict[str, int] = {}
    for line in lines:
        for name in {
            fold(each.name) for each in line.people if each.role == "victim" and each.name
        }:
            if seen.setdefault(name, line.line) != line.line:
                yield _on(
                    mapping, line, "namesake", "victims", value=str(seen[name]), is_error=False
                )


def _on(
    mapping: ColumnMap,
    line: Line,
    code: str,
    where: str,
    *,
    value: str = "",
    is_error: bool = True,
) -> Remark:
    shown = value or str(getattr(line, where, ""))[:80]
    return Remark(line.line, code, where, mapping.columns.get(where, ""), shown, is_error)


def _sorted(total: int, lines: list[Line], remarks: list[Remark]) -> Checked:
    refused = {remark.line for remark in remarks if remark.is_error}
    taken = [line for line in lines if line.line not in refused]
    remarks = sorted(remarks, key=lambda remark: (remark.line, not remark.is_error))
    return Checked(total, taken, remarks, refused)
