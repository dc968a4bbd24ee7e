"""Reads what a pack says about the country itself: places, bodies, words."""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, cast

from arasha.engines.law.rules import STRENGTH, Checked
from arasha.packs.basis import Basis
from arasha.packs.files import Folder
from arasha.packs.model import (
    Authority,
    Body,
    Competence,
    Deadline,
    InstitutionKind,
    Keep,
    PackText,
    PlaceKind,
    Region,
    State,
    Term,
    Vocabulary,
)
from arasha.packs.tables import Table

T = TypeVar("T")
STATES = ("draft", "native-read", "approved")
# An outcome that joins or withdraws, a category that is ill-treatment, a finding that is reprisal or
# asks again, an answer that lies in the mailbox, a reason to erase that is the rules' own, a check of a
# terminal whose "no" keeps people from using it. Of a case: whoever suffered, whoever is said to have done
# it, a woman, a document of somebody's body or mind, a way of telling that told nobody,
# whoever may act for a victim.
MEANINGS = (
    *("ill_treatment", "danger", "joined", "withdrawn"),
    *("reprisal", "ask_again", "mailbox", "retention"),
    *("finds", "hinders"),
    *("victim", "suspect", "female", "medical", "untold", "represents"),
    *("takes_any",),
)

# Who may investigate, as the law names them; "alternative" is no body of its own.
INVESTIGATORS = ("prosecutor", "police")


def by_code(tables: list[Table], read: Callable[[Table], T]) -> Mapping[str, T]:
    """Each table by its `code`; a code given twice is a fault."""
    found: dict[str, T] = {}
    for table in tables:
        code = table.code()
        if code in found:
            table.fault(f"the code {code!r} is given twice", "code")
        found[code] = read(table)
        table.close()
    return MappingProxyType(found)


def regions(file: Table) -> Mapping[str, Region]:
    return by_code(
        file.tables("region", least=1),
        lambda t: Region(t.code(), t.string("iso", ""), t.code("kind"), t.text("name")),
    )


def authorities(file: Table) -> Mapping[str, Authority]:
    return by_code(
        file.tables("authority", least=1),
        lambda t: Authority(t.code(), t.text("name"), t.choice("investigates", INVESTIGATORS, "")),
    )


def place_kinds(file: Table, known: Mapping[str, Authority]) -> Mapping[str, PlaceKind]:
    def read(t: Table) -> PlaceKind:
        authority = t.choice("authority", known.keys(), "")
        return PlaceKind(t.code(), authority or None, t.text("name"), basis(t.table("npm_basis")))

    return by_code(file.tables("place_kind", least=1), read)


def institution_kinds(file: Table) -> Mapping[str, InstitutionKind]:
    return by_code(
        file.tables("institution_kind", least=1),
        lambda t: InstitutionKind(t.code(), t.text("name")),
    )


def basis(table: Table) -> Basis:
    words = table.text("words") if table.has("words") else None
    found = Basis(table.string("article"), checked(table), table.string("source", ""), words)
    table.close()
    return found


def checked(table: Table) -> Checked:
    return cast(Checked, table.choice("checked", STRENGTH) or "unverified")


def bodies(
    file: Table,
    *,
    authorities: Mapping[str, Authority],
    kinds: Mapping[str, InstitutionKind],
    deadlines: Mapping[str, Deadline],
    topics: Mapping[str, Term],
) -> Mapping[str, Body]:
    def read(t: Table) -> Body:
        names_of = t.choice("names_of", writable, "") or None
        return Body(
            code=t.code(),
            institution_kind=t.choice("institution_kind", kinds.keys()),
            name=t.text("name"),
            readers=t.text("readers"),
            promise=t.text("promise"),
            commands=t.codes("commands", authorities.keys()),
            never_about=t.codes("never_about", kinds.keys()),
            opens_case=t.flag("opens_case", False if names_of else None),
            answer_deadline=t.choice("answer_deadline", deadlines.keys(), "") or None,
            terms=t.codes("terms", deadlines.keys()),
            retention=t.choice("retention", deadlines.keys(), "") or None,
            receives=tuple(competence(rule, topics) for rule in rules(t, names_of)),
            names_of=names_of,
        )

    tables = file.tables("body", least=1)
    writable = [str(t.values.get("code")) for t in tables if not t.has("names_of")]
    found = by_code(tables, read)
    if not any(rule.unnamed for body in found.values() for rule in body.receives):
        file.fault(
            "no body receives what has no name: whoever fears to give a name could not write"
        )
    file.close()
    return found


