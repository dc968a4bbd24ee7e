"""What the law says of an act that somebody describes: asked without a case, kept nowhere."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from arasha.cases import scenario_terms
from arasha.cases.answers import Json, Said, all_said, cited, said
from arasha.cases.law import ask
from arasha.cases.scenario_form import PART, Days, part_of
from arasha.cases.scenario_terms import CaseTerm
from arasha.country import choices, country, term
from arasha.engines.law.rules import Offence


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a number of the code meant from `first` (None: not known) to `last` (None: still)."""

    first: dt.date | None
    last: dt.date | None
    words: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the code that has meant different things."""

    provision: str
    meanings: list[Meaning]


@dataclass(frozen=True, slots=True)
class Scenario:
    """An answered question, and what was asked. `numbers`: those that have meant different things."""

    conduct: str
    capacity: str
    aggravation: str
    act: Days
    decision: dt.date
    step: dt.date
    provision: Said
    numbers: list[Number]
    investigator: Said
    ways_out: list[Said]
    reports: list[Said]
    terms: list[CaseTerm]
    pack_hash: str


@dataclass(frozen=True, slots=True)
class WayOut:
    """One row of the table: what the law of a day says, by the name of each conduct."""

    name: str
    cells: list[tuple[str, Said]]


def answered(*, facts: Mapping[str, Any], language: str) -> Scenario:
    """Ask everything about what a valid form says."""
    question = _question(facts, _asks(facts))
    found = ask(question)
    pairs = list(zip(question["ask"], found["answers"], strict=True))
    provision, investigator = pairs[0], pairs[1]
    values = {provision[1]["value"], *(part["value"] for part in provision[1]["depends"] or ())}
    return Scenario(
        conduct=term("conducts", facts["conduct"]),
        capacity=term("capacities", facts["capacity"]),
        aggravation=term("aggravations", graver) if (graver := facts.get("aggravation")) else "",
        act=facts["act"],
        decision=facts["decision"],
        step=facts["step"],
        provision=said(*provision, language),
        numbers=_numbers(sorted(values - {None}), provision[1]["steps"][0]["article"], language),
        investigator=said(*investigator, language),
        ways_out=all_said((pair for pair in pairs if "relief" in pair[0]), language),
        reports=all_said((pair for pair in pairs if "report" in pair[0]), language),
        terms=scenario_terms.told((pair for pair in pairs if "deadline" in pair[0]), language),
        pack_hash=found["pack_hash"],
    )


def ways_out(*, day: dt.date, language: str) -> list[WayOut]:
    """Every way out of punishment, for an act and a decision of `day`."""
    columns = []
    for conduct, name in choices("conducts"):
        facts = {"conduct": conduct, "capacity": "official", "act": Days(day, day)}
        question = _question(facts, _reliefs(day))
        found = all_said(zip(question["ask"], ask(question)["answers"], strict=True), language)
        columns.append([(name, each) for each in found])
    rows = zip(*columns, strict=True)
    return [WayOut(row[0][1].question, list(row)) for row in rows]


def _question(facts: Mapping[str, Any], asks: list[Json]) -> Json:
    days = facts["act"]
    return {
        "jurisdiction": country().code,
        "act": {"from": days.first.isoformat(), "to": days.last.isoformat()},
        "conduct": facts["conduct"],
        "capacity": facts["capacity"],
        "part": part_of(facts.get("aggravation", "")),
        "ask": asks,
    }


def _asks(facts: Mapping[str, Any]) -> list[Json]:
    decision, step = facts["decision"], facts["step"]
    return [
        {"provision": True, "decision_date": decision.isoformat()},
        {"investigator": True, "step_date": step.isoformat()},
        *_reliefs(decision),
        *({"report": code, "step_date": step.isoformat()} for code in country().law.reports),
        *scenario_terms.asks(step),
    ]


def _reliefs(decision: dt.date) -> list[Json]:
    """In the order of the vocabulary, which is that of the code."""
    known = (code for code in country().vocabularies["reliefs"].terms if code in country().law.bars)
    return [{"relief": relief, "decision_date": decision.isoformat()} for relief in known]


def _numbers(provisions: Iterable[str], article: str, language: str) -> list[Number]:
    """Those of `provisions` whose meaning ever changed; `article` names their code."""
    code = article.partition(" ")[0]
    found = [Number(cited(f"{code} {each}", language), _meanings(each)) for each in provisions]
    return [number for number in found if len({each.words for each in number.meanings}) > 1]


def _meanings(provision: str) -> list[Meaning]:
    """What the number meant, wording by wording."""
    named = [
        (version, [o for o in version.value or () if o.provision == provision])
        for version in country().law.offences.versions
    ]
    return [
        Meaning(version.start, version.end, "; ".join(_named(each) for each in offences))
        for version, offences in named
        if offences
    ]


def _named(offence: Offence) -> str:
    """The conduct, and what makes it graver if this is such a part."""
    conduct, graver = term("conducts", offence.conduct), f"{PART}{offence.part}"
    known = country().vocabularies.get("aggravations")
    return f"{conduct} ({term(known.code, graver)})" if known and graver in known.terms else conduct
