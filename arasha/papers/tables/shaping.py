"""From numbered lines of cells to a table: where the header stands, what is empty, what is too much."""

from collections.abc import Iterable, Sequence

from arasha.papers.tables.model import Cell, Fault, Limits, Row, Table, TableError

Line = tuple[int, Sequence[Cell]]


def shaped(lines: Iterable[Line], header_line: int | None, limits: Limits) -> Table:
    """Return the table in these lines, its header found or named. Raises TableError if there is none or too much of it."""
    kept = _filled(lines, limits)
    if not kept:
        raise TableError("empty", "no line holds anything")
    start = _start(kept, header_line)
    header_line, header = kept[start]
    names = _names(header)
    faults: list[Fault] = []
    rows = tuple(
        Row(line, _fitted(line, cells, len(names), faults)) for line, cells in kept[start + 1 :]
    )
    return Table(names, header_line, rows, tuple(faults))


def cleaned(value: Cell, line: int, column: int, limits: Limits, faults: list[Fault]) -> Cell:
    """A text without the blanks around it; nothing at all is None; one that is too long is a fault."""
    if not isinstance(value, str):
        return value
    text = value.strip(" \u00a0\r\n\ufeff")
    if len(text) > limits.cell_chars:
        faults.append(Fault(line, column, "cell_too_long", text[:40]))
        return None
    return text or None


def _start(kept: list[tuple[int, tuple[Cell, ...]]], header_line: int | None) -> int:
    if header_line is None:
        return next((at for at, (_, cells) in enumerate(kept) if _count(cells) > 1), 0)
    for at, (line, _) in enumerate(kept):
        if line == header_line:
            return at
    raise TableError("empty", "nothing stands on the line of the header", line=header_line)


def _filled(lines: Iterable[Line], limits: Limits) -> list[tuple[int, tuple[Cell, ...]]]:
    kept: list[tuple[int, tuple[Cell, ...]]] = []
    for line, cells in lines:
        trimmed = _trimmed(cells)
        if len(trimmed) > limits.columns:
            reason = f"{len(trimmed)} columns; at most {limits.columns}"
            raise TableError("too_many_columns", reason, line=line)
        if trimmed:
            kept.append((line, trimmed))
        if len(kept) > limits.rows + 1:
            raise TableError("too_many_rows", f"more than {limits.rows} rows", line=line)
    return kept


def _trimmed(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return tuple(cells[:end])


def _count(cells: Sequence[Cell]) -> int:
    """How many different things stand in a line: a merged title is one, over any number of cells."""
    return len({str(cell) for cell in cells if cell is not None})


def _names(header: Sequence[Cell]) -> tuple[str, ...]:
    return tuple("" if cell is None else " ".join(str(cell).split()) for cell in header)


def _fitted(
    line: int, cells: tuple[Cell, ...], width: int, faults: list[Fault]
) -> tuple[Cell, ...]:
    if len(cells) > width:
        faults.append(Fault(line, width + 1, "more_cells_than_header", str(cells[width])[:40]))
    return cells[:width] + (None,) * (width - len(cells))
