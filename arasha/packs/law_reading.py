"""Reads a pack's law: acts, rules with their versions, principles, terms, and the words of each step."""

import datetime as dt
from collections.abc import Callable, Mapping
from string import Formatter
from types import MappingProxyType
from typing import TypeVar, cast

from arasha.engines.law import steps
from arasha.engines.law.rules import (
    CAPACITIES,
    CONDUCTS,
    REPORTS,
    Capacity,
    Clock,
    Conduct,
    Law,
    Offence,
    Principle,
    Report,
    Rule,
    Term,
)
from arasha.packs.ladders import ladders
from arasha.packs.model import Deadline, PackText
from arasha.packs.registers import by_code, checked
from arasha.packs.tables import Table
from arasha.packs.versions import NO_INSTRUMENT, LawFiles, refuse_overlaps, term, version

V = TypeVar("V")
CLOCKS = ("act", "step", "decision")
KINDS = ("classify", "bar", "investigator", "report")


def law(files: LawFiles, texts: Mapping[str, PackText], *, counts_intermediate: bool) -> Law:
    """Everything the engine needs. Faults are noted in the tables; the law is then not to be used."""
    _refuse_unknown_kinds(files)
    terms = _terms(files)
    found = Law(
        offences=_offences(files),
        bars=_bars(files),
        investigators=_investigators(files),
        deadlines=terms,
        ladders=ladders(files, terms),
        reports=_reports(files),
        principles=by_code(files.tables("principle"), lambda t: _principle(t, files)),
        sentences=_sentences(texts),
        milder_pairs=frozenset(_milder_pair(t) for t in files.tables("milder")),
        counts_intermediate=counts_intermediate,
    )
    _refuse_missing_words(files, found)
    _refuse_unknown_parts(files, found)
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
        rule = _rule(table, files, _known, limits=True)
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


def _reports(files: LawFiles) -> Mapping[Report, Rule[bool]]:
    found: dict[Report, Rule[bool]] = {}
    for table in files.rules("report"):
        report = cast(Report, table.choice("report", REPORTS))
        if report in found:
            table.fault(f"{found[report].id} answers for {report!r} too", "report")
        found[report] = _rule(table, files, _known)
    return MappingProxyType(found)


def _terms(files: LawFiles) -> Mapping[str, Rule[Term]]:
    def read(t: Table) -> Rule[Term]:
        t.text("name"), t.code("starts")
        versions = tuple(version(v, files, term) for v in t.tables("version", least=1))
        rule = Rule(f"deadline.{t.code()}", "step", versions)
        refuse_overlaps(t, rule)
        return rule

    return by_code(files.deadline_file.tables("deadline"), read)


def _rule(
    table: Table, files: LawFiles, value: Callable[[Table], V | None], *, limits: bool = False
) -> Rule[V]:
    versions = table.tables("version", least=1)
    rule = Rule(
        id=table.code("id"),
        clock=cast(Clock, table.choice("time", CLOCKS)),
        versions=tuple(version(v, files, value, limits=limits) for v in versions),
        parts=table.numbers("parts"),
    )
    table.choice("kind", KINDS)
    table.codes("applies_to", CONDUCTS)
    table.close()
    refuse_overlaps(table, rule)
    return rule


def _known(t: Table) -> bool | None:
    """A version without a value: the pack does not know what it said, so nobody has verified it."""
    if t.has("value"):
        return t.flag("value")
    if t.values.get("checked") != "unverified":
        t.fault('without a value nothing is known: write checked = "unverified"', "checked")
    return None


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
    if not offence.capacities:
        t.fault("persons is empty: nobody would ever answer for it", "persons")
    t.close()
    return offence


def _principle(t: Table, files: LawFiles) -> Principle:
    by = t.choice("by", files.instruments.keys())
    return Principle(t.string("article"), files.instruments.get(by, NO_INSTRUMENT), checked(t))


def _milder_pair(t: Table) -> tuple[dt.date, dt.date]:
    """Two wordings by their first days. Which one a lawyer found milder is for people to read."""
    pair = (t.needed_day("earlier"), t.needed_day("later"))
    t.choice("milder", ("earlier", "later"))
    t.string("marked_by"), t.day("marked_on")
    t.close()
    return pair


def _conducts(table: Table) -> tuple[Conduct, ...]:
    found = cast(tuple[Conduct, ...], table.codes("applies_to", CONDUCTS))
    if not found:
        table.fault("applies_to is empty: the rule would never answer", "applies_to")
    return found


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


def _refuse_unknown_parts(files: LawFiles, found: Law) -> None:
    """A rule for a part that today's wording does not have would never answer."""
    if not found.offences.versions:
        return  # said already: without wordings there are no parts
    for table in (*files.rules("bar"), *files.rules("investigator")):
        known = {part for conduct in _conducts(table) for part in found.parts_of(conduct)}
        for part in sorted(set(table.numbers("parts")) - known):
            table.fault(f"parts: today's wording has no part {part} of what it applies to", "parts")


def _refuse_missing_words(files: LawFiles, found: Law) -> None:
    needed = steps.SENTENCES | steps.sentences_of(found)
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
