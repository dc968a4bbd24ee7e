"""An invented register: events, and how one or two people told of each. Seeded."""

import calendar
import datetime as dt
from collections.abc import Iterator
from random import Random  # noqa: TID251 - seeded: the same register each time

from arasha.engines.names import Telling
from tests.engines.names.crowd import SCRIPTS, Crowd, Person

PLACES = {f"place {number}": f"region {number % 20}" for number in range(100)}
BEGINS = dt.date(2020, 1, 1)
DAYS = 3 * 365


def tellings(events: int, seed: int) -> Iterator[tuple[int, Telling]]:
    """The event's number and one telling of it; every second event is told twice.

    One in four does not name anybody, one in ten of the named gives the given name only; one in six does not
    name the place; days are exact, a month, a year or unknown; one in ten is off by a day or two.
    """
    crowd = Crowd(seed)
    for number, person in enumerate(crowd.people(events)):
        place = crowd.chance.choice(sorted(PLACES))
        day = BEGINS + dt.timedelta(days=crowd.chance.randrange(DAYS))
        for _ in range(1 + number % 2):
            yield number, _told(crowd, person, place, day)


def _told(crowd: Crowd, person: Person, place: str, day: dt.date) -> Telling:
    chance = crowd.chance
    is_placed = chance.random() < 5 / 6
    first, last = _days(chance, day)
    return Telling(
        people=_people(crowd, person),
        place=place if is_placed else None,
        region=PLACES[place] if is_placed or chance.random() < 0.5 else None,
        first=first,
        last=last,
    )


def _people(crowd: Crowd, person: Person) -> tuple[str, ...]:
    if crowd.chance.random() < 0.25:
        return ()
    if crowd.chance.random() < 0.1:
        return (person.given,)
    return (crowd.written(person, crowd.chance.choice(SCRIPTS), typos=0.1),)


def _days(chance: Random, day: dt.date) -> tuple[dt.date | None, dt.date | None]:
    if chance.random() < 0.1:
        day += dt.timedelta(days=chance.choice((-2, -1, 1, 2)))
    drawn = chance.random()
    if drawn < 0.5:
        return day, day
    if drawn < 0.8:
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return (dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)) if drawn < 0.9 else (None, None)
