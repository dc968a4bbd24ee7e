"""The search for words that were left behind finds them, however they were left."""

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.browser.traces import files_with, holds

WORDS = "Белгі-қғұ-7391"


@pytest.mark.parametrize(
    "content",
    [
        f"… {WORDS} …".encode(),
        WORDS.encode("utf-16-le"),
        json.dumps({"text": WORDS}).encode(),
        json.dumps({"text": WORDS}, ensure_ascii=False).encode(),
        urlencode({"text": WORDS}).encode(),
    ],
)
def test_words_are_found_however_they_were_written(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "left").write_bytes(content)

    assert files_with(tmp_path, WORDS) == [tmp_path / "left"]


def test_other_words_are_not_found() -> None:
    assert not holds("Белгі-қғұ-7392".encode(), WORDS)
