"""The steps of an answer: a sentence for a person, and the source it rests on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from arasha.engines.law.rules import Checked, Law, Report, V, Version, Words, weakest

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
    "bar.limitation": frozenset({"act", "months", "day"}),
    "investigator.unknown": DAY,
    "report.unknown": DAY,
    "deadline.unknown": DAY,
    "deadline.hours": TERM,
    "deadline.days": TERM,
    "deadline.working_days": TERM,
    "deadline.months": TERM,
    "principle.no_retroactive_worsening": frozenset(),
    "principle.milder_law": frozenset(),
}
PRINCIPLES = {"no_retroactive_worsening", "milder_law"}
RUNG = frozenset({"day", "amount", "before"})


def sentences_of(law: Law) -> dict[str, frozenset[str]]:
    """The sentences that this law's own answers need, and the fields each may fill in."""
    investigators = {v.value for rs in law.investigators.values() for r in rs for v in r.versions}
    rungs = [rung for r in law.ladders.values() for v in r.versions for rung in v.value or ()]
    return {
        **{f"investigator.{body}": DAY for body in investigators if body},
        **{
            report_sentence(code, v.value): DAY
            for code, r in law.reports.items()
            for v in r.versions
        },
        **{f"ladder.{rung.grantor}": RUNG if rung.up_to else RUNG - {"amount"} for rung in rungs},
    }


def report_sentence(report: Report, holds: bool | None) -> str:
    return "report.unknown" if holds is None else f"report.{report}.{'yes' if holds else 'no'}"


@dataclass(frozen=True, slots=True)
class Step:
    """`version_from` None: the first day of that wording is not known; `version_to` its last day, if any.

    `instrument`: how the act is cited; `instrument_name`: its name in each language. `verified_by`: who
    compared the rule with the law, empty while nobody has.
    """

    text: Words
    article: str
    version_from: dt.date | None
    instrument: str
    instrument_name: Words
    url: str
    checked: Checked
    version_to: dt.date | None = None
    verified_by: str = ""
    verified_on: dt.date | None = None


def step(law: Law, sentence: str, version: Version[V], **fields: object) -> Step:
    """A step that rests on a version of a rule. Its note is told with it."""
    return _resting_on(version, _words(law.sentences[sentence], version.note, fields))


def bare_step(law: Law, sentence: str, version: Version[V], **fields: object) -> Step:
    """A further step on a version whose note was told already."""
    return _resting_on(version, _words(law.sentences[sentence], None, fields))


def _resting_on(version: Version[V], text: Words) -> Step:
    return Step(
        text=text,
        article=version.article,
        version_from=version.start,
        instrument=version.instrument.cite,
        instrument_name=version.instrument.name,
        url=version.url or version.instrument.url,
        checked=version.strength,
        version_to=version.end,
        verified_by=version.verified_by,
        verified_on=version.verified_on,
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
    words = sentence
    if filled:
        words = {language: text.format_map(filled) for language, text in sentence.items()}
    if note is None:
        return words
    return {language: f"{text} {note[language]}" for language, text in words.items()}
