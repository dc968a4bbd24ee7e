"""Registers as texts: encodings, delimiters, lines."""

import pytest

from arasha.papers.tables import Limits, TableError, read_table

TEXT = "Номер;Аты;Күні\r\n12;Әлия Ұлықбекқызы;2024-03-07\r\n13;Қайрат;\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_kazakh_letters_come_through_in_each_unicode(encoding: str) -> None:
    table = read_table(TEXT.encode(encoding), "register.csv")

    assert table.header == ("Номер", "Аты", "Күні")
    assert table.rows[0].cells == ("12", "Әлия Ұлықбекқызы", "2024-03-07")


def test_an_old_russian_file_is_read_and_says_in_which_encoding() -> None:
    table = read_table("Номер,Имя\n1,Пётр\n".encode("cp1251"), "register.csv")

    assert (table.encoding, table.rows[0].cells) == ("cp1251", ("1", "Пётр"))


def test_an_old_kazakh_file_is_read_in_the_encoding_that_somebody_names() -> None:
    table = read_table(TEXT.encode("kz1048"), "register.csv", encoding="kz1048")

    assert table.rows[0].cells[1] == "Әлия Ұлықбекқызы"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_also_when_cells_hold_the_others(delimiter: str) -> None:
    lines = [delimiter.join(["№", '"a;b,c"', "x"]) for _ in range(5)]

    table = read_table("\n".join(lines).encode(), "register.csv")

    assert table.header == ("№", "a;b,c", "x")


def test_a_line_that_names_the_delimiter_is_no_row() -> None:
    table = read_table(b"sep=;\na;b\n1,5;2\n", "register.csv")

    assert (table.header, table.header_line) == (("a", "b"), 2)


def test_a_row_knows_the_line_on_which_it_begins() -> None:
    table = read_table(b'Register of 2024\n\na,b\n"two\nlines",1\n\nlast,2\n', "register.csv")

    assert table.header_line == 3
    assert [(row.line, row.cells) for row in table.rows] == [
        (4, ("two\nlines", "1")),
        (7, ("last", "2")),
    ]


def test_the_line_of_the_header_can_be_named() -> None:
    table = read_table(b"x,y\na,b\n1,2\n", "register.csv", header_line=2)

    assert (table.header, len(table.rows)) == (("a", "b"), 1)


def test_a_row_with_more_cells_than_the_header_is_a_fault_that_names_its_place() -> None:
    table = read_table(b"a,b\n1,2\n3,4,five\n", "register.csv")

    assert [(f.line, f.column, f.code, f.value) for f in table.faults] == [
        (3, 3, "more_cells_than_header", "five")
    ]


def test_a_short_row_is_filled_up() -> None:
    assert read_table(b"a,b,c\n1\n", "register.csv").rows[0].cells == ("1", None, None)


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "empty", 0),
        (b"\n , \n\n", "empty", 0),
        (b'a,b\n1,2\n"3,4\n', "quotes", 3),
        (b"a,b\n1,\x98\xd0\n", "encoding", 0),
        (b"a,b\n1,\0\n", "encoding", 0),
        (b"%PDF-1.7\n", "not_a_table", 0),
        (b"MZ\x90\x00", "not_a_table", 0),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_or_locked", 0),
        (b"a,b,c,d\n", "too_many_columns", 1),
        (b"a\n1\n2\n3\n4\n", "too_many_rows", 5),
        (b"a,b\n" * 30, "too_large", 0),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code_and_a_line(
    content: bytes, code: str, line: int
) -> None:
    with pytest.raises(TableError) as refusal:
        read_table(content, "register.csv", limits=Limits(bytes=100, rows=3, columns=3))

    assert (refusal.value.code, refusal.value.line) == (code, line)


def test_a_cell_longer_than_a_spreadsheet_holds_is_a_fault() -> None:
    table = read_table(b"a,b\n1," + b"x" * 11 + b"\n", "register.csv", limits=Limits(cell_chars=10))

    assert [(f.line, f.column, f.code) for f in table.faults] == [(2, 2, "cell_too_long")]
