"""The steps of an answer: a sentence for a person, and the source it rests on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from arasha.engines.law.rules import Checked, Law, V, Version, Words, weakest

DAY = frozenset({"day"})
NAMED = frozenset({"day", "provision"})
TERM = frozenset({"day", "amount"})
# Each sentence a pack must have, and the fields it may fill in.
SENTENCES: dict[str, frozenset[str]] = {
    "classify.covered": NAMED,
    "classify.not_covered": DAY,
    "classify.person_not_covered": DAY,
    "classify.unknown": DAY,
    "classify.later": NAMED,
    "classify.compare": frozenset(),
    "classify.basic_part": frozenset({"part"}),
    "bar.barred": DAY,
    "bar.open": DAY,
    "bar.unknown": DAY,
    "bar.later_barred": DAY,
    "bar.later_open": DAY,
    "investigator.unknown": DAY,
    "deadline.unknown": DAY,
    "deadline.hours": TERM,
    "deadline.days": TERM,
    "deadline.working_days": TERM,
    "deadline.months": TERM,
    "principle.no_retroactive_worsening": frozenset(),
    "principle.milder_law": frozenset(),
}
PRINCIPLES = {"no_retroactive_worsening", "milder_law"}


@dataclass(frozen=True, slots=True)
class Step:
    """`version_from` None: the first day of that wording is not known.

    `instrument`: how the act is cited; `instrument_name`: its name in each language.
    """

    text: Words
    article: str
    version_from: dt.date | None
    instrument: str
    instrument_name: Words
    url: str
    checked: Checked


def step(law: Law, sentence: str, version: Version[V], **fields: object) -> Step:
    """A step that rests on a version of a rule."""
    return Step(
        text=_words(law.sentences[sentence], version.note, fields),
        article=version.article,
        version_from=version.start,
        instrument=version.instrument.cite,
        instrument_name=version.instrument.name,
        url=version.url or version.instrument.url,
        checked=version.strength,
    )


def principle(law: Law, name: str) -> Step:
    """A step that rests on a rule about rules."""
    found = law.principles[name]
    return Step(
        text=law.sentences[f"principle.{name}"],
        article=found.article,
        version_from=found.instrument.in_force,
        instrument=found.instrument.cite,
        instrument_name=found.instrument.name,
        url=found.instrument.url,
        checked=weakest(found.checked, found.instrument.checked),
    )


def unknown(law: Law, sentence: str, **fields: object) -> Step:
    """A step that rests on nothing: the pack has no rule for that day."""
    return Step(_words(law.sentences[sentence], None, fields), "", None, "", {}, "", "unverified")


def _words(sentence: Words, note: Words | None, fields: Mapping[str, object]) -> Words:
    filled = {name: str(value) for name, value in fields.items()}  # once, not once a language
    words = {language: text.format_map(filled) for language, text in sentence.items()}
    if note is None:
        return words
    return {language: f"{text} {note[language]}" for language, text in words.items()}
