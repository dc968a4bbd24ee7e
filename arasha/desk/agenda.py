"""What needs the viewer today: rows of every process, by lateness."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _

from arasha.access import agenda as access
from arasha.actors import Actor
from arasha.appeals import agenda as appeals
from arasha.appeals import alarms
from arasha.appeals.words import days_left
from arasha.cases import agenda as cases
from arasha.channel.upkeep import agenda as terminals
from arasha.country import local_day, midnight
from arasha.handoffs import agenda as handoffs
from arasha.handoffs.appeals_to_cases import agenda as appeals_to_cases
from arasha.people import agenda as people
from arasha.rows import AgendaItem, More

Agenda = Callable[..., Sequence[AgendaItem | More]]

# One line per process that has an agenda.py.
AGENDAS: tuple[Agenda, ...] = (
    alarms.agenda,
    appeals.agenda,
    appeals_to_cases.agenda,
    handoffs.agenda,
    cases.agenda,
    terminals.agenda,
    people.agenda,
    access.agenda,
)


@dataclass(frozen=True, slots=True)
class Today:
    """`more`: the lists of which only the first rows are here."""

    rows: list[AgendaItem]
    more: list[More]


def today(*, viewer: Actor, at: dt.datetime) -> Today:
    """Who is in danger, then all rows, the latest first; what has no due time comes last."""
    found = [row for agenda in AGENDAS for row in agenda(viewer=viewer, at=at)]
    rows = [row for row in found if isinstance(row, AgendaItem)]
    rows.sort(key=lambda row: (not row.is_danger, row.due_at is None, row.due_at or at, row.title))
    return Today(rows, [row for row in found if isinstance(row, More)])


def due_in_words(due_at: dt.datetime, *, now: dt.datetime) -> str:
    """How far it is: in days, as the lists say it, and in hours on the day of what is due at an hour."""
    day, today_ = local_day(due_at), local_day(now)
    ends_with_the_day = midnight(day + dt.timedelta(days=1)) - due_at <= dt.timedelta(seconds=1)
    if day != today_ or ends_with_the_day:
        return days_left(day, today_)
    if due_at < now:
        return _("%(time)s late") % {"time": timesince(due_at, now)}
    return _("in %(time)s") % {"time": timeuntil(due_at, now)}
