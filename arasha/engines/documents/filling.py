"""Fills a form strictly: every field, nothing else, each of its kind. What comes out knows no file format."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from arasha.engines.documents.errors import FieldError, FormError
from arasha.engines.documents.forms import Block, Field, Form, Step, Style, Tick, Words, pieces

# What XML cannot hold, and what turns the order of letters around so that people read other words.
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
T = TypeVar("T")
MOST_CHARS = 20_000
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a line. `filled` tells a value from the form's own words; `blank` is a line to write on."""

    text: str
    filled: bool = False
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or in `dated` and `signature` a line of a left and a right part (`right`)."""

    style: Style
    pieces: tuple[Piece, ...]
    right: tuple[Piece, ...] = ()
    ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A filled form, ready to be set in type. `page` holds {page} and {pages}."""

    title: str
    tag: str
    blocks: tuple[Line | Grid, ...]
    page: str
    notice: str


def fill(form: Form, language: str, values: Mapping[str, object]) -> Paper:
    """Return the form filled in `language`.

    `values` gives each field its value: str, dt.date, int, or for lists Step, Tick, rows of texts; None only
    where the field may be unknown. Raises FormError if the form has no such language, FieldError naming the
    first field that is missing, unknown or of the wrong kind.
    """
    if language not in form.name:
        raise FormError(f"the form {form.code} has no {language!r}; it has {', '.join(form.name)}")
    _check(form, values)
    blocks = [each for block in form.blocks for each in _blocks(form, block, language, values)]
    words = form.words
    return Paper(
        title=form.name[language],
        tag=words.tag[language],
        blocks=tuple(blocks),
        page=words.page[language],
        notice="" if form.approved else words.draft[language],
    )


def _check(form: Form, values: Mapping[str, object]) -> None:
    for name in sorted(values.keys() - form.fields.keys()):
        raise FieldError(name, f"the form {form.code} has no such field")
    for name, field in form.fields.items():
        if name not in values:
            raise FieldError(name, f"is missing; the form {form.code} needs it")
        if values[name] is None and field.unknown:
            continue
        _CHECKS[field.kind](field, values[name])


def _is_line(field: Field, value: object) -> None:
    _is_text(field, value)
    if "\n" in str(value) or "\r" in str(value):
        raise FieldError(field.name, "must be one line")


def _is_text(field: Field, value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise FieldError(field.name, f"must be a text that is not empty, got {value!r}")
    _is_writable(field, value)


def _is_writable(field: Field, text: str) -> None:
    if len(text) > MOST_CHARS:
        raise FieldError(field.name, f"has {len(text)} letters; at most {MOST_CHARS}")
    if found := _REFUSED.search(text):
        raise FieldError(field.name, f"holds the character U+{ord(found.group()):04X}")


def _is_day(field: Field, value: object) -> None:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise FieldError(field.name, f"must be a calendar day, got {value!r}")


def _is_number(field: Field, value: object) -> None:
    if type(value) is not int:
        raise FieldError(field.name, f"must be a whole number, got {value!r}")


def _is_steps(field: Field, value: object) -> None:
    for step in _listed(field, value, Step):
        for text in (step.text, step.article, step.instrument):
            _is_writable(field, text)


def _is_ticks(field: Field, value: object) -> None:
    for tick in _listed(field, value, Tick):
        _is_writable(field, tick.text)


def _is_rows(field: Field, value: object) -> None:
    for row in _listed(field, value, tuple):
        for cell in row:
            if not isinstance(cell, str):
                raise FieldError(field.name, f"cells must be texts, got {cell!r}")
            _is_writable(field, cell)


def _listed(field: Field, value: object, kind: type[T]) -> Sequence[T]:
    if not isinstance(value, list | tuple) or len(value) > MOST_ROWS:
        raise FieldError(field.name, f"must be a list of at most {MOST_ROWS}, got {value!r:.80}")
    for each in value:
        if not isinstance(each, kind):
            raise FieldError(field.name, f"must hold {kind.__name__}, got {each!r:.80}")
    return value


_CHECKS: Mapping[str, Callable[[Field, object], None]] = {
    "line": _is_line,
    "text": _is_text,
    "day": _is_day,
    "number": _is_number,
    "steps": _is_steps,
    "ticks": _is_ticks,
    "rows": _is_rows,
}


def _blocks(
    form: Form, block: Block, language: str, values: Mapping[str, object]
) -> Iterator[Line | Grid]:
    text = block.text.get(language, "")
    if block.field:
        yield from _LISTS[block.style](form.words, language, block, values[block.field])
        return
    left, _, right = text.partition("|")
    sides = [tuple(_filled(form, language, side.strip(), values)) for side in (left, right) if side]
    yield Line(block.style, sides[0], sides[1] if len(sides) > 1 else ())


def _filled(form: Form, language: str, text: str, values: Mapping[str, object]) -> Iterator[Piece]:
    for words, name in pieces(text):
        if words:
            yield Piece(words)
        if name and values[name] is None:
            yield Piece("", filled=True, blank=True)
        elif name:
            yield Piece(_shown(form.words, language, values[name]), filled=True)


def _shown(words: Words, language: str, value: object) -> str:
    if isinstance(value, dt.date):
        return day_in_words(words, language, value)
    return "\n".join(line.rstrip() for line in str(value).splitlines())


def day_in_words(words: Words, language: str, day: dt.date) -> str:
    """Like 7 марта 2024 года, as a document writes it."""
    month = words.months[day.month - 1][language]
    return words.day[language].format(day=day.day, month=month, year=day.year)


def _steps(words: Words, language: str, _: Block, value: Sequence[Step]) -> Iterator[Line]:
    """Each step with its source, and in words how far somebody has checked it."""
    for step in value:
        source = "; ".join(part for part in (step.article, step.instrument) if part)
        mark = words.checked.get(step.checked, words.checked["unverified"])[language]
        shown = f"{step.text.rstrip(' .')} ({source}). " if source else f"{step.text} "
        yield Line("steps", (Piece(shown, filled=True), Piece(mark)))
    if not value:
        yield Line("paragraph", (Piece(words.none[language]),))


def _ticks(words: Words, language: str, _: Block, value: Sequence[Tick]) -> Iterator[Line]:
    for tick in value:
        yield Line("ticks", (Piece(tick.text, filled=True),), ticked=tick.ticked)
    if not value:
        yield Line("paragraph", (Piece(words.none[language]),))


def _rows(
    words: Words, language: str, block: Block, value: Sequence[Sequence[str]]
) -> Iterator[Line | Grid]:
    header = tuple(name.strip() for name in block.text[language].split("|"))
    for row in value:
        if len(row) != len(header):
            raise FieldError(block.field, f"a row has {len(row)} cells, not {len(header)}")
    if not value:
        yield Line("paragraph", (Piece(words.none[language]),))
        return
    yield Grid(header, tuple(tuple(row) for row in value))


_LISTS: Mapping[str, Callable[..., Iterator[Line | Grid]]] = {
    "steps": _steps,
    "ticks": _ticks,
    "rows": _rows,
}
