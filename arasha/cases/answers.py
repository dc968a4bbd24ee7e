"""What the law engine answered, in the reader's words: for a case's page and for the public one."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arasha.country import country
from arasha.packs.model import Term
from arasha.packs.text import Text

Json = dict[str, Any]

ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
BARRED = {
    True: gettext_lazy("barred"),
    False: gettext_lazy("not excluded"),
    None: gettext_lazy("the rules do not know"),
}
REPORTS = {
    "anonymous_opens_case": gettext_lazy("A message without a name opens a case"),
    "anonymous_brings_visit": gettext_lazy("A message without a name can bring a special visit"),
    "false_denunciation_warning": gettext_lazy("Whoever reports is warned of false denunciation"),
    "victim_asks_for_term": gettext_lazy("The victim may ask for a term of the investigation"),
}
OPEN_OR_NOT = {True: "barred", False: "open", None: "unknown"}  # names of looks, no words


@dataclass(frozen=True, slots=True)
class Step:
    text: str
    article: str
    version_day: dt.date | None
    instrument: str
    checked: str


@dataclass(frozen=True, slots=True)
class Part:
    """The answer if the act ended on a day from `first` to `last`."""

    first: dt.date
    last: dt.date
    answer: str
    look: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules say to one question, with the steps that lead there.

    `parts`: the answer for each part of an uncertain interval. `look`: barred, open, unknown, depends, or
    empty for what is neither open nor closed. `checked`: of the weakest source.
    """

    question: str
    answer: str
    needs_review: bool
    steps: list[Step]
    parts: list[Part]
    look: str
    checked: str


def said(asked: Json, answered: Json, language: str) -> Said:
    """One question and its answer, as the engine gave it or as it was stored."""
    parts = [_part(asked, piece, answered, language) for piece in answered["depends"] or ()]
    steps = [as_read(step, language) for step in answered["steps"]]
    return Said(
        question=_question(asked, language),
        answer=_("depends on the day of the act") if parts else _answer(asked, answered, language),
        needs_review=answered["needs_review"],
        steps=steps,
        parts=parts,
        look="depends" if parts else _look(asked, answered),
        checked=answered.get("checked", ""),
    )


def all_said(pairs: Iterable[tuple[Json, Json]], language: str) -> list[Said]:
    return [said(asked, answered, language) for asked, answered in pairs]


def in_short(asked: Json, answered: Json, language: str) -> str:
    """An answer in a few words, where its steps are not at hand."""
    if answered.get("depends"):
        return _("depends on the day of the act")
    return _answer(asked, {"steps": [], "due_at": None, **answered}, language)


def question_of(asked: Json, language: str) -> str:
    return _question(asked, language)


def cited(article: str, language: str) -> str:
    """An article such as "CC 146" as readers of the language cite it, where the pack says how."""
    code, space, rest = article.partition(" ")
    known = _codes().get(code.lower())
    return f"{known.name.in_(language)}{space}{rest}" if known else article


def as_read(step: Json, language: str) -> Step:
    """A step as the engine gave it or as it was stored, for readers of the language."""
    since = step["version_from"]
    return Step(
        text=ISO_DAY.sub(_day_as_read, _words(step["text"], language)),
        article=cited(step["article"], language),
        version_day=dt.date.fromisoformat(since) if since else None,
        # Answers that were stored before the packs gave names have only the citation.
        instrument=_words(step.get("instrument_name"), language) or step["instrument"],
        checked=step["checked"],
    )


def _part(asked: Json, piece: Json, whole: Json, language: str) -> Part:
    return Part(
        first=dt.date.fromisoformat(piece["from"]),
        last=dt.date.fromisoformat(piece["to"]),
        answer=_answer(asked, piece | {"steps": whole["steps"]}, language),
        look=_look(asked, piece),
    )


def _words(text: Mapping[str, str] | None, language: str) -> str:
    return Text(text or {}).in_(language)


def _day_as_read(found: re.Match[str]) -> str:
    """A day in a stored sentence, as the reader writes days. Short: a sentence may end with it."""
    try:
        return date_format(dt.date.fromisoformat(found[0]), "SHORT_DATE_FORMAT")
    except ValueError:
        return found[0]


def _question(asked: Json, language: str) -> str:
    if "relief" in asked:
        return country().term("reliefs", asked["relief"]).in_(language)
    if "deadline" in asked:
        return country().deadlines[asked["deadline"]].name.in_(language)
    if "report" in asked:
        return str(REPORTS[asked["report"]])
    return _("Who may investigate") if "investigator" in asked else _("Provision")


def _answer(asked: Json, answered: Json, language: str) -> str:
    if "relief" in asked:
        return str(BARRED[answered["barred"]])
    if "deadline" in asked:
        return _due(answered["due_at"])
    if answered["value"] is None:
        return _no_value(asked)
    if "report" in asked:
        return _("yes") if answered["value"] == "yes" else _("no")
    if "investigator" in asked:
        return country().term("bodies_of_investigation", answered["value"]).in_(language)
    return _provision(answered, language)


def _no_value(asked: Json) -> str:
    return _("none that the rules know") if "provision" in asked else _("the rules do not know")


def _due(due_at: str | None) -> str:
    if due_at is None:
        return _("the rules do not know")
    local = dt.datetime.fromisoformat(due_at).astimezone(country().timezone)
    return _("until %(minute)s") % {"minute": date_format(local, "DATETIME_FORMAT")}


def _look(asked: Json, answered: Json) -> str:
    return OPEN_OR_NOT[answered["barred"]] if "relief" in asked else ""


def _provision(answered: Json, language: str) -> str:
    """The part of a code, under the name of the code that the first step is of."""
    value, steps = str(answered["value"]), answered["steps"]
    code = steps[0]["article"].partition(" ")[0] if steps else ""
    return cited(f"{code} {value}", language) if code.lower() in _codes() else value


def _codes() -> Mapping[str, Term]:
    vocabulary = country().vocabularies.get("codes")
    return vocabulary.terms if vocabulary else {}
