"""How much processor time the law takes to answer, with its trace. Run: python -m bench.law"""

import sys
from functools import partial
from time import process_time
from timeit import repeat

from arasha.engines.law import answer, read
from arasha.packs import ask, load

ROUNDS = 2000
QUESTION = {
    "jurisdiction": "kz",
    "act": {"from": "2022-05-10", "to": "2022-05-10"},
    "conduct": "torture",
    "part": 2,
    "capacity": "official",
    "ask": [
        {"relief": "suspended_sentence", "decision_date": "2024-02-01"},
        {"investigator": True, "step_date": "2023-02-01"},
        {"provision": True},
        {"deadline": "registration", "from": "2024-03-07T17:30:00+05:00"},
    ],
}


def main() -> None:
    pack = load("kz")
    asked = read(QUESTION, pack.law)
    best: dict[str, float] = {}
    for one in asked:
        answering = partial(
            answer, pack.law, one, zone=pack.timezone, is_working=pack.calendar.is_working
        )
        assert answering().steps
        best[type(one).__name__] = (
            min(repeat(answering, number=ROUNDS, timer=process_time)) / ROUNDS * 1e6
        )
    whole = (
        min(repeat(partial(ask, pack, QUESTION), number=ROUNDS, timer=process_time)) / ROUNDS * 1e6
    )
    for kind, microseconds in best.items():
        sys.stdout.write(f"law answer {kind}: {microseconds:.1f} µs\n")
    sys.stdout.write(
        f"law question of {len(asked)} from JSON to JSON: {whole / len(asked):.1f} µs an answer\n"
    )


if __name__ == "__main__":
    main()
