"""What we write is read back as it was, runs nothing, and is the same each time."""

import csv
import datetime as dt
import importlib
import time
import zipfile
from io import BytesIO, StringIO

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.papers.tables import PangoMissingError, read_table, table_csv, table_pdf, table_xlsx

HEADER = ("Бап", "Саны", "Күні")
ROWS = [("146-бап: ұрып-соғу", 12, dt.date(2024, 3, 7)), ("=HYPERLINK(1)", None, None)]
ATTACKS = ["=1+1", "+7 701", "-2", "@SUM(A1)", "\tx", "\rx", "＝1", "'=1", "''=1"]
texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs"], exclude_characters="\ufeff￾￿"))


def test_excel_sees_the_mark_and_the_letters() -> None:
    content = table_csv(HEADER, ROWS)

    assert content.startswith(b"\xef\xbb\xbf")
    assert "146-бап: ұрып-соғу,12,2024-03-07\r\n" in content.decode("utf-8-sig")


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_csv_begins_with_what_a_spreadsheet_runs(attack: str) -> None:
    text = table_csv([attack], [[attack]]).decode("utf-8-sig")

    for row in csv.reader(StringIO(text, newline="")):
        assert row[0].startswith("'")


def test_a_number_below_zero_stays_a_number() -> None:
    assert b"\r\n-5,x" in table_csv(["a", "b"], [[-5, "x"]])


@given(st.lists(st.tuples(texts, texts), min_size=1))
def test_a_csv_is_read_back_as_it_was_written(rows: list[tuple[str, str]]) -> None:
    table = read_table(table_csv(["first", "second"], rows), "figures.csv")

    written = [tuple(cell or None for cell in row) for row in rows]
    assert [row.cells for row in table.rows] == [row for row in written if any(row)]


def test_a_workbook_is_read_back_as_it_was_written() -> None:
    table = read_table(table_xlsx(HEADER, ROWS, title="Нысан: [2024]"), "figures.xlsx")

    assert table.header == HEADER
    assert [row.cells for row in table.rows] == ROWS
    assert (table.faults, table.sheets) == ((), ("Нысан   2024",))


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_workbook_holds_no_formula(attack: str) -> None:
    content = table_xlsx([attack], [[attack]], title="x")

    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_what_no_cell_can_hold_is_left_out() -> None:
    table = read_table(table_xlsx(["a", "b"], [["x\x00\x1by", "z"]], title="x"), "figures.xlsx")

    assert table.rows[0].cells == ("xy", "z")


def test_equal_tables_are_equal_bytes_whenever_they_are_written() -> None:
    first = table_xlsx(HEADER, ROWS, title="x")
    time.sleep(2.1)  # a zip counts in steps of two seconds

    assert table_xlsx(HEADER, ROWS, title="x") == first


@pytest.fixture(scope="module")
def pdf() -> pypdf.PdfReader:
    rows = [("146-бап 2-бөлік: ұрып-соғу ҚҢҒҮҰӨҺӘІ №1", 12, "<b>&amp;")] * 60
    try:
        content = table_pdf(
            HEADER,
            rows,
            title="Статистикалық нысан",
            language="kk",
            before=["2024 жылғы 1 қаңтардан бастап"],
            after=["Түсіндірме"],
            signatures=["Прокурор"],
        )
    except PangoMissingError as error:
        pytest.skip(str(error))
    return pypdf.PdfReader(BytesIO(content))


def test_a_pdf_holds_its_letters_and_repeats_its_header(pdf: pypdf.PdfReader) -> None:
    pages = [page.extract_text() for page in pdf.pages]

    assert len(pages) > 1
    assert all("Саны" in page for page in pages)
    assert "146-бап 2-бөлік: ұрып-соғу ҚҢҒҮҰӨҺӘІ №1" in pages[0]
    assert "<b>&amp;" in pages[0].replace("\n", "")
    assert "Прокурор" in pages[-1]


def test_a_pdf_is_tagged_and_names_its_language(pdf: pypdf.PdfReader) -> None:
    assert str(pdf.root_object["/Lang"]) == "kk"
    assert "/Marked" in str(pdf.root_object["/MarkInfo"])
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Статистикалық нысан"


def test_a_machine_without_pango_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(importlib, "import_module", fail)

    with pytest.raises(PangoMissingError, match="apt-get install libpango"):
        table_pdf(HEADER, ROWS, title="x", language="ru")
