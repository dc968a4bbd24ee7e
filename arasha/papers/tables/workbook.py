"""Workbooks: values of cells, never their formulas; dates as days; a merged range in each of its cells."""

import datetime as dt
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any, TypeAlias
from xml.etree.ElementTree import ParseError

from lxml.etree import LxmlError
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from arasha.papers.archives import BombError, declares_entities, refuse_bombs
from arasha.papers.tables.model import Cell, Fault, Limits, Table, TableError
from arasha.papers.tables.shaping import cleaned, shaped

# What openpyxl lets through when a workbook is damaged or was made to hurt.
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ParseError, LxmlError),
    *(LookupError, TypeError, AttributeError, ValueError, ArithmeticError),
    *(NotImplementedError, RuntimeError, AssertionError),
)
MOST_LINES = 1_048_576  # of a sheet
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]{0,80}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"'
)
_CHUNK = 1 << 20
# openpyxl's types know only the way that keeps a whole workbook in memory.
Sheet: TypeAlias = Any
SheetCell: TypeAlias = Any
Place = tuple[int, int]


def read_xlsx(
    content: bytes, *, sheet: str | None, header_line: int | None, limits: Limits
) -> Table:
    """Return the table in a sheet of a workbook. Raises TableError; see `read_table`."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _refuse(archive, limits)
        return _read(content, sheet, header_line, limits)
    except TableError:
        raise
    except BombError as error:
        raise TableError("unpacks_too_large", str(error)) from error
    except DAMAGE as error:
        raise TableError(
            "unreadable", "the workbook is damaged: open it and save it anew"
        ) from error


def _refuse(archive: zipfile.ZipFile, limits: Limits) -> None:
    refuse_bombs(archive, most_bytes=limits.unpacked_bytes, most_times=limits.unpacked_times)
    names = {name.lower() for name in archive.namelist()}
    if "xl/workbook.xml" not in names:
        raise TableError("not_a_table", "the archive holds no workbook of the form .xlsx")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise TableError("not_a_table", "the workbook holds macros: save it as .xlsx")
    if declares_entities(archive):
        raise TableError("unreadable", "a part of the workbook declares entities")


def _read(content: bytes, name: str | None, header_line: int | None, limits: Limits) -> Table:
    book: Any = load_workbook(BytesIO(content), read_only=True, data_only=False)
    sheet = _sheet(book, name)
    faults: list[Fault] = []
    formulas: set[Place] = set()
    lines = dict(_lines(sheet, limits, faults, formulas))
    if formulas:
        _take_values(content, sheet.title, lines, formulas, faults)
    merged = _spread(book, sheet, lines, limits)
    table = shaped(sorted(lines.items()), header_line, limits)
    faults = sorted((*faults, *table.faults), key=lambda fault: (fault.line, fault.column))
    titles = tuple(each.title for each in book.worksheets)
    return replace(table, faults=tuple(faults), sheets=titles, merged=merged)


def _sheet(book: Any, name: str | None) -> Sheet:
    for sheet in book.worksheets:
        if sheet.title == name or (name is None and sheet.sheet_state == "visible"):
            sheet.reset_dimensions()  # what the file says of its size need not be true
            return sheet
    raise TableError("no_such_sheet", f"no sheet {name!r}" if name else "no visible sheet")


def _lines(
    sheet: Sheet, limits: Limits, faults: list[Fault], formulas: set[Place]
) -> Iterator[tuple[int, list[Cell]]]:
    """Each line that holds something."""
    found = 0
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        if len(cells) > limits.columns and any(
            cell.value is not None for cell in cells[limits.columns :]
        ):
            reason = f"more than {limits.columns} columns"
            raise TableError("too_many_columns", reason, line=line)
        values = [
            _value(cell, (line, column), limits, faults, formulas)
            for column, cell in enumerate(cells[: limits.columns], start=1)
        ]
        if any(value is not None for value in values):
            found += 1
            yield line, values
        if found > limits.rows + 1 or line > MOST_LINES:
            raise TableError("too_many_rows", f"more than {limits.rows} rows", line=line)


def _value(
    cell: SheetCell, place: Place, limits: Limits, faults: list[Fault], formulas: set[Place]
) -> Cell:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        formulas.add(place)
        return "="  # stands for a value that is looked up later
    if cell.data_type == "e":
        faults.append(Fault(*place, "error_value", str(value)[:40]))
        return None
    return _plain(value, place, limits, faults)


def _plain(value: object, place: Place, limits: Limits, faults: list[Fault]) -> Cell:
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time.min else value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if value is None or isinstance(value, bool | int | float | dt.date):
        return value
    return cleaned(str(value), *place, limits, faults)


def _take_values(
    content: bytes,
    title: str,
    lines: dict[int, list[Cell]],
    formulas: set[Place],
    faults: list[Fault],
) -> None:
    """Put the results that the spreadsheet's program kept in the place of the formulas."""
    sheet = _sheet(load_workbook(BytesIO(content), read_only=True, data_only=True), title)
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        for column, cell in enumerate(cells, start=1):
            if (line, column) in formulas:
                lines[line][column - 1] = _result(cell, (line, column), faults)


def _result(cell: SheetCell, place: Place, faults: list[Fault]) -> Cell:
    if cell.value is None:
        faults.append(Fault(*place, "formula_without_value"))
        return None
    if cell.data_type == "e":
        faults.append(Fault(*place, "error_value", str(cell.value)[:40]))
        return None
    return _plain(cell.value, place, Limits(), faults)


def _spread(book: Any, sheet: Sheet, lines: dict[int, list[Cell]], limits: Limits) -> int:
    """Put the value of each merged range into all its cells on lines that hold something else, too."""
    count = 0
    for reference in _merged_ranges(book, sheet):
        left, top, right, bottom = (edge or 0 for edge in range_boundaries(reference))
        if top not in lines:
            continue
        count += 1
        first = lines[top]
        value = first[left - 1] if left <= len(first) else None
        for line in range(top, min(bottom, top + limits.rows) + 1):
            if value is not None and line in lines:
                _put(lines[line], range(left, min(right, limits.columns) + 1), value)
    return count


def _put(cells: list[Cell], columns: range, value: Cell) -> None:
    cells.extend([None] * (columns.stop - 1 - len(cells)))
    for column in columns:
        cells[column - 1] = value


def _merged_ranges(book: Any, sheet: Sheet) -> list[str]:
    """openpyxl forgets them when it reads row by row."""
    found: list[str] = []
    tail = b""
    with book._archive.open(sheet._worksheet_path) as part:
        while chunk := part.read(_CHUNK):
            window = tail + chunk
            end = 0
            for match in _MERGED.finditer(window):
                found.append(match.group(1).decode())
                end = match.end()
            tail = window[
                max(end, len(window) - 200) :
            ]  # a tag may begin in this piece and end in the next
    return found
