"""A case as a picture and as answers: typed rows for its page."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.cases.models import Case, Deadline, Decision
from arasha.country import country, local_day

BARRED = {True: _("barred"), False: _("not barred"), None: _("the rules do not know")}


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of the timeline. `lateness`: done | running | late."""

    day: dt.date
    title: str
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class Step:
    text: str
    article: str
    version_from: str
    instrument: str
    checked: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules say to one question, with the steps that lead there."""

    question: str
    answer: str
    needs_review: bool
    steps: list[Step]


def timeline(*, viewer: Actor, case: Case, at: dt.datetime, language: str) -> list[Moment]:
    """Decisions and clocks of a case in the order of their days."""
    pack = country()
    moments = [
        Moment(d.day, pack.term("decisions", d.kind).in_(language), "", "done")
        for d in case.decisions.all()
    ]
    moments += [_clock(deadline, at=at, language=language) for deadline in case.deadlines.all()]
    return sorted(moments, key=lambda moment: moment.day)


def what_the_rules_say(*, viewer: Actor, decision: Decision, language: str) -> list[Said]:
    """The stored answers of the engine, in the reader's language."""
    asked = decision.law_question["ask"]
    answered = decision.law_answer["answers"]
    return [_said(*pair, language) for pair in zip(asked, answered, strict=True)]


def _clock(deadline: Deadline, *, at: dt.datetime, language: str) -> Moment:
    state = "done" if deadline.met_at else "late" if deadline.due_at < at else "running"
    name = country().deadlines[deadline.rule].name.in_(language)
    return Moment(local_day(deadline.due_at), name, "", state)


def _said(asked: dict[str, Any], answered: dict[str, Any], language: str) -> Said:
    return Said(
        question=_question(asked, language),
        answer=_answer(asked, answered, language),
        needs_review=answered["needs_review"],
        steps=[
            Step(
                text=step["text"].get(language) or next(iter(step["text"].values())),
                article=step["article"],
                version_from=step["version_from"] or "",
                instrument=step["instrument"],
                checked=step["checked"],
            )
            for step in answered["steps"]
        ],
    )


def _question(asked: dict[str, Any], language: str) -> str:
    if "relief" in asked:
        return country().term("reliefs", asked["relief"]).in_(language)
    return str(_("Who may investigate") if "investigator" in asked else _("Provision"))


def _answer(asked: dict[str, Any], answered: dict[str, Any], language: str) -> str:
    if answered["depends"]:
        return str(_("depends on the day of the act"))
    if "relief" in asked:
        return str(BARRED[answered["barred"]])
    if answered["value"] is None:
        return str(_("the rules do not know"))
    if "investigator" in asked:
        return country().term("bodies_of_investigation", answered["value"]).in_(language)
    return str(answered["value"])
