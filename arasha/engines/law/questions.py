"""Reads a question (the JSON of `arasha law ask`) strictly, naming the field that is wrong."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

from arasha.engines.law.errors import QuestionError
from arasha.engines.law.rules import CAPACITIES, CONDUCTS, Capacity, Conduct, Law
from arasha.engines.law.terms import Suspension


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened, as far as the law asks. The act ended on some day from `act_from` to `act_to`."""

    act_from: dt.date
    act_to: dt.date
    conduct: Conduct
    part: int
    part_is_given: bool
    capacity: Capacity


@dataclass(frozen=True, slots=True)
class AskProvision:
    facts: Facts
    decision_day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AskRelief:
    facts: Facts
    relief: str
    decision_day: dt.date


@dataclass(frozen=True, slots=True)
class AskInvestigator:
    facts: Facts
    step_day: dt.date


@dataclass(frozen=True, slots=True)
class AskDeadline:
    code: str
    start: dt.datetime
    suspensions: tuple[Suspension, ...] = ()


Ask = AskProvision | AskRelief | AskInvestigator | AskDeadline
_KEYS = {"jurisdiction", "act", "conduct", "part", "capacity", "ask"}


def read(question: object, law: Law) -> tuple[Ask, ...]:
    """Return what is asked, in its order. Raises QuestionError with the field that is wrong."""
    values = _table(question, "question", _KEYS)
    asked = values.get("ask")
    if not isinstance(asked, list) or not asked:
        raise QuestionError(
            "ask", 'must be a list of at least one thing, like [{"provision": true}]'
        )
    return tuple(_ask(values, item, f"ask[{i}]", law) for i, item in enumerate(asked))


def _ask(question: Mapping[str, Any], item: object, where: str, law: Law) -> Ask:
    values = _table(item, where)
    match [key for key in ("relief", "investigator", "provision", "deadline") if key in values]:
        case ["deadline"]:
            return _deadline(values, where, law)
        case ["relief"]:
            return _relief(values, where, _facts(question, law), law)
        case ["investigator"]:
            _true(values, where, "investigator", "step_date")
            day = _day(values, f"{where}.", "step_date")
            return AskInvestigator(_facts(question, law), day)
        case ["provision"]:
            _true(values, where, "provision", "decision_date")
            return _provision(values, where, _facts(question, law))
    raise QuestionError(where, "must hold one of relief, investigator, provision, deadline")


def _relief(values: Mapping[str, Any], where: str, facts: Facts, law: Law) -> AskRelief:
    _table(values, where, {"relief", "decision_date"})
    relief = _one_of(values, f"{where}.", "relief", law.bars.keys())
    decision = _day(values, f"{where}.", "decision_date")
    return AskRelief(_decided(facts, decision, where), relief, decision)


def _provision(values: Mapping[str, Any], where: str, facts: Facts) -> AskProvision:
    if "decision_date" not in values:
        return AskProvision(facts)
    decision = _day(values, f"{where}.", "decision_date")
    return AskProvision(_decided(facts, decision, where), decision)


def _deadline(values: Mapping[str, Any], where: str, law: Law) -> AskDeadline:
    _table(values, where, {"deadline", "from", "suspended"})
    code = _one_of(values, f"{where}.", "deadline", law.deadlines.keys())
    suspended = values.get("suspended", [])
    if not isinstance(suspended, list):
        raise QuestionError(f"{where}.suspended", 'must be a list of {"from", "to"}')
    return AskDeadline(
        code,
        _instant(values, f"{where}.", "from"),
        tuple(_suspension(item, f"{where}.suspended[{i}]") for i, item in enumerate(suspended)),
    )


def _suspension(item: object, where: str) -> Suspension:
    values = _table(item, where, {"from", "to"})
    start = _instant(values, f"{where}.", "from")
    end = _instant(values, f"{where}.", "to") if values.get("to") is not None else None
    if end is not None and end < start:
        raise QuestionError(f"{where}.to", "is before its from")
    return Suspension(start, end)


def _facts(question: Mapping[str, Any], law: Law) -> Facts:
    act = _table(question.get("act"), "act", {"from", "to"})
    first, last = _day(act, "act.", "from"), _day(act, "act.", "to")
    if last < first:
        raise QuestionError("act.to", f"{last} is before act.from {first}")
    conduct = cast(Conduct, _one_of(question, "", "conduct", CONDUCTS))
    capacity = cast(Capacity, _one_of(question, "", "capacity", CAPACITIES))
    is_given = question.get("part") is not None
    part = _part(question["part"], conduct, law) if is_given else law.basic_part(conduct)
    return Facts(first, last, conduct, part, is_given, capacity)


def _decided(facts: Facts, decision: dt.date, where: str) -> Facts:
    """What is decided has ended: days of the act after the decision are impossible."""
    if decision < facts.act_from:
        raise QuestionError(
            f"{where}.decision_date", f"{decision} is before the act ({facts.act_from})"
        )
    last = min(facts.act_to, decision)
    return Facts(
        facts.act_from, last, facts.conduct, facts.part, facts.part_is_given, facts.capacity
    )


def _part(value: object, conduct: Conduct, law: Law) -> int:
    known = law.parts_of(conduct)
    if type(value) is not int or value not in known:
        words = ", ".join(map(str, known))
        raise QuestionError("part", f"{value!r} is no part of {conduct} today; known: {words}")
    return value


def _table(value: object, where: str, known: Collection[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise QuestionError(
            where, "is missing" if value is None else f"must be an object, got {value!r}"
        )
    for key in value:
        if known is not None and key not in known:
            raise QuestionError(
                f"{where}.{key}", f"is not known; known here: {', '.join(sorted(known))}"
            )
    return value


def _true(values: Mapping[str, Any], where: str, key: str, other: str) -> None:
    _table(values, where, {key, other})
    if values[key] is not True:
        raise QuestionError(f"{where}.{key}", f"must be true, got {values[key]!r}")


def _one_of(values: Mapping[str, Any], prefix: str, key: str, known: Collection[str]) -> str:
    value = values.get(key)
    if not isinstance(value, str) or value not in known:
        words = ", ".join(sorted(known))
        raise QuestionError(prefix + key, f"must be one of {words}; got {value!r}")
    return value


def _day(values: Mapping[str, Any], prefix: str, key: str) -> dt.date:
    value = values.get(key)
    if isinstance(value, str) and len(value) == len("2024-02-01"):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise QuestionError(prefix + key, f"must be a day like 2024-02-01, got {value!r}")


def _instant(values: Mapping[str, Any], prefix: str, key: str) -> dt.datetime:
    value = values.get(key)
    try:
        instant = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise QuestionError(
            prefix + key, f"must be an instant like 2024-03-07T17:30:00+05:00, got {value!r}"
        )
    return instant
