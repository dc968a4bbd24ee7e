"""Reads how terms are extended: who may grant it, up to how long, and how early it must be asked for."""

from collections.abc import Mapping
from types import MappingProxyType

from arasha.engines.law.rules import Extension, Rule, Term
from arasha.packs.tables import Table
from arasha.packs.versions import LawFiles, refuse_overlaps, term, version


def ladders(
    files: LawFiles, terms: Mapping[str, Rule[Term]]
) -> Mapping[str, Rule[tuple[Extension, ...]]]:
    """Every [[ladder]] by the code of the deadline that it extends."""
    found: dict[str, Rule[tuple[Extension, ...]]] = {}
    for table in files.deadline_file.tables("ladder"):
        code = table.choice("extends", terms)
        if code in found:
            table.fault(f"the ladder of {code!r} is given twice", "extends")
        found[code] = rule = _ladder(table, files, code)
        for message in _broken(rule, terms.get(code)):
            table.fault(message)
    return MappingProxyType(found)


def _ladder(table: Table, files: LawFiles, code: str) -> Rule[tuple[Extension, ...]]:
    rule = Rule(
        id=f"ladder.{code}",
        clock="step",
        versions=tuple(version(v, files, _rungs) for v in table.tables("version", least=1)),
    )
    table.close()
    refuse_overlaps(table, rule)
    return rule


def _rungs(t: Table) -> tuple[Extension, ...]:
    return tuple(_rung(rung) for rung in t.tables("rung", least=1))


def _rung(t: Table) -> Extension:
    found = Extension(
        up_to=term(t.table("up_to")) if t.has("up_to") else None,
        grantor=t.code("grantor"),
        motion_before=term(t.table("motion_before")),
    )
    t.close()
    return found


def _broken(rule: Rule[tuple[Extension, ...]], term: Rule[Term] | None) -> list[str]:
    """Each rung lengthens the one below it, in the unit of the term; only the last has no limit."""
    lengths = [found.value for found in term.versions if found.value] if term else []
    faults = []
    for rungs in (found.value or () for found in rule.versions):
        limits = [rung.up_to for rung in rungs]
        if None in limits[:-1]:
            faults.append("only the last rung may be without up_to")
        known = [*lengths, *(limit for limit in limits if limit)]
        if len({limit.unit for limit in known}) > 1:
            faults.append("every up_to stands in the unit of the term that it extends")
        base = max((length.amount for length in lengths), default=0)
        amounts = [base, *(limit.amount for limit in limits if limit)]
        if sorted(set(amounts)) != amounts:
            faults.append("each rung must reach further than the one below it, and than the term")
    return faults
