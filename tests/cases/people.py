"""People and events of a case, entered through the services."""

import datetime as dt
from typing import Any

from arasha.cases import services
from arasha.cases.models import Act, Case, Event, Person
from arasha.cases.services.events import Done, Happened
from arasha.cases.telling_apart import About, Who
from arasha.engines.dates import read
from arasha.people.models import User
from arasha.places.models import Place
from tests.walk import NOW, actor


def version(case: Case) -> int:
    return Case.objects.get(pk=case.pk).version


def who(name: str = "", *, born: str = "", marks: str = "") -> Who:
    return Who(name=name, born=read(born), born_words=born, marks=marks)


def add(
    case: Case,
    by: User,
    name: str = "",
    *,
    role: str = "victim",
    base_version: int | None = None,
    at: dt.datetime = NOW,
    **known: str,
) -> Person:
    return services.add_person(
        case=case,
        about=About(role=role),
        who=who(name, **known),
        base_version=version(case) if base_version is None else base_version,
        by=actor(by),
        at=at,
    )


def happen(
    case: Case,
    by: User,
    *,
    place: Place | None = None,
    when: str = "",
    where: str = "",
    **more: Any,
) -> Event:
    happened = Happened(place=place, where=where, day=read(when), words=when)
    given: dict[str, Any] = {"base_version": version(case), "by": actor(by), "at": NOW} | more
    return services.add_event(case=case, happened=happened, **given)


def do(event: Event, by: User, *, to: Person | None = None, **more: Any) -> Act:
    given: dict[str, Any] = {"base_version": version(event.case), "by": actor(by), "at": NOW} | more
    done = Done(victim=to, methods=("beating",), criteria=("information",), harm="light")
    return services.add_act(event=event, done=done, **given)
