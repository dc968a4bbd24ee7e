"""Registers as workbooks: values, dates, merged cells, formulas, and what is made to hurt."""

import datetime as dt
import time
import zipfile
from io import BytesIO
from typing import Any

import pytest

from arasha.papers.tables import Limits, TableError, read_table, table_xlsx
from tests.papers.tables.workbooks import with_part, workbook

HEADER = ("№", "Аты-жөні", "Тіркелген күні")
ROW = (1, "Әлия Ұлықбекқызы", dt.date(2024, 3, 7))
SHEET = "xl/worksheets/sheet1.xml"


def test_dates_are_days_and_whole_numbers_are_whole() -> None:
    content = workbook([HEADER, (1.0, "Қайрат", dt.datetime(2024, 3, 7)), (2.5, " x ", None)])  # noqa: DTZ001

    table = read_table(content, "register.xlsx")

    assert table.header == HEADER
    assert table.rows[0].cells == (1, "Қайрат", dt.date(2024, 3, 7))
    assert table.rows[1].cells == (2.5, "x", None)


def test_a_time_of_day_stays() -> None:
    moment = dt.datetime(2024, 3, 7, 17, 30)  # noqa: DTZ001 a sheet knows no offset

    assert read_table(workbook([HEADER, (1, "x", moment)]), "r.xlsx").rows[0].cells[2] == moment


def test_a_title_and_empty_lines_do_no_harm() -> None:
    table = read_table(workbook([("Журнал",), (), HEADER, ROW, (), ROW]), "register.xlsx")

    assert table.header_line == 3
    assert [row.line for row in table.rows] == [4, 6]


def test_the_value_of_merged_cells_stands_in_each_of_them() -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("B3:B4")

    content = workbook([("Журнал",), HEADER, (1, "Әлия", 5), (2, None, 6)], merge)

    table = read_table(content, "register.xlsx")

    assert (table.header, table.merged) == (HEADER, 2)
    assert [row.cells for row in table.rows] == [(1, "Әлия", 5), (2, "Әлия", 6)]


def test_a_formula_without_a_kept_value_is_a_fault() -> None:
    table = read_table(workbook([("a", "b"), (1, "=A2+1")]), "register.xlsx")

    assert table.rows[0].cells == (1, None)
    assert [(f.line, f.column, f.code) for f in table.faults] == [(2, 2, "formula_without_value")]


def test_of_a_formula_the_kept_value_is_taken() -> None:
    content = with_part(
        workbook([("a", "b"), (1, "=A2+1")]),
        SHEET,
        lambda xml: xml.replace(b"<f>A2+1</f><v />", b"<f>A2+1</f><v>2</v>").replace(
            b"<f>A2+1</f><v></v>", b"<f>A2+1</f><v>2</v>"
        ),
    )

    assert read_table(content, "register.xlsx").rows[0].cells == (1, 2)


def test_an_error_in_a_cell_is_a_fault_with_its_place() -> None:
    table = read_table(workbook([("a", "b"), (1, "#REF!")]), "register.xlsx")

    assert [(f.line, f.column, f.code, f.value) for f in table.faults] == [
        (2, 2, "error_value", "#REF!")
    ]


def test_the_first_visible_sheet_is_read_unless_another_is_named() -> None:
    def more(sheet: Any) -> None:
        sheet.title = "2023"
        sheet.sheet_state = "hidden"
        sheet.parent.create_sheet("2024").append(["c", "d"])

    content = workbook([("a", "b")], more)

    assert read_table(content, "r.xlsx").header == ("c", "d")
    assert read_table(content, "r.xlsx", sheet="2023").header == ("a", "b")
    assert read_table(content, "r.xlsx").sheets == ("2023", "2024")
    with pytest.raises(TableError, match="no sheet '2025'"):
        read_table(content, "r.xlsx", sheet="2025")


def test_a_sheet_that_lies_about_its_size_costs_nothing() -> None:
    lying = with_part(
        workbook([HEADER, ROW]), SHEET, lambda xml: xml.replace(b"A1:C2", b"A1:XFD1048576")
    )

    assert len(read_table(lying, "register.xlsx").rows) == 1


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    bomb = with_part(workbook([HEADER]), "xl/bomb.xml", lambda _: b"0" * 60_000_000)

    with pytest.raises(TableError) as refusal:
        read_table(bomb, "register.xlsx")
    assert refusal.value.code == "unpacks_too_large"


def test_entities_are_refused() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'

    with pytest.raises(TableError, match="entities"):
        read_table(with_part(workbook([HEADER]), SHEET, lambda _: laughs), "register.xlsx")


def test_macros_are_refused() -> None:
    content = with_part(workbook([HEADER]), "xl/vbaProject.bin", lambda _: b"macro")

    with pytest.raises(TableError, match="macros"):
        read_table(content, "register.xlsm")


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "a")

    with pytest.raises(TableError) as refusal:
        read_table(target.getvalue(), "register.xlsx")
    assert refusal.value.code == "not_a_table"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
def test_a_spoilt_part_is_refused_in_words(part: str) -> None:
    whole = workbook([HEADER, ROW])
    for at in range(0, 400, 13):
        spoilt = with_part(whole, part, lambda xml, at=at: xml[:at] + b"\xff<" + xml[at + 9 :])  # type: ignore[misc]
        with pytest.raises(TableError, match=r"damaged|no workbook|nothing|declares"):
            read_table(spoilt, "register.xlsx")


def test_a_file_cut_short_is_refused() -> None:
    whole = workbook([HEADER, ROW])

    for end in range(10, len(whole), 211):
        with pytest.raises(TableError):
            read_table(whole[:end], "register.xlsx")


def test_too_many_rows_are_refused_with_their_line() -> None:
    with pytest.raises(TableError) as refusal:
        read_table(workbook([HEADER] + [ROW] * 5), "register.xlsx", limits=Limits(rows=3))
    assert (refusal.value.code, refusal.value.line) == ("too_many_rows", 5)


def test_ten_thousand_rows_are_read_in_seconds() -> None:
    content = table_xlsx([f"c{n}" for n in range(20)], [range(20)] * 10_000, title="big")
    began = time.perf_counter()

    assert len(read_table(content, "register.xlsx").rows) == 10_000
    assert time.perf_counter() - began < 20  # a slow machine; 2 s on ours
