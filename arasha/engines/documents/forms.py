"""What a form is: its fields, its blocks in every language, and the words that all forms share."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

# One line; several lines; a calendar day; a whole number; steps of a law answer; ticked criteria; a table.
Kind = Literal["line", "text", "day", "number", "steps", "ticks", "rows"]
Style = Literal[
    "office",  # who writes, at the head
    "dated",  # the day to the left, the number to the right, divided by |
    "to",  # to whom, to the right
    "title",
    "subtitle",
    "heading",  # numbered 1.
    "paragraph",
    "point",  # numbered 1.1. under its heading
    "item",  # numbered 1) from the start in each group
    "steps",
    "ticks",
    "rows",  # the text holds the headings, divided by |
    "signature",  # the post to the left, the name to the right, divided by |
    "note",  # small
]
KINDS = get_args(Kind)
STYLES = get_args(Style)
LISTS: Mapping[str, str] = {"steps": "steps", "ticks": "ticks", "rows": "rows"}
_FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a law answer, in the document's language. `checked` as in the country pack."""

    text: str
    article: str
    instrument: str
    checked: str


@dataclass(frozen=True, slots=True)
class Tick:
    text: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A value that whoever fills the form must give. One that may be `unknown` leaves a line to write on."""

    name: str
    kind: Kind
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Words with {fields} in them, by language; `field` is the list that a steps, ticks or rows block shows."""

    style: Style
    text: Mapping[str, str]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What all forms of a country share. `day` holds {day}, {month} and {year}."""

    tag: Mapping[str, str]  # language → the tag that a word processor knows, like kk-KZ
    day: Mapping[str, str]
    months: Sequence[Mapping[str, str]]
    checked: Mapping[str, Mapping[str, str]]
    page: Mapping[str, str]  # holds {page} and {pages}
    draft: Mapping[str, str]
    none: Mapping[str, str]  # an empty list


@dataclass(frozen=True, slots=True)
class Form:
    """`approved` is False until a lawyer of the country has said yes: the document says so itself.

    `number` is the pattern of its outgoing numbers, "" if it gets none.
    """

    code: str
    name: Mapping[str, str]
    approved: bool
    fields: Mapping[str, Field]
    blocks: Sequence[Block]
    words: Words
    number: str = ""


def faults_of(form: Form) -> Iterator[str]:
    """What is wrong in a form: fields that nobody declared, that nothing shows, or in the wrong block."""
    for language in form.name:
        shown: set[str] = set()
        for at, block in enumerate(form.blocks, start=1):
            inline = set(_FIELD.findall(block.text.get(language, "")))
            for name in sorted(inline - form.fields.keys()):
                yield f"block {at} in {language!r}: no field {{{name}}}"
            for name in sorted(inline & form.fields.keys()):
                if form.fields[name].kind in LISTS:
                    yield f"block {at} in {language!r}: {{{name}}} is a list: give it a block of its own"
            shown |= inline | {block.field}
        for name in sorted(form.fields.keys() - shown):
            yield f"field {name!r} stands nowhere in {language!r}"
    yield from _wrong_lists(form)


def _wrong_lists(form: Form) -> Iterator[str]:
    for at, block in enumerate(form.blocks, start=1):
        wanted = LISTS.get(block.style)
        given = form.fields[block.field].kind if block.field in form.fields else ""
        if wanted and given != wanted:
            yield f"block {at}: a block of {block.style} needs field = a field of that kind"
        if not wanted and block.field:
            yield f"block {at}: a block as {block.style} shows no list"


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The words before each field, and its name; at the end the rest with no name."""
    end = 0
    for match in _FIELD.finditer(text):
        yield text[end : match.start()], match.group(1)
        end = match.end()
    yield text[end:], ""