def rules(table: Table, names_of: str | None) -> list[Table]:
    """The dated rules of a body. Whoever is only told names receives nothing."""
    found = table.tables("receives", least=0 if names_of else 1)
    if names_of and found:
        table.fault("a body with names_of receives nothing: take its [[body.receives]] out")
    return found


def competence(table: Table, topics: Mapping[str, Term]) -> Competence:
    found = Competence(
        topics=table.codes("topics", topics.keys()),
        unnamed=table.flag("unnamed"),
        from_day=table.day("from"),
        to_day=table.day("to"),
        basis=basis(table.table("basis")),
    )
    if not found.topics:
        table.fault("topics is empty: name what the body may receive")
    if found.from_day and found.to_day and found.to_day < found.from_day:
        table.fault(f"to = {found.to_day} is before from = {found.from_day}", "to")
    table.close()
    return found


def vocabulary(file: Table) -> Vocabulary:
    code = file.file.removeprefix("vocabularies/").removesuffix(".toml")
    terms = by_code(file.tables("term", least=1), term)
    strength = checked(file) if file.has("checked") else None
    found = Vocabulary(code, file.text("title"), terms, strength, file.string("source", ""))
    file.close()
    return found


def term(table: Table) -> Term:
    return Term(
        code=table.code(),
        name=table.text("name"),
        means=table.choice("means", MEANINGS, ""),
        article=table.string("article", ""),
        relief=table.string("relief", ""),
        keep=keep(table.table("keep")) if table.has("keep") else None,
    )


def keep(table: Table) -> Keep:
    years = table.number("years") if table.has("years") else None
    if years is not None and years < 1:
        table.fault("years must be 1 or more", "years")
    strength = checked(table) if table.has("checked") else "unverified"
    found = Keep(table.codes("stages"), years, strength, table.string("source", ""))
    table.close()
    return found


def texts(folder: Folder) -> Mapping[str, PackText]:
    """Every text by its key: the file's name, then its tables' (`terminal.write.title`)."""
    found: dict[str, PackText] = {}
    for file in folder.files_in("texts"):
        prefix = file.file.removeprefix("texts/").removesuffix(".toml")
        file.string("author")
        file.choice("state", STATES)
        file.needed_day("date")
        for name, value in file.values.items():
            if name not in ("author", "state", "date"):
                _collect(file, file, (prefix, name), value, found)
    return MappingProxyType(found)


def _collect(
    file: Table, parent: Table, names: tuple[str, ...], value: Any, found: dict[str, PackText]
) -> None:
    if not isinstance(value, dict):
        parent.fault(f"{names[-1]} must be a table with the words of each language", names[-1])
        return
    table = parent.table(names[-1])
    if set(file.languages) & value.keys():
        found[".".join(names)] = _text(file, table, ".".join(names))
        return
    for name, inner in value.items():
        _collect(file, table, (*names, name), inner, found)


def _text(file: Table, table: Table, key: str) -> PackText:
    """Author, state and date are the file's unless the text has its own."""
    values = table.values
    author = table.string("author", file.values.get("author", ""))
    state = table.choice("state", STATES, file.values.get("state", "draft"))
    date = table.day("date") or file.day("date") or dt.date.min
    words = {name: word for name, word in values.items() if name not in ("author", "state", "date")}
    return PackText(key, author, cast(State, state), date, table.as_text(words))
