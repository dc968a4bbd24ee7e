"""Reads the way of a case (`procedure.toml`) and finds where it leads nowhere."""

from collections.abc import Collection, Iterator, Mapping
from typing import cast, get_args

from arasha.engines.law.rules import Conduct
from arasha.packs.model import Deadline, Vocabulary
from arasha.packs.procedure import (
    DecisionKind,
    Door,
    Ending,
    Form,
    Gravity,
    Need,
    Procedure,
    StageKind,
    Who,
)
from arasha.packs.registers import INVESTIGATORS, basis, by_code
from arasha.packs.tables import Table
from arasha.packs.text import Text

DECISIONS = "decisions"  # the vocabulary with the names of the kinds
PROCEEDINGS = "proceeding_kinds"
# What the register writes by itself, and what figures of every country count.
NEEDED_KINDS = (
    *("registered", "investigation_opened", "sent_to_court"),
    *("terminated", "convicted", "acquitted"),
)


def procedure(
    file: Table, deadlines: Mapping[str, Deadline], vocabularies: Mapping[str, Vocabulary]
) -> Procedure:
    stages = by_code(
        file.tables("stage", least=1),
        lambda t: StageKind(t.code(), t.text("name"), t.flag("open"), t.flag("final")),
    )
    names = vocabularies[DECISIONS].terms if DECISIONS in vocabularies else {}

    def read(t: Table) -> DecisionKind:
        code = t.code()
        if code not in names:
            t.fault(f"vocabularies/{DECISIONS}.toml has no name for {code!r}", "code")
        name = names[code].name if code in names else Text({})
        return _kind(t, code, name, stages, names, deadlines, vocabularies)

    kinds = by_code(file.tables("kind", least=1), read)
    gravities, forms = _gravities(file), _forms(file, deadlines)
    found = Procedure(file.choice("begins", stages), stages, kinds, gravities, forms)
    for code in sorted(set(NEEDED_KINDS) - kinds.keys()):
        file.fault(f"the kind {code!r} is missing")
    for message in (*_dead_ends(found), *_stopped_for_ever(found)):
        file.fault(message)
    file.close()
    return found


def _gravities(file: Table) -> tuple[Gravity, ...]:
    def read(t: Table) -> Gravity:
        months = t.number("up_to_months", 0) or None
        return Gravity(t.code(), t.text("name"), months, basis(t.table("basis")))

    found = tuple(by_code(file.tables("gravity", least=1), read).values())
    limits = [gravity.up_to_months for gravity in found]
    bounds = [limit for limit in limits if limit]
    if None in limits[:-1] or limits[-1:] != [None] or bounds != sorted(set(bounds)):
        file.fault("gravities go up by up_to_months, and the last one has none")
    return found


def _forms(file: Table, deadlines: Collection[str]) -> tuple[Form, ...]:
    def read(t: Table) -> Form:
        found = Form(
            code=t.code(),
            conduct=t.choice("conduct", get_args(Conduct)),
            provisions=t.codes("provisions"),
            body_kind=t.choice("body_kind", INVESTIGATORS),
            runs=t.choice("runs", deadlines),
            instead_of=t.choice("instead_of", deadlines),
            basis=basis(t.table("basis")),
        )
        if not found.provisions:
            t.fault("provisions is empty: name those that are investigated in this form")
        if found.runs == found.instead_of:
            t.fault("a form whose term is the usual one is not another form", "runs")
        return found

    return tuple(by_code(file.tables("form"), read).values())


def _kind(
    t: Table,
    code: str,
    name: Text,
    stages: Collection[str],
    kinds: Collection[str],
    deadlines: Collection[str],
    vocabularies: Mapping[str, Vocabulary],
) -> DecisionKind:
    proceedings = vocabularies[PROCEEDINGS].terms if PROCEEDINGS in vocabularies else {}
    found = DecisionKind(
        code=code,
        name=name,
        after=frozenset(t.codes("after", stages)),
        leads_to=t.choice("leads_to", stages, "") or None,
        who=cast(Who, t.choice("who", get_args(Who))),
        needs=cast(tuple[Need, ...], t.codes("needs", get_args(Need))),
        takes=cast(tuple[Need, ...], t.codes("takes", get_args(Need))),
        grounds=t.choice("grounds", vocabularies, "") or None,
        meets=t.codes("meets", deadlines),
        starts=t.codes("starts", deadlines),
        suspends=t.codes("suspends", deadlines),
        resumes=t.codes("resumes", deadlines),
        court=cast(Door | None, t.choice("court", get_args(Door), "") or None),
        judges=t.flag("judges", False),
        ends=cast(Ending | None, t.choice("ends", get_args(Ending), "") or None),
        closes=t.codes("closes", proceedings),
        opens=t.choice("opens", proceedings, "") or None,
        tells_victim=t.flag("tells_victim"),
        approves=t.codes("approves", kinds),
        basis=basis(t.table("basis")) if t.has("basis") else None,
    )
    _agree(t, found)
    return found


def _agree(t: Table, kind: DecisionKind) -> None:
    """What stands in one place of a kind and is meant by another."""
    if not kind.after:
        t.fault("after is empty: name the stages after which it may come", "after")
    if ("ground" in kind.needs) != (kind.grounds is not None):
        t.fault('a ground needs its vocabulary, and a vocabulary its ground: needs = ["ground"]')
    if kind.court and not kind.counts_persons:
        t.fault('who comes before the court or leaves it is counted: needs = ["persons"]')
    if kind.judges and kind.court != "leaves":
        t.fault('whoever is judged leaves the court: court = "leaves"')


def _dead_ends(procedure: Procedure) -> Iterator[str]:
    reached = _reached(procedure)
    for stage in procedure.stages.values():
        ways_out = [k for k in procedure.kinds_after(stage.code) if k.leads_to]
        if stage.code not in reached:
            yield f"no decision leads to the stage {stage.code!r}"
        if not ways_out and not stage.is_final:
            yield f"no decision leads out of the stage {stage.code!r}, which is not final"


def _reached(procedure: Procedure) -> set[str]:
    reached: set[str] = set()
    found = {procedure.begins}
    while found - reached:
        reached |= found
        found = {
            kind.leads_to
            for stage in reached
            for kind in procedure.kinds_after(stage)
            if kind.leads_to
        }
    return reached


def _stopped_for_ever(procedure: Procedure) -> Iterator[str]:
    kinds = procedure.kinds.values()
    resumed = {clock for kind in kinds for clock in kind.resumes}
    for kind in kinds:
        for clock in sorted(set(kind.suspends) - resumed):
            yield f"{kind.code!r} suspends the clock {clock!r}, and no decision resumes it"
