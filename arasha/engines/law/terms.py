"""When a term runs out: elapsed hours, calendar and working days, calendar months, suspensions."""

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count, islice

from arasha.engines.law.rules import Term

IsWorking = Callable[[dt.date], bool]
LAST_SECOND = dt.time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Suspension:
    """The clock stands from `start` until `end`; `end` None: it still stands."""

    start: dt.datetime
    end: dt.datetime | None


def due_at(
    term: Term,
    start: dt.datetime,
    *,
    zone: dt.tzinfo,
    is_working: IsWorking,
    suspensions: Sequence[Suspension] = (),
) -> dt.datetime | None:
    """Return the last moment to act, in `zone`; None while the clock stands.

    Hours are elapsed time (a change of the country's offset does not lengthen them). Days, working days
    and months do not count the first day and run out with the last second of the last local day; the 31st
    becomes the month's last day. Suspensions that overlap stop the clock once. `start` must be aware: raises
    ValueError.
    """
    if start.tzinfo is None:
        raise ValueError(f"start must be an aware instant, got {start.isoformat()}")
    standing = _merged(suspensions)
    if term.unit == "hours":
        return _hours_later(term.amount, start, zone, standing)
    last_day = _last_day(term, start.astimezone(zone).date(), is_working, standing, zone)
    return dt.datetime.combine(last_day, LAST_SECOND, zone) if last_day else None


def earlier(
    term: Term, moment: dt.datetime, *, zone: dt.tzinfo, is_working: IsWorking
) -> dt.datetime:
    """The last moment that lies the whole of `term` before `moment`, in `zone`.

    Hours are elapsed time; before a term in days, working days or months it is the last second of a day.
    """
    if moment.tzinfo is None:
        raise ValueError(f"moment must be aware, got {moment.isoformat()}")
    if term.unit == "hours":
        return (moment.astimezone(dt.UTC) - dt.timedelta(hours=term.amount)).astimezone(zone)
    day = moment.astimezone(zone).date()
    return dt.datetime.combine(_counted_back(term, day, is_working), LAST_SECOND, zone)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` later, clamped: two months after 31 December is the end of February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _merged(suspensions: Iterable[Suspension]) -> list[Suspension]:
    """In order, those that overlap as one: no moment stands twice."""
    merged: list[Suspension] = []
    for each in sorted(suspensions, key=lambda suspension: suspension.start):
        before = merged[-1] if merged else None
        if before is None or (before.end and before.end < each.start):
            merged.append(each)
        elif before.end and (each.end is None or each.end > before.end):
            merged[-1] = Suspension(before.start, each.end)
    return merged


def _hours_later(
    hours: int, start: dt.datetime, zone: dt.tzinfo, standing: Iterable[Suspension]
) -> dt.datetime | None:
    due = start.astimezone(dt.UTC) + dt.timedelta(hours=hours)
    for suspension in standing:
        if suspension.start < due and suspension.end is None:
            return None
        if suspension.end and suspension.start < due and suspension.end > start:
            due += suspension.end - max(suspension.start, start)
    return due.astimezone(zone)


def _last_day(
    term: Term,
    first: dt.date,
    is_working: IsWorking,
    standing: Iterable[Suspension],
    zone: dt.tzinfo,
) -> dt.date | None:
    """Each suspension adds the days it takes; the day on which the clock goes on counts again."""
    last = _counted(term, first, is_working)
    for suspension in standing:
        begins = max(suspension.start.astimezone(zone).date(), first)
        if begins > last:
            break
        if suspension.end is None:
            return None
        ends = suspension.end.astimezone(zone).date()
        last = _stretched(term, last, begins, ends, is_working)
    return last


def _counted(term: Term, first: dt.date, is_working: IsWorking) -> dt.date:
    if term.unit == "months":
        return add_months(first, term.amount)
    if term.unit == "days":
        return first + dt.timedelta(days=term.amount)
    return _working_day(first, term.amount, is_working)


def _counted_back(term: Term, last: dt.date, is_working: IsWorking) -> dt.date:
    if term.unit == "months":
        return add_months(last, -term.amount)
    if term.unit == "days":
        return last - dt.timedelta(days=term.amount)
    days = (last - dt.timedelta(days=n) for n in count(1))
    return next(islice((day for day in days if is_working(day)), term.amount - 1, None))


def _stretched(
    term: Term, last: dt.date, begins: dt.date, ends: dt.date, is_working: IsWorking
) -> dt.date:
    lost = [begins + dt.timedelta(days=n) for n in range((ends - begins).days)]
    if term.unit == "working_days":
        return _working_day(last, sum(map(is_working, lost)), is_working)
    return last + dt.timedelta(days=len(lost))


def _working_day(after: dt.date, number: int, is_working: IsWorking) -> dt.date:
    """The `number`th working day after `after`; the zeroth is `after` itself."""
    if number == 0:
        return after
    days = (after + dt.timedelta(days=n) for n in count(1))
    return next(islice((day for day in days if is_working(day)), number - 1, None))
