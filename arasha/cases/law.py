"""What the country's rules say of a case: asked once, stored, never recomputed silently."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from arasha.cases.models import Allegation
from arasha.country import country
from arasha.packs.asking import ask as ask_pack

Answer = dict[str, Any]


def question_on(*, allegation: Allegation, day: dt.date) -> Answer:
    """Everything the case page asks: provision, investigator, and every way out the pack knows."""
    asks: list[Answer] = [{"provision": True}, {"investigator": True, "step_date": day.isoformat()}]
    asks += [{"relief": relief, "decision_date": day.isoformat()} for relief in country().law.bars]
    return _question(allegation, asks)


def deadline_question(*, allegation: Allegation, rule: str, start: dt.datetime) -> Answer:
    return _question(allegation, [{"deadline": rule, "from": start.isoformat()}])


def ask(question: Answer) -> Answer:
    """The engine's answers with the hash of the pack that gave them."""
    return ask_pack(country(), question)


def _question(allegation: Allegation, asks: Sequence[Answer]) -> Answer:
    return {
        "jurisdiction": country().code,
        "act": {
            "from": allegation.happened_from.isoformat(),
            "to": allegation.happened_to.isoformat(),
        },
        "conduct": allegation.conduct,
        "capacity": allegation.capacity,
        "ask": list(asks),
    }
