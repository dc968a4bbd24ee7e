"""Small laws to ask: of a country with one offence and one way out."""

import datetime as dt
from collections.abc import Sequence

from arasha.engines.law.questions import AskRelief, Facts
from arasha.engines.law.rules import (
    Clock,
    Instrument,
    Law,
    Offence,
    Principle,
    Rule,
    Term,
    V,
    Version,
)
from arasha.engines.law.steps import SENTENCES

CODE = Instrument("code", "The Code", {"en": "The Code"}, "", dt.date(2000, 1, 1), "official")
ACT = dt.date(2010, 6, 15)
DECISION = dt.date(2020, 6, 15)


def version(value: V | None, start: dt.date | None, end: dt.date | None = None) -> Version[V]:
    return Version(value, f"1@{start}", CODE, start, end, "official", "")


def law(
    *,
    bar: Sequence[Version[bool]] = (),
    clock: Clock = "act",
    offences: Sequence[Version[tuple[Offence, ...]]] = (),
    terms: Sequence[Version[Term]] = (),
    counts_intermediate: bool = True,
    milder_pairs: frozenset[tuple[dt.date, dt.date]] = frozenset(),
) -> Law:
    sentences = {
        key: {"en": f"{key} {{day}}" if "day" in needs else key} for key, needs in SENTENCES.items()
    }
    principle = Principle("Constitution 1", CODE, "official")
    return Law(
        offences=Rule("classify", "act", tuple(offences) or (version((TORTURE,), None),)),
        bars={"amnesty": {"torture": (Rule("bar", clock, tuple(bar)),)}},
        investigators={},
        deadlines={"term": Rule("term", "step", tuple(terms))},
        principles={"no_retroactive_worsening": principle, "milder_law": principle},
        sentences=sentences,
        milder_pairs=milder_pairs,
        counts_intermediate=counts_intermediate,
    )


TORTURE = Offence("torture", 1, "100", ("official",))


def facts(first: dt.date = ACT, last: dt.date | None = None) -> Facts:
    return Facts(first, last or first, "torture", 1, True, "official")


def amnesty(first: dt.date = ACT, last: dt.date | None = None, on: dt.date = DECISION) -> AskRelief:
    return AskRelief(facts(first, last), "amnesty", on)
