"""What a table is, once it is read: a header, rows that know their line, and what is wrong with some of them."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

# A datetime is the wall clock that somebody typed into a sheet: it has no offset.
Cell = str | int | float | bool | dt.date | dt.datetime | None

Refusal = Literal[
    "empty",  # no header and no row
    "too_large",  # more bytes than the limit
    "too_many_rows",
    "too_many_columns",
    "unpacks_too_large",  # an archive that would fill the memory
    "old_or_locked",  # .xls of before 2007, or a workbook with a password
    "not_a_table",  # a picture, a PDF, a workbook with macros
    "unreadable",  # damaged, or not what its name says
    "encoding",
    "quotes",  # a quoted text that does not end
    "no_such_sheet",
]
FaultCode = Literal[
    "more_cells_than_header",
    "formula_without_value",  # the program that wrote the sheet did not keep the result
    "error_value",  # #REF!, #N/A
    "cell_too_long",
    "unreadable_cell",
]


class TableError(ValueError):
    """A file that is refused as a whole. `line` is 0 where no line can be named."""

    def __init__(self, code: Refusal, message: str, *, line: int = 0) -> None:
        self.code = code
        self.line = line
        super().__init__(f"line {line}: {message}" if line else message)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell. `line` and `column` count from 1, as a spreadsheet shows them."""

    line: int
    column: int
    code: FaultCode
    value: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """As many cells as the header; a cell that holds nothing is None."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`merged` counts the ranges of merged cells: their value stands in each cell of the range.

    `encoding` is "" and `sheets` is empty where the file has none.
    """

    header: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()
    encoding: str = ""
    sheets: tuple[str, ...] = ()
    merged: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost before it is refused."""

    bytes: int = 20_000_000
    rows: int = 100_000
    columns: int = 300
    cell_chars: int = 32_767  # the most that a spreadsheet's cell can hold
    unpacked_bytes: int = 200_000_000
    unpacked_times: int = 200  # of its packed size; text packs about 10 times, a bomb 1000


LIMITS = Limits()
