"""What a table would become, as its preview shows it and as it is taken in: read anew each time."""

import datetime as dt
import hashlib

from arasha.actors import Actor
from arasha.cases.errors import UnreadableTableError
from arasha.cases.importing.checking import Checked, check, numbers_of, with_known
from arasha.cases.importing.guessing import columns_of
from arasha.cases.importing.places import Places
from arasha.cases.importing.reading import ColumnMap
from arasha.cases.importing.refusals import why
from arasha.cases.models import Import
from arasha.cases.selectors.imports import known_numbers, places_known
from arasha.papers.tables import Limits, Table, TableError, read_table

LIMITS = Limits(
    bytes=15_000_000, rows=20_000, columns=200, cell_chars=20_000, unpacked_bytes=150_000_000
)


def table_in(content: bytes, file_name: str) -> Table:
    """Raises UnreadableTableError, which says in the reader's language what is wrong with the file."""
    try:
        table = read_table(content, file_name, limits=LIMITS)
    except TableError as error:
        raise UnreadableTableError(why=why(error)) from error
    if not table.rows:
        raise UnreadableTableError(why=why(TableError("empty", "")))
    return table


def table_of(imported: Import) -> Table:
    return table_in(bytes(imported.content or b""), imported.file_name)


def map_of(imported: Import, table: Table) -> ColumnMap:
    return ColumnMap(
        headings=columns_of(table),
        columns=imported.mapping.get("columns", {}),
        values=imported.mapping.get("values", {}),
    )


def checked(imported: Import, *, viewer: Actor, today: dt.date) -> Checked:
    """Every line with what is to be said of it, the numbers in the register included."""
    table = table_of(imported)
    mapping = map_of(imported, table)
    found = check(table, mapping, places=Places(places_known(viewer=viewer)), today=today)
    numbers = {(each[0], each[1]) for line in found.lines for each in numbers_of(line)}
    return with_known(found, mapping, known_numbers(viewer=viewer, numbers=numbers))


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
