"""Reads a pack's law: acts, rules with their versions, principles, terms, and the words of each step."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter
from types import MappingProxyType
from typing import TypeVar, cast

from arasha.engines.law import steps
from arasha.engines.law.rules import (
    CAPACITIES,
    CONDUCTS,
    UNITS,
    Capacity,
    Clock,
    Conduct,
    Instrument,
    Law,
    Offence,
    Principle,
    Rule,
    Term,
    Unit,
    Version,
)
from arasha.packs.files import Folder
from arasha.packs.model import Deadline, PackText
from arasha.packs.registers import by_code, checked
from arasha.packs.tables import Table

V = TypeVar("V")
CLOCKS = ("act", "step", "decision")
KINDS = ("classify", "bar", "investigator")


@dataclass
class LawFiles:
    """The law's tables as they come in, from however many files."""

    files: list[Table]
    deadline_file: Table
    instruments: Mapping[str, Instrument]

    @classmethod
    def open(cls, folder: Folder) -> "LawFiles":
        files = folder.files_in("law")
        tables = [table for file in files for table in file.tables("instrument")]
        return cls(files, folder.file("deadlines.toml"), by_code(tables, instrument))

    def rules(self, kind: str) -> list[Table]:
        return [t for t in self.tables("rule") if t.values.get("kind") == kind]

    def tables(self, key: str) -> list[Table]:
        return [table for file in self.files for table in file.tables(key)]


def instrument(t: Table) -> Instrument:
    return Instrument(
        code=t.code(),
        cite=t.string("cite"),
        name=t.text("name"),
        url=t.string("url", ""),
        in_force=t.day("in_force"),
        checked=checked(t),
    )


def law(files: LawFiles, texts: Mapping[str, PackText], *, counts_intermediate: bool) -> Law:
    """Everything the engine needs. Faults are noted in the tables; the law is then not to be used."""
    _refuse_unknown_kinds(files)
    found = Law(
        offences=_offences(files),
        bars=_bars(files),
        investigators=_investigators(files),
        deadlines=_terms(files),
        principles=by_code(files.tables("principle"), lambda t: _principle(t, files)),
        sentences=_sentences(texts),
        milder_pairs=frozenset(_milder_pair(t) for t in files.tables("milder")),
        counts_intermediate=counts_intermediate,
    )
    _refuse_missing_words(files, found)
    for file in files.files:
        file.close()
    return found


def deadlines(files: LawFiles) -> Mapping[str, Deadline]:
    def read(t: Table) -> Deadline:
        states = [v.values.get("checked") for v in t.tables("version", least=1)]
        return Deadline(t.code(), t.text("name"), t.code("starts"), "unverified" not in states)

    found = by_code(files.deadline_file.tables("deadline", least=1), read)
    files.deadline_file.close()
    return found


def _offences(files: LawFiles) -> Rule[tuple[Offence, ...]]:
    tables = files.rules("classify")
    if len(tables) != 1:
        files.files[0].fault(f'needs one [[rule]] with kind = "classify", has {len(tables)}')
    rules = [_rule(t, files, _named_offences) for t in tables]
    return rules[0] if rules else Rule("classify", "act", ())


def _bars(files: LawFiles) -> Mapping[str, Mapping[Conduct, tuple[Rule[bool], ...]]]:
    found: dict[str, dict[Conduct, tuple[Rule[bool], ...]]] = {}
    for table in files.rules("bar"):
        by_conduct = found.setdefault(table.code("relief"), {})
        rule = _rule(table, files, _barred)
        for conduct in _conducts(table):
            by_conduct[conduct] = (*by_conduct.get(conduct, ()), rule)
            _refuse_shared_parts(table, by_conduct[conduct])
    return MappingProxyType({relief: MappingProxyType(rules) for relief, rules in found.items()})


def _investigators(files: LawFiles) -> Mapping[Conduct, tuple[Rule[str], ...]]:
    found: dict[Conduct, tuple[Rule[str], ...]] = {}
    for table in files.rules("investigator"):
        rule = _rule(table, files, lambda t: t.code("value"))
        for conduct in _conducts(table):
            found[conduct] = (*found.get(conduct, ()), rule)
            _refuse_shared_parts(table, found[conduct])
    return MappingProxyType(found)


def _terms(files: LawFiles) -> Mapping[str, Rule[Term]]:
    def read(t: Table) -> Rule[Term]:
        t.text("name"), t.code("starts")
        versions = tuple(_version(v, files, _term) for v in t.tables("version", least=1))
        return Rule(f"deadline.{t.code()}", "step", versions)

    return by_code(files.deadline_file.tables("deadline"), read)


