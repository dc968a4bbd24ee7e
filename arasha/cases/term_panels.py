"""The clocks of a case for its page: how long, until when, who may give more, and what was done about it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arasha.actors import Actor
from arasha.cases import selectors
from arasha.cases.answers import Step, as_read
from arasha.cases.clocks import asked_of, first_term, reckon, term_of
from arasha.cases.models import Case, Deadline, Extension, Reminder, Suspension
from arasha.cases.reminding import ESCALATED, MOTION, RAN_OUT
from arasha.country import country, local_day, term
from arasha.engines.law import Term
from arasha.places.templatetags.names import in_language

WIDTH = 1000  # of the picture, in its own units


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the picture, from the left edge."""

    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A clock from its start to its end or today. `marks`: the ends that were extended; positions of 1000."""

    gone: Bar
    stood: list[Bar]
    marks: list[int]
    due: int
    motion: int | None
    today: int | None

    @property
    def due_edge(self) -> int:
        """Where the mark of the end begins, so that it stays inside."""
        return min(self.due, WIDTH - 6)


@dataclass(frozen=True, slots=True)
class Happened:
    day: dt.date
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """`state`: running, standing, late, met. `more`: who may extend it, and to how much in all."""

    deadline: Deadline
    name: str
    state: str
    length: str
    steps: list[Step]
    more: str
    motion_is_past: bool
    motion: Extension | None
    motion_is_late: bool
    history: list[Happened]
    picture: Picture


def clocks_of(*, viewer: Actor, case: Case, at: dt.datetime, language: str) -> list[Clock]:
    rows = selectors.clocks_with_history(viewer=viewer, case=case)
    return [_clock(each, at=at, language=language) for each in rows]


def amount_in_words(length: Term) -> str:
    words = {
        "hours": ngettext("%(n)d hour", "%(n)d hours", length.amount),
        "days": ngettext("%(n)d day", "%(n)d days", length.amount),
        "working_days": ngettext("%(n)d working day", "%(n)d working days", length.amount),
        "months": ngettext("%(n)d month", "%(n)d months", length.amount),
    }
    return words[length.unit] % {"n": length.amount}


def is_late_motion(extension: Extension) -> bool:
    """Filed after the last day on which the rules let it be filed."""
    return bool(extension.motion_due_at and extension.filed_at > extension.motion_due_at)


def _clock(deadline: Deadline, *, at: dt.datetime, language: str) -> Clock:
    motion = next((each for each in deadline.extensions.all() if each.granted is None), None)
    found = reckon(deadline, day=local_day(at))
    steps = [as_read(step, language) for step in deadline.law_answer["answers"][0]["steps"]]
    more = ""
    if found.rung and deadline.met_at is None:
        steps += [as_read(step, language) for step in asked_of(found.rung)["steps"]]
        most = amount_in_words(found.rung.up_to) if found.rung.up_to else _("any length")
        words = {"grantor": term("grantors", found.rung.grantor), "most": most}
        more = _("%(grantor)s, to %(most)s in all") % words
    return Clock(
        deadline=deadline,
        name=country().deadlines[deadline.rule].name.in_(language),
        state=_state(deadline, at),
        length=amount_in_words(term_of(deadline)),
        steps=steps,
        more=more,
        motion_is_past=bool(deadline.motion_due_at and deadline.motion_due_at < at),
        motion=motion,
        motion_is_late=motion is not None and is_late_motion(motion),
        history=_history(deadline, language),
        picture=_picture(deadline, at=at),
    )


def _state(deadline: Deadline, at: dt.datetime) -> str:
    if deadline.met_at is not None:
        return "replaced" if deadline.replaced_by else "met"
    if deadline.is_standing:
        return "standing"
    return "late" if deadline.due_at < at else "running"


def _history(deadline: Deadline, language: str) -> list[Happened]:
    given = amount_in_words(first_term(deadline))
    rows = [Happened(local_day(deadline.started_at), _("Started"), given)]
    rows += [row for each in deadline.suspensions.all() for row in _stood(each)]
    rows += [row for each in deadline.extensions.all() for row in _moved(each)]
    rows += [_rang(each) for each in deadline.reminders.all()]
    if deadline.met_at is not None and deadline.replaced_by:
        instead = country().deadlines[deadline.replaced_by].name.in_(language)
        rows.append(Happened(local_day(deadline.met_at), _("Another term runs instead"), instead))
    elif deadline.met_at is not None:
        late = not deadline.is_standing and deadline.met_at > deadline.due_at
        rows.append(Happened(local_day(deadline.met_at), _("Met late") if late else _("Met")))
    return sorted(rows, key=lambda row: row.day)


def _stood(suspension: Suspension) -> list[Happened]:
    reason = _reason(suspension.reason)
    rows = [Happened(local_day(suspension.from_at), _("Stands"), reason)]
    if suspension.until_at is not None:
        rows.append(Happened(local_day(suspension.until_at), _("Goes on")))
    return rows


def _reason(code: str) -> str:
    """A reason of its own, or the decision that made it stand."""
    known = country().vocabularies["clock_suspensions"].terms
    return term("clock_suspensions" if code in known else "decisions", code)


def _moved(extension: Extension) -> list[Happened]:
    unit = first_term(extension.deadline).unit
    asked = amount_in_words(Term(extension.amount, unit))
    words = {"amount": asked, "grantor": term("grantors", extension.grantor)}
    filed = _("Motion for more time: %(amount)s in all. %(grantor)s") % words
    late = _("late: after the last day to ask") if is_late_motion(extension) else ""
    rows = [Happened(local_day(extension.filed_at), filed, late)]
    if extension.answered_day is None:
        return rows
    if not extension.granted:
        return [*rows, Happened(extension.answered_day, _("More time was refused"))]
    given = amount_in_words(Term(extension.granted_amount or extension.amount, unit))
    granted = _("More time was granted: %(amount)s in all") % {"amount": given}
    until = date_format(local_day(extension.due_after_at)) if extension.due_after_at else ""
    return [*rows, Happened(extension.answered_day, granted, until)]


def _rang(reminder: Reminder) -> Happened:
    day = local_day(reminder.rung_at)
    office = reminder.to_institution
    name = in_language(office.name) if office else ""
    if reminder.kind == ESCALATED:
        if office is None:
            return Happened(day, _("It ran out, and nobody above could be told"))
        return Happened(day, _("It ran out: the superior was told"), name)
    if reminder.days_before == RAN_OUT:
        return Happened(day, _("Bell: it ran out"), name)
    left = amount_in_words(Term(reminder.days_before, "days"))
    if reminder.kind == MOTION:
        return Happened(day, _("Bell: %(left)s until the last day to ask") % {"left": left}, name)
    return Happened(day, _("Bell: %(left)s until the end") % {"left": left}, name)


def _picture(deadline: Deadline, *, at: dt.datetime) -> Picture:
    first, now = deadline.started_at, deadline.met_at or at
    last = max(deadline.due_at, now, first + dt.timedelta(hours=1))

    def x(moment: dt.datetime) -> int:
        share = (min(max(moment, first), last) - first) / (last - first)
        return round(WIDTH * share)

    stood = [
        Bar(x(each.from_at), max(x(each.until_at or now) - x(each.from_at), 2))
        for each in deadline.suspensions.all()
    ]
    return Picture(
        gone=Bar(0, x(now)),
        stood=stood,
        marks=[x(each.due_before_at) for each in deadline.extensions.all() if each.granted],
        due=x(deadline.due_at),
        motion=x(deadline.motion_due_at) if deadline.motion_due_at else None,
        today=x(at) if deadline.met_at is None else None,
    )
