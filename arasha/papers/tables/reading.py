"""One way in for every table: what the file is, is seen in its bytes; its name only helps with texts."""

from arasha.papers.tables.comma import read_csv
from arasha.papers.tables.model import LIMITS, Limits, Table, TableError
from arasha.papers.tables.workbook import read_xlsx

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"MZ", b"\x7fELF")


def read_table(
    content: bytes,
    filename: str,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    header_line: int | None = None,
    limits: Limits = LIMITS,
) -> Table:
    """Return the table in a CSV or XLSX file.

    The header is the first line with two filled cells or more (of a table of one column: the first filled
    line), so a title above it does no harm; `header_line` says otherwise. Empty lines are left out. Of a workbook the first visible sheet
    is read, or `sheet`. Of a text, `encoding` is found: UTF-8, UTF-16, else cp1251; name another if the
    letters are wrong. `rows` hold every line, also those of `faults`: whoever imports decides.

    Raises TableError with a code, the reason and the line where there is one.
    """
    if len(content) > limits.bytes:
        raise TableError("too_large", f"{len(content)} bytes; at most {limits.bytes}")
    if not content.strip():
        raise TableError("empty", "the file is empty")
    if content.startswith(_ZIP):
        return read_xlsx(content, sheet=sheet, header_line=header_line, limits=limits)
    if content.startswith(_OLE):
        raise TableError(
            "old_or_locked",
            f"{filename} is a workbook of before 2007 or has a password: save it as .xlsx without one",
        )
    if content.startswith(_OTHERS):
        raise TableError("not_a_table", f"{filename} is neither CSV nor XLSX")
    return read_csv(content, encoding=encoding, header_line=header_line, limits=limits)
