"""The cases of eleven years. Sent to court and convicted: exactly the persons the source names."""

import datetime as dt
from collections.abc import Iterator

from arasha.actors import WORLD
from arasha.cases import bulk
from arasha.country import country
from arasha.worlds.national import scale
from arasha.worlds.national.registers import Registers

BATCH = 2_000
OPEN_EVERY = 4  # of the last year's cases, one in four is still open
TERM = dt.timedelta(days=61)


def build(*, registers: Registers, at: dt.datetime, times: int) -> int:
    """Register every year's cases; returns how many."""
    made, last, batch = 0, {}, []
    for row in _all(registers, times):
        year, number = row.number.split("-")[1:]
        last[int(year)] = int(number)
        batch.append(row)
        if len(batch) == BATCH:
            made += bulk.load(rows=batch, by=WORLD, at=at)
            batch = []
    made += bulk.load(rows=batch, by=WORLD, at=at)
    bulk.set_last_numbers(last=last, by=WORLD, at=at)
    return made


def _all(registers: Registers, times: int) -> Iterator[bulk.Load]:
    for year in scale.YEARS:
        count = scale.of_year(scale.KNOWN_CASES, year) * times
        for number in range(1, count + 1):
            yield _case(registers, year, number, count, times)


def _case(registers: Registers, year: int, number: int, count: int, times: int) -> bulk.Load:
    first = dt.datetime(year, 1, 1, 9, tzinfo=country().timezone)
    registered_at = first + dt.timedelta(days=(number - 1) * 364 // count)
    day = registered_at.date()
    is_open = year == scale.YEARS[-1] and number % OPEN_EVERY == 0
    decisions = [("registered", day, 0), *_ending(year, number, day, is_open, times)]
    office = registers.prosecutors[number % len(registers.prosecutors)]
    vocabularies = country().vocabularies
    return bulk.Load(
        number=f"{country().code.upper()}-{year}-{number:04d}",
        register=next(iter(vocabularies["registers"].terms)),
        register_number=f"{year % 100:02d}{number:013d}",
        holder=office,
        supervisor=registers.general,
        place=registers.places[number % (scale.PENAL * times)],
        stage="investigation" if is_open else _stage(decisions[-1][0]),
        registered_at=registered_at,
        next_due_at=registered_at + TERM if is_open else None,
        next_due_rule="investigation" if is_open else "",
        happened_day=day - dt.timedelta(days=5),
        conduct="torture",
        criteria=[next(iter(vocabularies["criteria"].terms))],
        consent=next(iter(vocabularies["consents"].terms)),
        decisions=decisions,
    )


def _ending(
    year: int, number: int, day: dt.date, is_open: bool, times: int
) -> list[tuple[str, dt.date, int]]:
    """In 2023 the first cases of the year reach court, one person each; all other closed ones end before it."""
    if is_open:
        return []
    if year != scale.COUNTED_ON.year or number > scale.SENT_TO_COURT_PERSONS * times:
        return [("terminated", day + dt.timedelta(days=55), 0)]
    ending = [("sent_to_court", day + dt.timedelta(days=40), 1)]
    if number <= scale.CONVICTED_PERSONS * times:
        ending.append(("convicted", day + dt.timedelta(days=110), 1))
    return ending


def _stage(kind: str) -> str:
    return {"terminated": "closed", "sent_to_court": "court", "convicted": "decided"}[kind]
