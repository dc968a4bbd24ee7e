"""Code files only grow at their end, and a cut-off end does no harm."""

import datetime as dt

import pytest

from arasha.engines.notes import filing_code
from arasha.journal.log import Log
from arasha.wire.published import CODES, PREFIX_DIGITS, CodeLine

DAY = dt.date(2026, 6, 26)
LINE = CodeLine(b"a" * 32, 7, DAY)
NEXT = CodeLine(b"a" * 32, 8, DAY)  # the same file
PREFIX = filing_code(LINE.leaf_hash)[:PREFIX_DIGITS]


def enter(log: Log, *lines: CodeLine) -> None:
    log.folder.add_codes(lines)
    log.folder.settle()


def test_entering_a_line_again_changes_nothing(log: Log) -> None:
    enter(log, LINE)
    enter(log, LINE, NEXT)

    assert log.folder.codes(PREFIX) == [LINE, NEXT]


@pytest.mark.parametrize("left", [str(NEXT)[:20], "\0" * 100, str(NEXT)[:20] + "\0\0\n\0"])
def test_what_a_power_cut_left_is_not_read_and_is_cut_away(log: Log, left: str) -> None:
    enter(log, LINE)
    with (log.folder.path / CODES / PREFIX).open("a") as file:
        file.write(left)
    assert log.folder.codes(PREFIX) == [LINE]

    enter(log, NEXT)

    assert log.folder.codes(PREFIX) == [LINE, NEXT]
    assert (log.folder.path / CODES / PREFIX).read_text() == f"{LINE}{NEXT}"


def test_a_prefix_without_a_leaf_has_no_line(log: Log) -> None:
    assert log.folder.codes("0000") == []
