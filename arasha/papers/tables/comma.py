"""Texts of separated values, as spreadsheets of several countries write them."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO

from arasha.papers.tables.guarding import unguarded
from arasha.papers.tables.model import Cell, Fault, Limits, Table, TableError
from arasha.papers.tables.shaping import cleaned, shaped

DELIMITERS = ",;\t"
LEGACY = "cp1251"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_CHARS = 20_000
_SAMPLE_ROWS = 50


def read_csv(
    content: bytes, *, encoding: str | None, header_line: int | None, limits: Limits
) -> Table:
    """Return the table in a text. Raises TableError; see `read_table`."""
    name, text = _decoded(content, encoding)
    delimiter, skipped = _delimiter(text)
    faults: list[Fault] = []
    table = shaped(_lines(text, delimiter, skipped, limits, faults), header_line, limits)
    return replace(table, encoding=name, faults=tuple(sorted((*faults, *table.faults), key=_place)))


def _place(fault: Fault) -> tuple[int, int]:
    return fault.line, fault.column


def _decoded(content: bytes, encoding: str | None) -> tuple[str, str]:
    """The encoding and the text. A text with zero bytes is no text in that encoding."""
    for name in (encoding,) if encoding else (*_likely(content), "utf-8", LEGACY):
        try:
            text = content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return name, text
    tried = encoding or f"UTF-8, UTF-16, {LEGACY}"
    raise TableError("encoding", f"the letters are not in {tried}: save the file as CSV UTF-8")


def _likely(content: bytes) -> tuple[str, ...]:
    """By the mark at the beginning; else UTF-16 shows by the zero half of each delimiter and digit."""
    marked = [name for mark, name in _MARKS if content.startswith(mark)]
    if marked:
        return tuple(marked)
    head = content[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < max(3, len(head) // 20):
        return ()
    return ("utf-16-le",) if odd > even else ("utf-16-be",)


def _delimiter(text: str) -> tuple[str, int]:
    """The delimiter, and how many lines before the table only name it (`sep=;`)."""
    first = text[:10].partition("\n")[0].strip().lower()
    if first.startswith("sep=") and len(first) == len("sep=;"):
        return first[-1], 1
    if text[:5].lower() == "sep=\t":
        return "\t", 1
    return max(DELIMITERS, key=lambda each: _agreement(text, each)), 0


def _agreement(text: str, delimiter: str) -> tuple[int, int]:
    """How many lines of the sample have the commonest number of cells over one, and that number."""
    widths: list[int] = []
    try:
        for row in csv.reader(StringIO(text[:_SAMPLE_CHARS], newline=""), delimiter=delimiter):
            widths.append(len(row))
            if len(widths) == _SAMPLE_ROWS:
                break
    except csv.Error:
        pass  # what was counted so far decides
    wide = [width for width in widths if width > 1]
    return max(((wide.count(width), width) for width in wide), default=(0, 0))


def _lines(
    text: str, delimiter: str, skipped: int, limits: Limits, faults: list[Fault]
) -> Iterator[tuple[int, list[Cell]]]:
    """Each record with the line on which it begins: a quoted cell may hold line breaks."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if begins > skipped:
                yield (
                    begins,
                    [
                        cleaned(unguarded(cell), begins, column, limits, faults)
                        for column, cell in enumerate(cells, start=1)
                    ],
                )
            begins = reader.line_num + 1
    except csv.Error as error:
        raise TableError("quotes", f"the quotes do not fit: {error}", line=begins) from error
