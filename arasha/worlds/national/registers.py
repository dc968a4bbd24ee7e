"""The registers of the national world: regions, institutions, people, places, terminals."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import cycle, islice

from arasha.actors import ANONYMOUS, WORLD, Actor
from arasha.country import country
from arasha.people import services as people
from arasha.people.models import Institution
from arasha.places import bulk as places_bulk
from arasha.places import services as places
from arasha.places.models import Place, Region
from arasha.worlds.national import scale

Words = dict[str, str]


@dataclass
class Registers:
    """What the rest of the world refers to."""

    watcher: Institution
    general: Institution
    analyst: Actor = ANONYMOUS
    prosecutors: list[Institution] = field(default_factory=list)  # one a region
    places: list[Place] = field(default_factory=list)


def build(*, at: dt.datetime, times: int) -> Registers:
    """Everything that changes slowly."""
    regions = [
        places.register_region(code=region.code, name=dict(region.name))
        for region in country().regions.values()
    ]
    made = Registers(
        watcher=_institution("ombudsperson", "ombudsperson", None, at),
        general=_institution("general-prosecutor", "prosecutor", None, at),
    )
    for region in regions:
        _institution(f"office-{region.code}", "ombuds-office", region, at, parent=made.watcher)
        made.prosecutors.append(
            _institution(f"prosecutor-{region.code}", "prosecutor", region, at, parent=made.general)
        )
    made.places = places_bulk.load(rows=_places(regions, times), by=WORLD, at=at)
    penal = made.places[: scale.PENAL * times]
    places_bulk.enrol_terminals(
        places=list(islice(cycle(penal), scale.TERMINALS * times)), by=WORLD, at=at
    )
    _staff(made, regions, at)
    return made


def _institution(
    code: str, kind: str, region: Region | None, at: dt.datetime, parent: Institution | None = None
) -> Institution:
    pack_kind = country().institution_kinds[kind]
    where = region.name if region else country().name
    return people.register_institution(
        code=code,
        kind=kind,
        name={lang: f"{pack_kind.name.in_(lang)}: {text}" for lang, text in where.items()},
        region=region,
        parent=parent,
        by=WORLD,
        at=at,
    )


def _places(regions: list[Region], times: int) -> list[places_bulk.Load]:
    """Penal institutions first, then police custody, then all other kinds in turn."""
    other = [
        kind
        for kind in country().place_kinds.values()
        if kind.authority and not kind.authority.startswith("interior")
    ]
    rest = scale.PLACES - scale.PENAL - scale.POLICE
    kinds = (
        ["correctional-institution"] * (scale.PENAL - len(regions))
        + ["pretrial-detention"] * len(regions)
        + ["police-custody"] * scale.POLICE
        + [kind.code for kind in islice(cycle(other), rest)]
    )
    return [
        places_bulk.Load(
            code=f"{kind[:4].upper()}-{number:05d}",
            name=_numbered(kind, number),
            region=regions[number % len(regions)],
            kind=kind,
        )
        for number, kind in enumerate(
            [kind for kind in kinds[: scale.PENAL] for _ in range(times)]
            + [kind for kind in kinds[scale.PENAL :] for _ in range(times)],
            start=1,
        )
    ]


def _numbered(kind: str, number: int) -> Words:
    name = country().place_kinds[kind].name
    return {lang: f"{text} № {number}" for lang, text in name.items()}


def _staff(made: Registers, regions: list[Region], at: dt.datetime) -> None:
    """Officers, prosecutors of every region, and those who lead them."""
    _person(made.watcher, "officer", "officer", at)
    _person(made.watcher, "supervisor", "lead-ombudsperson", at)
    made.analyst = _person(made.watcher, "analyst", "analyst", at)
    _person(made.general, "supervisor", "lead-prosecutor", at)
    for office, region in zip(made.prosecutors, regions, strict=True):
        _person(office, "prosecutor", f"prosecutor-{region.code}", at)
    npm = _institution("npm", "npm", None, at)
    for number in range(1, scale.MONITORS + 1):
        _person(npm, "monitor", f"monitor-{number:03d}", at)


def _person(institution: Institution, role: str, name: str, at: dt.datetime) -> Actor:
    post = people.open_post(
        institution=institution,
        role=role,
        title={each.code: name for each in country().languages},
        by=WORLD,
        at=at,
    )
    user = people.add_person(email=f"{name}@national.invalid", full_name=name, by=WORLD, at=at)
    people.appoint(user=user, post=post, from_day=at.date(), by=WORLD, at=at)
    return Actor.user(user.pk)
