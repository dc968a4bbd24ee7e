"""How a case stands, in the plain words of the pack: for whoever has a code."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format

from arasha.cases.models import PlainState
from arasha.country import country

MAY, CALL = "case.may.", "case.call."
TERM = "case.may.term"  # a term is asked for while one runs


@dataclass(frozen=True, slots=True)
class Plain:
    """`decided`: (what, on which day), newest first. `phones`: (whom, number), as far as they are confirmed."""

    now: str
    since: dt.date
    next_step: str
    clock: str
    late: str
    decided: list[tuple[str, dt.date]]
    may: list[str]
    call: list[str]
    phones: list[tuple[str, str]]
    as_of: dt.datetime


def in_plain_words(state: PlainState, *, at: dt.datetime, language: str) -> Plain:
    is_late = state.next_due_at is not None and state.next_due_at < at
    return Plain(
        now=_said(f"case.stage.{state.stage}.now", language)
        or country().procedure.stages[state.stage].name.in_(language),
        since=state.since_day,
        next_step=_said(f"case.stage.{state.stage}.next", language),
        clock=_clock(state, language),
        late=country().text("case.clock.late", language) if is_late else "",
        decided=[
            (country().term("decisions", kind).in_(language), dt.date.fromisoformat(day))
            for kind, day in reversed(state.told)
        ],
        may=_each(MAY, language, but="" if state.next_due_at else TERM),
        call=_each(CALL, language),
        phones=_phones(language),
        as_of=state.as_of_at,
    )


def _clock(state: PlainState, language: str) -> str:
    if state.next_due_at is None:
        return country().text("case.clock.none", language)
    until = date_format(state.next_due_at.astimezone(country().timezone), "DATETIME_FORMAT")
    name = country().deadlines[state.next_due_rule].name.in_(language)
    words = _said(f"case.clock.{state.next_due_rule}", language)
    return (words or country().text("case.clock.other", language)).format(name=name, until=until)


def _said(key: str, language: str) -> str:
    """The pack's words; empty if it has none for a stage or a clock of its own."""
    found = country().texts.get(key)
    return found.text.in_(language) if found else ""


def _each(prefix: str, language: str, *, but: str = "") -> list[str]:
    texts = country().texts
    keys = (key for key in texts if key.startswith(prefix) and key != but)
    return [texts[key].text.in_(language) for key in keys]


def _phones(language: str) -> list[tuple[str, str]]:
    texts = country().texts
    names = [key for key in texts if key.startswith("help.phone.") and key.endswith(".name")]
    return [
        (_said(key, language), _said(f"{key.removesuffix('name')}number", language))
        for key in names
    ]
