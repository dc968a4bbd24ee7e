"""What the law says of a report on the day it comes in: its two clocks, a name, a warning."""

import datetime as dt
from typing import Any, Final

from django.utils.translation import get_language

from arasha.cases.answers import cited
from arasha.cases.law import ask
from arasha.country import country, local_day
from arasha.engines.law import anonymous_opens_case, must_warn_of_false_denunciation

# Clocks from the moment of receipt (pack: deadlines).
REGISTRATION: Final = "registration"
PASSING_ON: Final = "pass_on"
REPORTS = ("anonymous_opens_case", "anonymous_brings_visit", "false_denunciation_warning")

APPEAL, CITIZEN, BODY, OWN, ANONYMOUS = "appeal", "citizen", "body", "own_report", "anonymous"
AT_THE_DOOR = (CITIZEN, BODY, OWN, ANONYMOUS)


def question_at(received_at: dt.datetime) -> dict[str, Any]:
    """Everything that is asked once, when a report comes in, and stored with it."""
    pack, day = country(), local_day(received_at).isoformat()
    asks: list[dict[str, Any]] = [
        {"deadline": rule, "from": received_at.isoformat()}
        for rule in (REGISTRATION, PASSING_ON)
        if rule in pack.law.deadlines
    ]
    asks += [
        {"report": report, "step_date": day} for report in REPORTS if report in pack.law.reports
    ]
    return {"jurisdiction": pack.code, "ask": asks}


def receipt(received_at: dt.datetime) -> dict[str, Any]:
    """The fields of an allegation that the rules of the day of its receipt give."""
    question = question_at(received_at)
    answer = ask(question) if question["ask"] else {"answers": []}
    return {
        "law_question": question,
        "law_answer": answer,
        "register_by_at": _due(question, answer, REGISTRATION),
        "pass_on_by_at": _due(question, answer, PASSING_ON),
    }


def bars_anonymous(day: dt.date) -> str | None:
    """The article by which a message without a name opens no case on `day`; None: nothing says so."""
    said = anonymous_opens_case(country().law, day)
    return cited(said.step.article, _language()) if said.holds is False else None


def demands_warning(day: dt.date) -> str | None:
    """The article by which a complainant must be warned on `day`; None: nothing says so."""
    said = must_warn_of_false_denunciation(country().law, day)
    return cited(said.step.article, _language()) if said.holds else None


def _due(question: dict[str, Any], answer: dict[str, Any], rule: str) -> dt.datetime | None:
    for asked, said in zip(question["ask"], answer["answers"], strict=True):
        if asked.get("deadline") == rule and said["due_at"]:
            return dt.datetime.fromisoformat(said["due_at"])
    return None


def _language() -> str:
    return get_language() or "en"
