"""What stands in a cell of somebody's table, as our register writes it."""

import datetime as dt
import re
import unicodedata
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from arasha.cases.importing.guessing import folded
from arasha.country import country
from arasha.engines.dates import DateError, Partial, read
from arasha.packs.text import Text
from arasha.papers.tables import Cell

SHORTEST_STEM = 4
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_KEPT = "\n\t"


class UnreadCellError(ValueError):
    """The cell does not hold what its field needs; `code` is a remark's."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def text_of(cell: Cell) -> str:
    """Plain words: no invisible marks, no half letters, nothing a database refuses."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return (
            cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "minutes")
        )
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    kept = (c for c in str(cell) if c in _KEPT or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    return "".join(kept).strip()


def day_of(cell: Cell) -> dt.date:
    """One day; a clerk may leave out the points: 05032024. Raises UnreadCellError."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = text_of(cell)
    if compact := _COMPACT.fullmatch(text):
        text = ".".join(compact.groups())
    try:
        told = read(text)
    except DateError as error:
        raise UnreadCellError("day_unreadable") from error
    if told.first is None or told.precision != "day" or told.first != told.last:
        raise UnreadCellError("day_unreadable")
    return told.first


def partial_of(cell: Cell) -> Partial:
    """A date of which only a part may be known. Raises DateError."""
    if isinstance(cell, dt.date | dt.datetime):
        return read(cell.isoformat()[:10])
    text = text_of(cell)
    if compact := _COMPACT.fullmatch(text):
        text = ".".join(compact.groups())
    return read(text)


def count_of(cell: Cell) -> int:
    """A number of people. Raises UnreadCellError."""
    text = text_of(cell)
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise UnreadCellError("count_unreadable")
    return int(text)


def code_of(vocabulary: str, cell: Cell) -> str:
    """The code of the pack's list that is meant. Raises UnreadCellError."""
    return _code(country().hash, vocabulary, text_of(cell))


def stage_of(cell: Cell) -> str:
    """A stage of the country's procedure. Raises UnreadCellError."""
    stages = country().procedure.stages.values()
    return _meant({stage.code: stage.name for stage in stages}, text_of(cell))


def yes_of(cell: Cell) -> bool | None:
    """Yes, no, or nothing said. Raises UnreadCellError."""
    if isinstance(cell, bool):
        return cell
    said = folded(text_of(cell))
    if not said:
        return None
    if said in _words(_YES):
        return True
    if said in _words(_NO):
        return False
    raise UnreadCellError("yes_or_no")


_YES, _NO = gettext_lazy("yes; y; true; 1"), gettext_lazy("no; n; false; 0")


def _words(said: Promise) -> set[str]:
    """In each of the country's languages."""
    found = set()
    for language in country().languages:
        with override(language.code):
            found |= {folded(word) for word in str(said).split(";")}
    return found


@lru_cache(maxsize=4096)
def _code(_pack: str, vocabulary: str, text: str) -> str:
    terms = country().vocabularies[vocabulary].terms
    return _meant({code: term.name for code, term in terms.items()}, text)


def _meant(names: dict[str, Text], text: str) -> str:
    """By its code, by its name in any language, else by the beginnings of its words if only one has them."""
    said = folded(text)
    known = {folded(code): code for code in names}
    for code, name in names.items():
        for language in country().languages:
            known.setdefault(folded(name.in_(language.code)), code)
    if said in known:
        return known[said]
    stems = [word[: max(SHORTEST_STEM, len(word) - 2)] for word in said.split()]
    found = {code for name, code in known.items() if stems and _has(name, stems)}
    if len(found) != 1:
        raise UnreadCellError("not_in_list")
    return found.pop()


def _has(name: str, stems: list[str]) -> bool:
    words = name.split()
    return all(any(word.startswith(stem) for word in words) for stem in stems)
