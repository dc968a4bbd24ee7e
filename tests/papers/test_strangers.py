"""Whatever bytes somebody sends, they are read or refused in words: no other error comes out."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arasha.papers.tables import Table, TableError, read_table, table_csv, table_xlsx
from arasha.papers.uploads import MEDIA_TYPES, UploadRefusedError, kind_of
from tests.papers.tables.workbooks import with_part

BOOK = table_xlsx(["Аты", "Күні"], [["Әлия", 5], ["=1", None]], title="x")
with zipfile.ZipFile(BytesIO(BOOK)) as archive:
    PARTS = sorted(archive.namelist())
TEXT = table_csv(["Аты", "Күні"], [["Әлия", 5], ["=1", None]])
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl mends and tells
edits = st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=6)), min_size=1, max_size=4)


def spoilt(content: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    for at, new in changes:
        place = at % (len(content) + 1)
        content = content[:place] + new + content[place + len(new) :]
    return content


def is_read_or_refused(content: bytes) -> None:
    try:
        assert isinstance(read_table(content, "x"), Table)
    except TableError as refusal:
        assert refusal.code


def is_known_or_refused(content: bytes) -> None:
    try:
        assert kind_of(BytesIO(content), most_bytes=10_000_000) in MEDIA_TYPES
    except UploadRefusedError as refusal:
        assert refusal.code


@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    is_read_or_refused(content)
    is_known_or_refused(content)


@given(edits)
def test_a_spoilt_text(changes: list[tuple[int, bytes]]) -> None:
    is_read_or_refused(spoilt(TEXT, changes))


@given(edits)
def test_a_spoilt_archive(changes: list[tuple[int, bytes]]) -> None:
    is_read_or_refused(spoilt(BOOK, changes))
    is_known_or_refused(spoilt(BOOK, changes))


@settings(deadline=None)
@given(st.sampled_from(PARTS), edits)
def test_a_spoilt_part_in_a_whole_archive(part: str, changes: list[tuple[int, bytes]]) -> None:
    content = with_part(BOOK, part, lambda xml: spoilt(xml, changes))

    is_read_or_refused(content)
    is_known_or_refused(content)
