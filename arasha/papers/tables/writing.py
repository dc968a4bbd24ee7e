"""Tables as spreadsheets open them: CSV that Excel reads right and runs nothing of, XLSX without formulas."""

import csv
import datetime as dt
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from arasha.papers.archives import settled
from arasha.papers.tables.guarding import guarded
from arasha.papers.tables.model import Cell

_MARK = "\ufeff"  # without it Excel takes UTF-8 for the old encoding of its country
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MOMENT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_WIDEST = 60


def table_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the table as CSV: UTF-8 with its mark, commas, CR LF (RFC 4180), no cell that would be run."""
    target = StringIO(newline="")
    target.write(_MARK)
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([_text(name) for name in header])
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return target.getvalue().encode()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(_UNWRITABLE.sub("", cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def table_xlsx(
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str,
    more: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]] = (),
) -> bytes:
    """Return the table as a workbook of one sheet; equal tables give equal bytes.

    `more`: further sheets as (title, header, rows). Every text is a text, also one that begins with =. A datetime with an offset is a ValueError: turn it
    to the clock of the place first.
    """
    book = Workbook(write_only=True)
    for name, heads, body in ((title, header, rows), *more):
        _add_sheet(book, name, heads, body)
    target = BytesIO()
    book.save(target)
    return settled(target.getvalue(), {"docProps/core.xml": lambda xml: _MOMENT.sub(b"", xml)})


def _add_sheet(
    book: Workbook, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    sheet = book.create_sheet(_IN_TITLE.sub(" ", title)[:31].strip())
    lines = [list(row) for row in rows]
    for column, width in enumerate(_widths(header, lines), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, name) for name in header])
    for line in lines:
        sheet.append([_cell(sheet, cell) for cell in line])


def _heading(sheet: WriteOnlyWorksheet, name: str) -> SheetCell:
    cell = _cell(sheet, name)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E8EDEE")
    cell.border = Border(bottom=Side("thin", color="12333F"))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Cell) -> SheetCell:
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet)
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = (
                "yyyy-mm-dd hh:mm" if isinstance(value, dt.datetime) else "yyyy-mm-dd"
            )
        return cell
    cell = WriteOnlyCell(sheet, _UNWRITABLE.sub("", value))
    cell.data_type = "s"  # openpyxl takes a leading = for a formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _widths(header: Sequence[str], lines: Sequence[Sequence[Cell]]) -> list[int]:
    """Of the columns, in letters: as wide as what stands in it, within reason."""
    found = [len(name) // 2 + 2 for name in header]
    for line in lines[:500]:
        for column, cell in enumerate(line[: len(found)]):
            found[column] = max(found[column], len(str(cell or "")) + 2)
    return [min(max(width, 8), _WIDEST) for width in found]
