"""A case as a picture and as answers: typed rows for its page."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from arasha.actors import Actor
from arasha.cases import selectors
from arasha.cases.models import Allegation, Case, Deadline, Decision
from arasha.country import country, local_day
from arasha.packs.model import Term
from arasha.packs.text import Text

ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
BARRED = {
    True: gettext_lazy("barred"),
    False: gettext_lazy("not barred"),
    None: gettext_lazy("the rules do not know"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of the timeline; `note` says how many, where, or until which minute."""

    day: dt.date
    title: str
    note: str
    state: Literal["done", "running", "late"]


@dataclass(frozen=True, slots=True)
class Step:
    text: str
    article: str
    version_day: dt.date | None
    instrument: str
    checked: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules say to one question, with the steps that lead there."""

    question: str
    answer: str
    needs_review: bool
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Rules:
    """The answers of a day: what the case is and who investigates, then every way out of punishment."""

    first: list[Said]
    ways_out: list[Said]


def timeline(*, viewer: Actor, case: Case, at: dt.datetime, language: str) -> list[Moment]:
    """What is said to have happened, the decisions and the clocks of a case, in the order of days."""
    told = selectors.allegations(viewer=viewer, case=case)
    decided = selectors.decisions(viewer=viewer, case=case)
    clocks = selectors.clocks(viewer=viewer, case=case)
    moments = [_event(each, language) for each in told]
    moments += [_decided(each, language) for each in decided]
    moments += [_clock(each, at=at, language=language) for each in clocks]
    return sorted(moments, key=lambda moment: moment.day)


def what_the_rules_say(*, viewer: Actor, decision: Decision, language: str) -> Rules:
    """The stored answers of the engine, in the reader's language."""
    pairs = list(zip(decision.law_question["ask"], decision.law_answer["answers"], strict=True))
    return Rules(
        first=_said((pair for pair in pairs if "relief" not in pair[0]), language),
        ways_out=_said((pair for pair in pairs if "relief" in pair[0]), language),
    )


def _event(allegation: Allegation, language: str) -> Moment:
    where = allegation.place.name.get(language, allegation.place.code) if allegation.place else ""
    return Moment(allegation.happened_from, _("Said to have happened"), where, "done")


def _decided(decision: Decision, language: str) -> Moment:
    title = country().term("decisions", decision.kind).in_(language)
    concerns = ngettext("%(n)d person", "%(n)d persons", decision.persons)
    note = concerns % {"n": decision.persons} if decision.persons else ""
    return Moment(decision.day, title, note, "done")


def _clock(deadline: Deadline, *, at: dt.datetime, language: str) -> Moment:
    name = country().deadlines[deadline.rule].name.in_(language)
    if deadline.met_at is not None:
        words = {"due": _day(local_day(deadline.due_at))}
        late = deadline.met_at > deadline.due_at
        note = _("met late, due %(due)s") if late else _("met, due %(due)s")
        return Moment(local_day(deadline.met_at), name, note % words, "done")
    local = deadline.due_at.astimezone(country().timezone)
    note = _("until %(minute)s") % {"minute": date_format(local, "DATETIME_FORMAT")}
    return Moment(local.date(), name, note, "late" if deadline.due_at < at else "running")


def _said(pairs: Iterable[tuple[dict[str, Any], dict[str, Any]]], language: str) -> list[Said]:
    return [
        Said(
            question=_question(asked, language),
            answer=_answer(asked, answered, language),
            needs_review=answered["needs_review"],
            steps=[_step(step, language) for step in answered["steps"]],
        )
        for asked, answered in pairs
    ]


def _step(step: dict[str, Any], language: str) -> Step:
    since = step["version_from"]
    return Step(
        text=ISO_DAY.sub(_as_read, _words(step["text"], language)),
        article=_cited(step["article"], language),
        version_day=dt.date.fromisoformat(since) if since else None,
        # Answers that were stored before the packs gave names have only the citation.
        instrument=_words(step.get("instrument_name"), language) or step["instrument"],
        checked=step["checked"],
    )


def _words(said: dict[str, str] | None, language: str) -> str:
    return Text(said or {}).in_(language)


def _as_read(found: re.Match[str]) -> str:
    """A day in a stored sentence, as the reader writes days. Short: a sentence may end with it."""
    try:
        return date_format(dt.date.fromisoformat(found[0]), "SHORT_DATE_FORMAT")
    except ValueError:
        return found[0]


def _question(asked: dict[str, Any], language: str) -> str:
    if "relief" in asked:
        return country().term("reliefs", asked["relief"]).in_(language)
    return _("Who may investigate") if "investigator" in asked else _("Provision")


def _answer(asked: dict[str, Any], answered: dict[str, Any], language: str) -> str:
    if answered["depends"]:
        return _("depends on the day of the act")
    if "relief" in asked:
        return str(BARRED[answered["barred"]])
    if answered["value"] is None:
        return _("the rules do not know")
    if "investigator" in asked:
        return country().term("bodies_of_investigation", answered["value"]).in_(language)
    return _provision(answered, language)


def _provision(answered: dict[str, Any], language: str) -> str:
    """The part of a code, under the name of the code that the first step is of."""
    value, steps = str(answered["value"]), answered["steps"]
    code = steps[0]["article"].partition(" ")[0] if steps else ""
    return _cited(f"{code} {value}", language) if code.lower() in _codes() else value


def _cited(article: str, language: str) -> str:
    """An article such as "CC 146" as readers of the language cite it, where the pack says how."""
    code, space, rest = article.partition(" ")
    known = _codes().get(code.lower())
    return f"{known.name.in_(language)}{space}{rest}" if known else article


def _codes() -> Mapping[str, Term]:
    vocabulary = country().vocabularies.get("codes")
    return vocabulary.terms if vocabulary else {}


def _day(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")
