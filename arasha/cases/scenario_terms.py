"""The terms of a case as if they began on a day: how long, who extends them, and by when they are asked."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import ngettext

from arasha.cases.answers import Json, Said, Step, as_read, said
from arasha.country import country, local_day, midnight
from arasha.engines.law import extended_due, ladder, motion_due
from arasha.packs.asking import step_as_json

# What starts a term of a case; the others are terms of those who answer appeals.
CASE_BEGINNINGS = ("received", "urgent_act", "registered", "returned")


@dataclass(frozen=True, slots=True)
class Extension:
    """Who may extend, by which rule. `motion_day`: until when it is asked, if all before was granted."""

    step: Step
    motion_day: dt.date | None


@dataclass(frozen=True, slots=True)
class CaseTerm:
    said: Said
    extensions: list[Extension]


def asks(day: dt.date) -> list[Json]:
    """Every term of a case, from the first moment of `day`."""
    answers = {body.answer_deadline for body in country().bodies.values()}
    return [
        {"deadline": deadline.code, "from": midnight(day).isoformat()}
        for deadline in country().deadlines.values()
        if deadline.starts in CASE_BEGINNINGS and deadline.code not in answers
    ]


def told(pairs: Iterable[tuple[Json, Json]], language: str) -> list[CaseTerm]:
    return [
        CaseTerm(_said(asked, answer, language), _extensions(asked, answer, language))
        for asked, answer in pairs
    ]


def _said(asked: Json, answer: Json, language: str) -> Said:
    """A term in hours runs from a minute, which nobody was asked for: its length is the answer."""
    found = said(asked, answer, language)
    version = country().law.deadlines[asked["deadline"]].on(_day(asked))
    if version is None or version.value is None or version.value.unit != "hours":
        return found
    hours = version.value.amount
    return replace(found, answer=ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})


def _extensions(asked: Json, answer: Json, language: str) -> list[Extension]:
    """The ladder of the term, each rung from the end that the rung below has granted."""
    pack, start = country(), dt.datetime.fromisoformat(asked["from"])
    zone, is_working = pack.timezone, pack.calendar.is_working
    due = dt.datetime.fromisoformat(answer["due_at"]) if answer["due_at"] else None
    found = []
    for rung in ladder(pack.law, asked["deadline"], _day(asked)):
        ask_by = motion_due(rung, due, zone=zone, is_working=is_working) if due else None
        step = as_read(step_as_json(rung.step), language)
        found.append(Extension(step, local_day(ask_by) if ask_by else None))
        if rung.up_to:
            due = extended_due(rung, start, zone=zone, is_working=is_working)
    return found


def _day(asked: Json) -> dt.date:
    return local_day(dt.datetime.fromisoformat(asked["from"]))
