"""When a case must have been registered so that its term runs out today."""

import datetime as dt

from arasha.cases.clocks import given_term
from arasha.country import country, local_day
from arasha.engines.law import Term, due_at
from arasha.worlds.register.cases import TODAY
from arasha.worlds.register.scripts import Script
from arasha.worlds.stage import Demo

DAY = dt.timedelta(days=1)
INVESTIGATION = "investigation"  # the clock of the story (pack: deadlines)
DAYS_AGO = range(66, 54, -1)  # a term of two months, wherever the months are long or short


def due_today(demo: Demo, script: Script) -> dt.datetime | None:
    """Of the script whose term runs out today; None for all others, and where no day fits."""
    if script.code != TODAY:
        return None
    begun = (demo.at - days * DAY for days in DAYS_AGO)
    return next((at for at in begun if _runs_out(at) == local_day(demo.at)), None)


def _runs_out(begun_at: dt.datetime) -> dt.date | None:
    given = given_term(INVESTIGATION, begun_at)
    if given is None:
        return None
    pack = country()
    due = due_at(
        Term(int(given["amount"]), given["unit"]),
        begun_at,
        zone=pack.timezone,
        is_working=pack.calendar.is_working,
    )
    return local_day(due) if due else None
