"""Reads the forms of a country's documents: one file per form, all languages beside one another."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import cast, get_args

from arasha.engines.documents import (
    STYLES,
    Block,
    Field,
    Form,
    Kind,
    Style,
    Words,
    faults_of,
    pattern_fault,
)
from arasha.engines.documents.forms import KINDS
from arasha.engines.law.rules import Checked
from arasha.packs.files import Folder
from arasha.packs.registers import STATES
from arasha.packs.tables import Table

FOLDER = "forms"
WORDS = f"{FOLDER}/words.toml"
CHECKED = get_args(Checked)


def forms(folder: Folder) -> Mapping[str, Form]:
    """The forms by their code. A country may have none; whoever has one has their words."""
    names = sorted(path.name for path in (folder.root / FOLDER).glob("*.toml"))
    if not names:
        return MappingProxyType({})
    words = _words(folder.file(WORDS))
    files = [folder.file(f"{FOLDER}/{name}") for name in names if f"{FOLDER}/{name}" != WORDS]
    return MappingProxyType({form.code: form for form in (_form(file, words) for file in files)})


def _words(file: Table) -> Words:
    marks = file.table("checked")
    words = Words(
        tag=file.text("tag"),
        day=file.text("day"),
        months=tuple(month.text("name") for month in file.tables("month", least=12)),
        checked={state: marks.text(state) for state in CHECKED},
        page=file.text("page"),
        draft=file.text("draft"),
        none=file.text("none"),
    )
    marks.close()
    file.close()
    return words


def _form(file: Table, words: Words) -> Form:
    file.string("author")
    file.needed_day("date")
    form = Form(
        code=file.code(),
        name=file.text("name"),
        approved=file.choice("state", STATES) == "approved",
        fields=_fields(file.table("fields")),
        blocks=tuple(map(_block, file.tables("block", least=1))),
        words=words,
        number=file.string("number", ""),
    )
    if file.file != f"{FOLDER}/{form.code}.toml":
        file.fault(f"the code {form.code!r} and the name of the file differ", "code")
    for fault in faults_of(form):
        file.fault(fault)
    if form.number and (wrong := pattern_fault(form.number)):
        file.fault(wrong, "number")
    file.close()
    return form


def _fields(table: Table) -> Mapping[str, Field]:
    """`name = "line"`; a question mark says that the value may be unknown."""
    found = {}
    for name in table.values:
        written = table.string(name)
        kind = written.removesuffix("?")
        if kind not in KINDS:
            table.fault(f"{name} = {written!r}: write one of {', '.join(KINDS)}", name)
        found[name] = Field(name, cast(Kind, kind), written.endswith("?"))
    table.close()
    return found


def _block(table: Table) -> Block:
    style = table.choice("as", STYLES)
    field = table.string("field", "")
    words = table.text("text") if style not in ("steps", "ticks") else {}
    table.close()
    return Block(cast(Style, style), words, field)
