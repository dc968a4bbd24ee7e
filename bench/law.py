"""How much processor time the law takes to answer, with its trace. Run: python -m bench.law"""

import datetime as dt
import sys
from collections.abc import Iterator
from functools import partial
from time import process_time
from timeit import repeat
from typing import Any

from arasha.engines.law import Ask, answer, ladder, read
from arasha.engines.law.rules import CONDUCTS, REPORTS
from arasha.packs import Pack, ask, differences, load

ROUNDS = 2000
FEW = ROUNDS // 10  # for each of the many questions
QUESTION: dict[str, Any] = {
    "jurisdiction": "kz",
    "act": {"from": "2022-05-10", "to": "2022-05-10"},
    "conduct": "torture",
    "part": 2,
    "capacity": "official",
    "ask": [
        {"relief": "suspended_sentence", "decision_date": "2024-02-01"},
        {"investigator": True, "step_date": "2023-02-01"},
        {"provision": True},
        {"report": "anonymous_opens_case", "step_date": "2023-02-01"},
        {"deadline": "registration", "from": "2024-03-07T17:30:00+05:00"},
    ],
}
TWENTY_YEARS = {"from": "2006-01-01", "to": "2025-12-31"}


def main() -> None:
    pack = load("kz")
    for one in read(QUESTION, pack.law):
        say(f"law answer {type(one).__name__}", answered(pack, one, ROUNDS))
    dearest = max(answered(pack, one, FEW) for one in every_question(pack))
    say("law answer, the dearest of all to an act of a known day", dearest)
    [uncertain] = read({**QUESTION, "act": TWENTY_YEARS, "ask": [{"provision": True}]}, pack.law)
    say(
        "law answer, the provision of an act on some day of twenty years",
        answered(pack, uncertain, FEW),
    )
    number, answers = len(QUESTION["ask"]), ask(pack, QUESTION)
    say("an answer from JSON to JSON", taken(partial(ask, pack, QUESTION), ROUNDS) / number)
    compared = taken(partial(differences, pack, QUESTION, answers), ROUNDS)
    say("a stored answer compared with today's law", compared / number)
    rungs = partial(ladder, pack.law, "investigation", dt.date(2024, 2, 1))
    say("the ladder of a term", taken(rungs, ROUNDS))


def every_question(pack: Pack) -> Iterator[Ask]:
    """Every way out, provision, investigator, report and deadline, for each part of both conducts."""
    day = {"step_date": "2024-02-01"}
    asks = [
        *({"relief": relief, "decision_date": "2024-02-01"} for relief in pack.law.bars),
        *({"report": report, **day} for report in REPORTS),
        *({"deadline": code, "from": "2024-03-07T17:30:00+05:00"} for code in pack.deadlines),
        *({"provision": True}, {"investigator": True, **day}),
    ]
    for conduct in CONDUCTS:
        for part in pack.law.parts_of(conduct):
            yield from read({**QUESTION, "conduct": conduct, "part": part, "ask": asks}, pack.law)


def answered(pack: Pack, one: Ask, rounds: int) -> float:
    asking = partial(answer, pack.law, one, zone=pack.timezone, is_working=pack.calendar.is_working)
    assert asking().steps
    return taken(asking, rounds)


def taken(doing: partial[Any], rounds: int) -> float:
    """The best of five runs, in microseconds of the processor."""
    return min(repeat(doing, number=rounds, timer=process_time)) / rounds * 1e6


def say(what: str, microseconds: float) -> None:
    sys.stdout.write(f"{what}: {microseconds:.1f} µs\n")


if __name__ == "__main__":
    main()
