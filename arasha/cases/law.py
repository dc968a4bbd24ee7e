"""What the country's rules say of a case: asked once, stored, never recomputed silently."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from arasha.cases.models import Allegation, Case, Charge, Person
from arasha.country import country, local_day
from arasha.packs.asking import ask as ask_pack

Answer = dict[str, Any]


class Facts(NamedTuple):
    """What the law asks of an act besides its days. `part`: today's numbering; None: the basic offence."""

    conduct: str
    part: int | None
    capacity: str


class Told(NamedTuple):
    """What an allegation says that the law asks about, with what turned out otherwise since."""

    happened_from: dt.date | None
    happened_to: dt.date | None
    conduct: str
    capacity: str


def as_corrected(allegation: Allegation) -> Told:
    """What every question from now on is asked of. The allegation stays as it was received, and so does
    every answer that was stored before a correction."""
    told = Told(
        allegation.happened_from,
        allegation.happened_to,
        allegation.conduct,
        allegation.capacity,
    )
    if allegation._state.adding:  # an import asks before its rows are written
        return told
    made = allegation.corrections.filter(what__in=("happened", "conduct", "capacity"))
    for each in made.order_by("made_at"):
        if each.what == "happened":
            told = told._replace(happened_from=each.happened_from, happened_to=each.happened_to)
        elif each.what == "conduct":
            told = told._replace(conduct=each.code)
        else:
            told = told._replace(capacity=each.code)
    return told


def facts_of(*, allegation: Allegation) -> Facts:
    """As the case was classified last by a signed act; before that, as the allegation proposes."""
    signed = allegation.case.classifications.order_by("number").last() if allegation.case else None
    if signed is None:
        told = as_corrected(allegation)
        return Facts(told.conduct, None, told.capacity)
    return Facts(signed.conduct, signed.part, signed.capacity)


def facts_on(*, person: Person, charge: Charge | None, otherwise: Facts) -> Facts:
    """The same of one person: by the charge and in the capacity in which they acted."""
    capacity = person.capacity or otherwise.capacity
    if charge is None:
        return Facts(otherwise.conduct, otherwise.part, capacity)
    return Facts(charge.conduct, charge.part, capacity)


def founding(case: Case) -> Allegation:
    """The allegation as which a case was registered: what is joined later moves no answer of the law."""
    return case.allegations.exclude(outcome__kind="joined").earliest("received_at")


def last_day_of_act(allegation: Allegation) -> dt.date:
    """The last day on which the act can have ended; nobody tells of what is still to come."""
    told = local_day(allegation.received_at)
    return min(as_corrected(allegation).happened_to or told, told)


def question_on(*, allegation: Allegation, day: dt.date, facts: Facts | None = None) -> Answer:
    """Everything the case page asks: provision, investigator, and every way out the pack knows."""
    asks: list[Answer] = [{"provision": True}, {"investigator": True, "step_date": day.isoformat()}]
    asks += [{"relief": relief, "decision_date": day.isoformat()} for relief in country().law.bars]
    return _question(allegation, asks, facts or facts_of(allegation=allegation))


def relief_question(*, allegation: Allegation, facts: Facts, relief: str, day: dt.date) -> Answer:
    """Whether one way out of punishment was barred on the day on which it was granted."""
    return _question(allegation, [{"relief": relief, "decision_date": day.isoformat()}], facts)


def provision_question(
    *, allegation: Allegation, facts: Facts, act_day: dt.date | None = None
) -> Answer:
    """Under which provision the act falls; `act_day`: the one day on which it is charged to have ended."""
    question = _question(allegation, [{"provision": True}], facts)
    if act_day is not None:
        question["act"] = {"from": act_day.isoformat(), "to": act_day.isoformat()}
    return question


def deadline_question(
    *, allegation: Allegation, rule: str, start: dt.datetime, facts: Facts | None = None
) -> Answer:
    asks: list[Answer] = [{"deadline": rule, "from": start.isoformat()}]
    return _question(allegation, asks, facts or facts_of(allegation=allegation))


def ask(question: Answer) -> Answer:
    """The engine's answers with the hash of the pack that gave them."""
    return ask_pack(country(), question)


def provision_of(answered: Answer) -> tuple[str, dt.date | None]:
    """The provision and the first day of its wording; nothing where it depends or is not covered."""
    found = answered["answers"][0]
    since = found["steps"][0]["version_from"] if found["value"] else None
    return found["value"] or "", dt.date.fromisoformat(since) if since else None


def _act(allegation: Allegation) -> dict[str, str]:
    """The days on which the act may have ended; where nobody knows one, as far as it can have been."""
    told = as_corrected(allegation)
    first = told.happened_from or _before_every_wording()
    last = told.happened_to or local_day(allegation.received_at)
    return {"from": first.isoformat(), "to": last.isoformat()}


def _before_every_wording() -> dt.date:
    """The last day of which the rules say nothing: from it on each wording answers for itself."""
    return min(country().law.offences.changes) - dt.timedelta(days=1)


def _question(allegation: Allegation, asks: Sequence[Answer], facts: Facts) -> Answer:
    part = {} if facts.part is None else {"part": facts.part}
    return {
        "jurisdiction": country().code,
        "act": _act(allegation),
        "conduct": facts.conduct,
        "capacity": facts.capacity,
        **part,
        "ask": list(asks),
    }