def _rule(table: Table, files: LawFiles, value: Callable[[Table], V | None]) -> Rule[V]:
    rule = Rule(
        id=table.code("id"),
        clock=cast(Clock, table.choice("time", CLOCKS)),
        versions=tuple(_version(v, files, value) for v in table.tables("version", least=1)),
        parts=table.numbers("parts"),
    )
    table.choice("kind", KINDS)
    table.codes("applies_to", CONDUCTS)
    table.close()
    for overlap in rule.overlaps():
        table.fault(overlap)
    return rule


def _version(t: Table, files: LawFiles, value: Callable[[Table], V | None]) -> Version[V]:
    by = t.choice("by", files.instruments.keys())
    version = Version(
        value=value(t),
        article=t.string("article"),
        instrument=files.instruments.get(by, _NO_INSTRUMENT),
        start=t.day("from"),
        end=t.day("to"),
        checked=checked(t),
        url=t.string("source", ""),
        verified_by=t.string("verified_by", ""),
        verified_on=t.day("verified_on"),
        note=t.text("note") if t.has("note") else None,
    )
    if version.end and version.end < version.counts_from:
        t.fault(f"to = {version.end} is before from = {version.counts_from}", "to")
    t.close()
    return version


def _barred(t: Table) -> bool | None:
    return t.flag("value") if t.has("value") else None


def _term(t: Table) -> Term:
    amount = t.number("amount")
    if amount < 1:
        t.fault(f"amount must be 1 or more, got {amount}", "amount")
    return Term(amount, cast(Unit, t.choice("unit", UNITS)))


def _named_offences(t: Table) -> tuple[Offence, ...]:
    return tuple(_offence(offence) for offence in t.tables("offence"))


def _offence(t: Table) -> Offence:
    offence = Offence(
        conduct=cast(Conduct, t.choice("conduct", CONDUCTS)),
        part=t.number("part", 0),
        provision=t.string("provision"),
        capacities=cast(tuple[Capacity, ...], t.codes("persons", CAPACITIES)),
        max_imprisonment_months=t.number("max_imprisonment_months", 0) or None,
    )
    t.close()
    return offence


def _principle(t: Table, files: LawFiles) -> Principle:
    by = t.choice("by", files.instruments.keys())
    return Principle(t.string("article"), files.instruments.get(by, _NO_INSTRUMENT), checked(t))


def _milder_pair(t: Table) -> tuple[dt.date, dt.date]:
    """Two wordings by their first days. Which one a lawyer found milder is for people to read."""
    pair = (t.needed_day("earlier"), t.needed_day("later"))
    t.choice("milder", ("earlier", "later"))
    t.string("marked_by"), t.day("marked_on")
    t.close()
    return pair


def _conducts(table: Table) -> tuple[Conduct, ...]:
    return cast(tuple[Conduct, ...], table.codes("applies_to", CONDUCTS))


def _sentences(texts: Mapping[str, PackText]) -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType(
        {
            key.removeprefix("law."): MappingProxyType(dict(text.text))
            for key, text in texts.items()
            if key.startswith("law.")
        }
    )


def _refuse_unknown_kinds(files: LawFiles) -> None:
    for table in files.tables("rule"):
        table.choice("kind", KINDS)


def _refuse_shared_parts(table: Table, rules: tuple[Rule[V], ...]) -> None:
    *earlier, new = rules
    for rule in earlier:
        if not rule.parts or not new.parts or set(rule.parts) & set(new.parts):
            table.fault(f"{new.id} and {rule.id} answer for the same part of the same conduct")


def _refuse_missing_words(files: LawFiles, found: Law) -> None:
    values = {v.value for rs in found.investigators.values() for r in rs for v in r.versions}
    needed = steps.SENTENCES | {f"investigator.{value}": steps.DAY for value in values if value}
    for key, fields in sorted(needed.items()):
        if key not in found.sentences:
            files.files[0].fault(f"texts/law.toml: the words of the step [{key}] are missing")
        elif strange := _fields(found.sentences[key]) - fields:
            names = ", ".join(f"{{{name}}}" for name in sorted(strange))
            files.files[0].fault(f"texts/law.toml: [{key}] cannot fill in {names}")
    for principle in sorted(steps.PRINCIPLES - found.principles.keys()):
        files.files[0].fault(f"the principle {principle!r} is missing: write a [[principle]]")


def _fields(words: Mapping[str, str]) -> set[str]:
    parsed = (part for text in words.values() for part in Formatter().parse(text))
    return {name for _, name, _, _ in parsed if name is not None}


_NO_INSTRUMENT = Instrument("", "", {}, "", None, "unverified")
