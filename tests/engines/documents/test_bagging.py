"""Names in a bag: no system misreads one, and no two are the same anywhere."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.documents.bagging import bag_info, distinct_names, safe_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Хаттама №5.pdf", "Хаттама №5.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\a.exe", "a.exe"),
        ("/", "_"),
        ("", "_"),
        ("..", "_"),
        (".htaccess", "htaccess"),
        ("a\ud800b", "a_b"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("Lpt1.tar.gz", "_Lpt1.tar.gz"),
        ("a. ", "a"),
        ("a\x00b\n%0A?.txt", "a_b__0A_.txt"),
        ("gpj\u202eexe.pdf", "gpj_exe.pdf"),
        ("и\u0306.txt", "й.txt"),
    ],
)
def test_a_name_is_made_safe(name: str, expected: str) -> None:
    assert safe_name(name) == expected


def test_the_ending_is_that_of_the_bytes() -> None:
    assert safe_name("photo.jpg.exe", suffix="jpeg") == "photo.jpg.jpeg"
    assert safe_name("photo", suffix="jpeg") == "photo.jpeg"


def test_a_long_name_is_cut_between_letters() -> None:
    name = safe_name("Қ" * 300 + ".pdf")

    assert name.endswith("Қ.pdf")
    assert len(name.encode()) <= 180


def test_names_that_some_system_takes_for_one_get_a_number() -> None:
    found = distinct_names(["A.txt", "a.TXT", "x/a.txt", "ﬁ.txt", "fi.txt"])

    assert found == ["A.txt", "a (2).TXT", "a (3).txt", "ﬁ.txt", "fi (2).txt"]


@given(st.lists(st.text(st.characters(), max_size=30), max_size=8))
def test_whatever_the_names_were_they_are_safe_and_distinct(names: list[str]) -> None:
    found = distinct_names(names)

    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert name
        assert name == unicodedata.normalize("NFC", name)
        assert not set(name) & set('/\\:*?"<>|%\n\r\x00')
        assert name not in (".", "..")


def test_bag_info_takes_no_second_line() -> None:
    with pytest.raises(ValueError, match="one line"):
        bag_info(identifier="a\nPayload-Oxum: 0.0", made_on=dt.date(2024, 3, 7), sizes=[1])
