"""How a clock of a case runs: what the law gave, what was granted since, and the time it stood."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from arasha.cases.models import Deadline
from arasha.country import country, local_day, midnight
from arasha.engines.law import Rung, Suspension, Term, due_at, ladder, motion_due, next_rung
from arasha.engines.law.rules import Unit
from arasha.packs.asking import step_as_json

DAY, SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """`due_at` None: it stands. `rung` None: nobody may lengthen it; `number`: which rung, from 1."""

    due_at: dt.datetime | None
    rung: Rung | None
    number: int
    motion_due_at: dt.datetime | None


def moment_of(*, day: dt.date, at: dt.datetime) -> dt.datetime:
    """When clocks hear of what was done on `day`: by its end, however late it is entered."""
    return min(at, midnight(day + DAY) - SECOND)


def reckon(deadline: Deadline, *, day: dt.date) -> Reckoned:
    """A clock as its rows say it runs; `day`: by which day's law more may be asked."""
    return _reckoned(deadline, term_of(deadline), _stood(deadline), day)


def reckon_new(deadline: Deadline, *, day: dt.date) -> Reckoned:
    """The same of a clock that no row tells of yet: nothing was granted, and it has not stood."""
    return _reckoned(deadline, first_term(deadline), (), day)


def _reckoned(
    deadline: Deadline, term: Term, stood: Sequence[Suspension], day: dt.date
) -> Reckoned:
    due = _due(deadline, term, stood)
    rungs = ladder(country().law, deadline.rule, day)
    rung = next_rung(rungs, term)
    motion = motion_day(rung, due) if rung and due else None
    return Reckoned(due, rung, rungs.index(rung) + 1 if rung else 0, motion)


def given_term(rule: str, start: dt.datetime) -> dict[str, Any] | None:
    """What the law gives from `start`, as it is stored with the clock; None: it gives nothing."""
    version = country().law.deadlines[rule].on(local_day(start))
    term = version.value if version else None
    return {"amount": term.amount, "unit": term.unit} if term else None


def term_of(deadline: Deadline) -> Term:
    """The whole term from its first day: the last that was granted, else what the law gave."""
    given = first_term(deadline)
    granted = deadline.extensions.filter(granted=True).order_by("granted_amount").last()
    if granted is None or granted.granted_amount is None:
        return given
    return Term(granted.granted_amount, given.unit)


def first_term(deadline: Deadline) -> Term:
    """What the law gave when it started. Stored with it, so that a later pack cannot move it."""
    stored = deadline.law_answer.get("term") or given_term(deadline.rule, deadline.started_at)
    if stored is None:
        raise LookupError(f"no term was stored with {deadline}, and the rules know none")
    return Term(int(stored["amount"]), cast(Unit, stored["unit"]))


def asked_of(rung: Rung) -> dict[str, Any]:
    """Who may grant more, how much in all, by which article: stored with the motion that asks it."""
    up_to, before = rung.up_to, rung.motion_before
    return {
        "up_to": {"amount": up_to.amount, "unit": up_to.unit} if up_to else None,
        "motion_before": {"amount": before.amount, "unit": before.unit},
        "steps": [step_as_json(rung.step)],
        "pack_hash": country().hash,
    }


def motion_day(rung: Rung, due: dt.datetime) -> dt.datetime:
    pack = country()
    return motion_due(rung, due, zone=pack.timezone, is_working=pack.calendar.is_working)


def extended(deadline: Deadline, rung: Rung, amount: int | None = None) -> dt.datetime | None:
    """When a clock would run out with `amount` in all, or with all that the rung may give."""
    if amount is None and rung.up_to is None:
        return None
    given = Term(amount, first_term(deadline).unit) if amount else rung.up_to
    return _due(deadline, given, _stood(deadline)) if given else None


def _stood(deadline: Deadline) -> list[Suspension]:
    return [Suspension(each.from_at, each.until_at) for each in deadline.suspensions.all()]


def _due(deadline: Deadline, term: Term, stood: Sequence[Suspension]) -> dt.datetime | None:
    pack = country()
    return due_at(
        term,
        deadline.started_at,
        zone=pack.timezone,
        is_working=pack.calendar.is_working,
        suspensions=stood,
    )
