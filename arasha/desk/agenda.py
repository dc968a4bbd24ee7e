"""What needs the viewer today: rows of every process, by lateness."""

import datetime as dt
from collections.abc import Callable

from arasha.access import agenda as access
from arasha.actors import Actor
from arasha.appeals import agenda as appeals
from arasha.appeals import alarms
from arasha.cases import agenda as cases
from arasha.handoffs import agenda as handoffs
from arasha.handoffs.appeals_to_cases import agenda as appeals_to_cases
from arasha.people import agenda as people
from arasha.rows import AgendaItem

Agenda = Callable[..., list[AgendaItem]]

# One line per process that has an agenda.py.
AGENDAS: tuple[Agenda, ...] = (
    alarms.agenda,
    appeals.agenda,
    appeals_to_cases.agenda,
    handoffs.agenda,
    cases.agenda,
    people.agenda,
    access.agenda,
)


def today(*, viewer: Actor, at: dt.datetime) -> list[AgendaItem]:
    """All rows, the latest first; what has no due time comes last."""
    rows = [row for agenda in AGENDAS for row in agenda(viewer=viewer, at=at)]
    return sorted(rows, key=lambda row: (row.due_at is None, row.due_at or at, row.title))
