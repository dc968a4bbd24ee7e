"""The terms of an appeal, as the country's rules answer them on a day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from arasha.country import country, local_day, midnight
from arasha.packs import ask
from arasha.people.models import Institution

OPENED_WITHIN_WORKING_DAYS = 1
Interval = tuple[dt.date, dt.date | None]


@dataclass(frozen=True, slots=True)
class Clock:
    """One answer of the rules. `due_day` None: the rules knew no such term on that day."""

    code: str
    due_day: dt.date | None
    needs_review: bool
    pack_hash: str


def at_filing(body: Institution, day: dt.date) -> list[Clock]:
    """The clocks that an appeal to this body starts on the day it is received; the answer's first."""
    rules = country().body_of(body.kind)
    if rules is None:
        return []
    codes = [code for code in (rules.answer_deadline, *rules.terms) if code]
    return [clock for clock in run(codes, day) if clock.due_day]


def is_for_answer(code: str) -> bool:
    """Whether a term is one by which some body answers the writer."""
    return code in answer_codes()


def answer_codes() -> set[str]:
    """The codes of the terms by which bodies answer the writer."""
    return {body.answer_deadline for body in country().bodies.values() if body.answer_deadline}


def keeping_codes() -> set[str]:
    """The codes of the terms that say how long some body keeps what has ended."""
    return {body.retention for body in country().bodies.values() if body.retention}


def retention_code(body: Institution) -> str:
    """The code of the term for which this body keeps an appeal that has ended; empty: not known."""
    rules = country().body_of(body.kind)
    return (rules.retention if rules else None) or ""


def at_end(bodies: Iterable[Institution], day: dt.date) -> Clock | None:
    """The longest clock of keeping that these bodies know for what ends today."""
    codes = sorted({code for body in bodies if (code := retention_code(body))})
    return max(run(codes, day), key=lambda clock: clock.due_day or day, default=None)


def run(codes: Sequence[str], day: dt.date, suspended: Iterable[Interval] = ()) -> list[Clock]:
    """Ask the rules how long each term runs that starts on `day` and stood still in `suspended`.

    An interval is from its first day until the day on which the clock goes on.
    """
    stood = [
        {"from": midnight(first).isoformat(), "to": midnight(last).isoformat() if last else None}
        for first, last in suspended
    ]
    start = midnight(day).isoformat()
    questions = [{"deadline": code, "from": start, "suspended": stood} for code in codes]
    if not questions:
        return []
    answered = ask(country(), {"ask": questions})
    return [
        Clock(code, _day(each["due_at"]), each["needs_review"], answered["pack_hash"])
        for code, each in zip(codes, answered["answers"], strict=True)
    ]


def working_days_between(first: dt.date, last: dt.date) -> int:
    """Working days after `first` up to and with `last`, by the country's calendar."""
    days = (first + dt.timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(country().calendar.is_working(day) for day in days)


def open_by(received_day: dt.date) -> dt.date:
    """The day by which somebody opens what came: after it, a second office reads it too."""
    days = (received_day + dt.timedelta(days=n) for n in count(1))
    enough = OPENED_WITHIN_WORKING_DAYS
    return next(day for day in days if working_days_between(received_day, day) >= enough)


def _day(due_at: str | None) -> dt.date | None:
    return local_day(dt.datetime.fromisoformat(due_at)) if due_at else None
