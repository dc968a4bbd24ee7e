"""The course of a case for its page: each proceeding with its decisions, steps, rulings and tellings."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from arasha.actors import Actor
from arasha.cases import selectors
from arasha.cases.answers import Said, said
from arasha.cases.models import Case, Charge, Decision, Person, Proceeding, Ruling, Step, Telling
from arasha.cases.services.proceedings import kinds_by_decision
from arasha.country import country

Row = TypeVar("Row", Step, Ruling, Telling)


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a decision says of a person. `barred`: what the law said of the relief, if one was granted."""

    who: str
    ruling: Ruling
    barred: Said | None


@dataclass(frozen=True, slots=True)
class Told:
    """`is_told` False: it was tried, and nobody was told."""

    who: str
    telling: Telling
    is_told: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A decision. `must_tell`: the victim must be told of it, and nobody was."""

    decision: Decision
    grounds: str
    rulings: list[Ruled]
    barred: Said | None
    told: list[Told]
    is_to_tell: bool
    must_tell: bool


@dataclass(frozen=True, slots=True)
class Run:
    """One proceeding; None: decisions that belong to none."""

    proceeding: Proceeding | None
    is_by_hand: bool
    made: list[Made]
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Charged:
    who: str
    charge: Charge


@dataclass(frozen=True, slots=True)
class Course:
    runs: list[Run]
    charges: list[Charged]
    untold: list[Made]


def course_of(*, viewer: Actor, case: Case, language: str) -> Course:
    """What was done and decided of a case, run by run."""
    names = selectors.names_by_person(viewer=viewer, case=case)
    rulings = _by(selectors.rulings(viewer=viewer, case=case), "decision_id")
    tellings = _by(selectors.tellings(viewer=viewer, case=case), "decision_id")
    steps = _by(selectors.steps(viewer=viewer, case=case), "proceeding_id")
    made: dict[uuid.UUID | None, list[Made]] = defaultdict(list)
    for decision in selectors.decisions(viewer=viewer, case=case):
        of = (rulings[decision.key], tellings[decision.key])
        made[decision.proceeding_id].append(_made(decision, *of, names, language))
    runs = [
        Run(each, each.kind not in kinds_by_decision(), made[each.key], steps[each.key])
        for each in selectors.proceedings(viewer=viewer, case=case)
    ]
    loose = [Run(None, False, made[None], [])] if made[None] else []
    return Course(
        runs=[*loose, *runs],
        charges=[
            Charged(who(each.person, names), each)
            for each in selectors.charges(viewer=viewer, case=case)
        ],
        untold=[each for all_made in made.values() for each in all_made if each.must_tell],
    )


def who(person: Person, names: dict[uuid.UUID, str]) -> str:
    """A person by their code, and by their name to whom it is open."""
    name = names.get(person.pk)
    return f"{person.code} {name}" if name else person.code


def _made(
    decision: Decision,
    rulings: list[Ruling],
    tellings: list[Telling],
    names: dict[uuid.UUID, str],
    language: str,
) -> Made:
    kind = country().procedure.kinds.get(decision.kind)
    silent = country().vocabularies["telling_ways"].meaning("untold")
    told = [Told(_told_who(each, names), each, each.way not in silent) for each in tellings]
    is_to_tell = kind is not None and kind.tells_victim
    return Made(
        decision=decision,
        grounds=(kind.grounds or "") if kind else "",
        rulings=[
            Ruled(who(each.person, names), each, _barred_on(each, language)) for each in rulings
        ],
        barred=_barred(decision, language),
        told=told,
        is_to_tell=is_to_tell,
        must_tell=is_to_tell and not any(each.is_told for each in told),
    )


def _told_who(telling: Telling, names: dict[uuid.UUID, str]) -> str:
    return who(telling.person, names) if telling.person else ""


def _barred_on(ruling: Ruling, language: str) -> Said | None:
    if not ruling.relief or not ruling.law_question:
        return None
    return said(ruling.law_question["ask"][0], ruling.law_answer["answers"][0], language)


def _barred(decision: Decision, language: str) -> Said | None:
    """What the law said of the relief that was granted to all, among the answers of the day."""
    pairs = zip(decision.law_question["ask"], decision.law_answer["answers"], strict=True)
    found = (pair for pair in pairs if pair[0].get("relief") == decision.relief)
    pair = next(found, None) if decision.relief else None
    return said(*pair, language) if pair else None


def _by(rows: Iterable[Row], column: str) -> dict[uuid.UUID, list[Row]]:
    found: dict[uuid.UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found
