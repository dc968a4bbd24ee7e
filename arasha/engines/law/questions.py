"""Reads a question (the JSON of `arasha law ask`) strictly, naming the field that is wrong."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from arasha.engines.law.errors import QuestionError
from arasha.engines.law.rules import (
    CAPACITIES,
    CONDUCTS,
    REPORTS,
    Capacity,
    Conduct,
    Law,
    Report,
)
from arasha.engines.law.terms import Suspension

When = TypeVar("When", dt.date, dt.datetime)


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
class AskReport:
    report: Report
    step_day: dt.date


@dataclass(frozen=True, slots=True)
class AskDeadline:
    code: str
    start: dt.datetime
    suspensions: tuple[Suspension, ...] = ()


Ask = AskProvision | AskRelief | AskInvestigator | AskReport | AskDeadline
# Every day and instant asked about lies in these years: no term then leaves the calendar.
YEARS = range(1000, 3000)
MOST_SHOWN = 80
_KEYS = {"jurisdiction", "act", "conduct", "part", "capacity", "ask"}
_KINDS = ("relief", "investigator", "provision", "report", "deadline")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(rf"{_DAY.pattern}T[0-9]{{2}}:[0-9]{{2}}\S*")


def read(question: object, law: Law) -> tuple[Ask, ...]:
    """Return what is asked, in its order. Raises QuestionError with the field that is wrong."""
    values = _table(question, "question", _KEYS)
    asked = values.get("ask")
    if not isinstance(asked, list) or not asked:
        raise QuestionError(
            "ask", 'must be a list of at least one thing, like [{"provision": true}]'
        )
    _refuse_wrong_facts(values, law)
    facts = _facts(values, law) if _needs_an_act(asked) else None
    return tuple(_ask(item, f"ask[{i}]", facts, law) for i, item in enumerate(asked))


def _needs_an_act(asked: list[Any]) -> bool:
    kinds = {kind for item in asked if isinstance(item, Mapping) for kind in _KINDS if kind in item}
    return bool(kinds - {"report", "deadline"})


def _refuse_wrong_facts(question: Mapping[str, Any], law: Law) -> None:
    """Deadlines and reports need no act. What is told of one all the same must be told rightly."""
    if question.get("act") is not None:
        _interval(question["act"])
    for key, known in (("conduct", CONDUCTS), ("capacity", CAPACITIES)):
        if question.get(key) is not None:
            _one_of(question, "", key, known)
    if question.get("part") is not None:
        conduct = cast(Conduct, _one_of(question, "", "conduct", CONDUCTS))
        _part(question["part"], conduct, law)


def _ask(item: object, where: str, facts: Facts | None, law: Law) -> Ask:
    values = _table(item, where)
    match [kind for kind in _KINDS if kind in values]:
        case ["deadline"]:
            return _deadline(values, where, law)
        case ["report"]:
            return _report(values, where)
        case ["relief"] if facts:
            return _relief(values, where, facts, law)
        case ["investigator"] if facts:
            _true(values, where, "investigator", "step_date")
            return AskInvestigator(facts, _day(values, f"{where}.", "step_date"))
        case ["provision"] if facts:
            _true(values, where, "provision", "decision_date")
            return _provision(values, where, facts)
    raise QuestionError(where, f"must hold one of {', '.join(_KINDS)}")


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


def _report(values: Mapping[str, Any], where: str) -> AskReport:
    _table(values, where, {"report", "step_date"})
    report = cast(Report, _one_of(values, f"{where}.", "report", REPORTS))
    return AskReport(report, _day(values, f"{where}.", "step_date"))


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
    first, last = _interval(question.get("act"))
    conduct = cast(Conduct, _one_of(question, "", "conduct", CONDUCTS))
    capacity = cast(Capacity, _one_of(question, "", "capacity", CAPACITIES))
    is_given = question.get("part") is not None
    part = _part(question["part"], conduct, law) if is_given else law.basic_part(conduct)
    return Facts(first, last, conduct, part, is_given, capacity)


def _interval(value: object) -> tuple[dt.date, dt.date]:
    act = _table(value, "act", {"from", "to"})
    first, last = _day(act, "act.", "from"), _day(act, "act.", "to")
    if last < first:
        raise QuestionError("act.to", f"{last} is before act.from {first}")
    return first, last


def _decided(facts: Facts, decision: dt.date, where: str) -> Facts:
    """What is decided has ended: days of the act after the decision are impossible."""
    if decision < facts.act_from:
        raise QuestionError(
            f"{where}.decision_date",
            f"{decision} is before the act, which ended on {facts.act_from} at the earliest",
        )
    last = min(facts.act_to, decision)
    return Facts(
        facts.act_from, last, facts.conduct, facts.part, facts.part_is_given, facts.capacity
    )


def _part(value: object, conduct: Conduct, law: Law) -> int:
    known = law.parts_of(conduct)
    if type(value) is not int or value not in known:
        words = ", ".join(map(str, known))
        raise QuestionError(
            "part", f"{_short(value)} is no part of {conduct} today; known: {words}"
        )
    return value


def _table(value: object, where: str, known: Collection[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise QuestionError(
            where, "is missing" if value is None else f"must be an object, got {_short(value)}"
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
        raise QuestionError(f"{where}.{key}", f"must be true, got {_short(values[key])}")


def _one_of(values: Mapping[str, Any], prefix: str, key: str, known: Collection[str]) -> str:
    value = values.get(key)
    if not isinstance(value, str) or value not in known:
        words = ", ".join(sorted(known))
        raise QuestionError(prefix + key, f"must be one of {words}; got {_short(value)}")
    return value


def _day(values: Mapping[str, Any], prefix: str, key: str) -> dt.date:
    value = values.get(key)
    found = _read(dt.date.fromisoformat, value, _DAY)
    if found is None:
        raise QuestionError(prefix + key, f"must be a day like 2024-02-01, got {_short(value)}")
    _refuse_far(found, prefix + key)
    return found


def _instant(values: Mapping[str, Any], prefix: str, key: str) -> dt.datetime:
    value = values.get(key)
    found = _read(dt.datetime.fromisoformat, value, _INSTANT)
    if found is None or found.tzinfo is None:
        example = "an instant with its offset like 2024-03-07T17:30:00+05:00"
        raise QuestionError(prefix + key, f"must be {example}, got {_short(value)}")
    _refuse_far(found, prefix + key)
    return found


def _read(parse: Callable[[str], When], value: object, form: re.Pattern[str]) -> When | None:
    if not isinstance(value, str) or not form.fullmatch(value):
        return None
    try:
        return parse(value)
    except ValueError:
        return None


def _refuse_far(when: dt.date, field: str) -> None:
    if when.year not in YEARS:
        raise QuestionError(field, f"the year must be {YEARS[0]} to {YEARS[-1]}, got {when.year}")


def _short(value: object) -> str:
    """What was given, as far as it helps to find it."""
    shown = repr(value)
    return shown if len(shown) <= MOST_SHOWN else f"{shown[:MOST_SHOWN]}…"
