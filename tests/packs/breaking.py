"""A pack to break, and what is then said of it."""

from pathlib import Path

import pytest

from arasha.packs import PackError, load

QAMAR = Path(__file__).parent / "qamar"


def change(pack: Path, file: str, old: str, new: str) -> int:
    """Replace the first `old`; return the line it stands on."""
    words = (pack / file).read_text(encoding="utf-8")
    assert old in words
    (pack / file).write_text(words.replace(old, new, 1), encoding="utf-8")
    return words[: words.index(old)].count("\n") + 1


def faults_of(pack: Path) -> list[str]:
    with pytest.raises(PackError) as refused:
        load(pack)
    return [str(fault) for fault in refused.value.faults]
