"""A lawyer's cases: each is read as a question to the rules, and compared with the answer given."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from arasha.engines.law import QuestionError
from arasha.packs.asking import ask
from arasha.packs.model import LawCase, Pack
from arasha.packs.tables import Table, plain

ASKED = ("relief", "investigator", "provision", "report", "deadline")
EXPECTED = ("value", "barred", "due_at", "depends", "needs_review", "articles", "tells")


def cases(file: Table) -> list[LawCase]:
    tables = file.tables("case", least=1)
    found = [_case(table) for table in tables]
    file.close()
    return found


def failures(pack: Pack) -> list[str]:
    """What the rules answer otherwise than the lawyer expects, in words; empty if all is as expected."""
    return [problem for case in pack.cases for problem in _differences(pack, case)]


def _case(t: Table) -> LawCase:
    act = _interval(t)
    question: dict[str, Any] = {"ask": [_asked(t)]}
    if act:
        question |= {
            "act": act,
            "conduct": t.string("conduct", "torture"),
            "capacity": t.string("capacity", "official"),
        }
    if t.has("part"):
        question["part"] = t.number("part")
    expect = _expected(t.table("expect"))
    case = LawCase(t.string("name"), question, expect, t.file, t.lines.of(t.path))
    t.close()
    return case


def _interval(t: Table) -> dict[str, str]:
    """`act = 2022-05-10`, or `act_from` and `act_to` where the day is not known."""
    day = t.day("act")
    first, last = t.day("act_from") or day, t.day("act_to") or day
    if first is None or last is None:
        return {}
    return {"from": first.isoformat(), "to": last.isoformat()}


def _asked(t: Table) -> dict[str, Any]:
    asked = t.table("ask")
    if len(asked.values.keys() & set(ASKED)) != 1:
        asked.fault(f"ask holds exactly one of {', '.join(ASKED)}")
    days: dict[str, dt.date | None] = {
        "decision_date": t.day("decision"),
        "step_date": t.day("step"),
        "from": t.instant("received"),
    }
    words: dict[str, Any] = plain(asked.values)
    return words | {key: day.isoformat() for key, day in days.items() if day}


def _expected(t: Table) -> Mapping[str, Any]:
    for key in t.values.keys() - set(EXPECTED):
        t.fault(f"unknown key {key!r}; known here: {', '.join(EXPECTED)}", key)
    if not t.values:
        t.fault(f"expects nothing: write at least one of {', '.join(EXPECTED)}")
    t.codes("articles"), t.codes("tells")
    found: Mapping[str, Any] = plain(t.values)
    return found


def _differences(pack: Pack, case: LawCase) -> list[str]:
    where = f"{case.file}:{case.line} {case.name}"
    try:
        answer = ask(pack, case.question)["answers"][0]
    except QuestionError as error:
        return [f"{where}: cannot be asked: {error}"]
    return [
        f"{where}: expected {key} = {_shown(expected)}, the rules say {_shown(found)}"
        for key, expected in case.expect.items()
        if not _agree(key, expected, found := _found(answer, key))
    ]


def _found(answer: Mapping[str, Any], key: str) -> Any:
    if key == "articles":
        return [step["article"] for step in answer["steps"]]
    if key == "tells":
        return [list(step["text"].values()) for step in answer["steps"]]
    if key == "depends":
        return [piece["from"] for piece in answer["depends"] or ()][1:]
    return answer[key]


def _agree(key: str, expected: Any, found: Any) -> bool:
    """`articles` must all be cited, `tells` told by a step in each language; `depends` are the split
    days; "none" stands for no value.
    """
    if key == "articles":
        return set(expected) <= set(found)
    if key == "tells":
        return all(any(all(word in text for text in step) for step in found) for word in expected)
    if key == "due_at" and found:
        return _instant(found) == _instant(expected)
    return bool((None if expected == "none" else expected) == found)


def _instant(value: Any) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _shown(value: Any) -> str:
    return "nothing" if value is None else repr(value)
