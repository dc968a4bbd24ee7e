"""Many places and terminals at once: for worlds as large as a country."""

import datetime as dt
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from arasha.actors import Actor
from arasha.country import country
from arasha.journal import services as journal
from arasha.places.models import Device, Place, Region
from arasha.places.services import basis_of, words_of

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    code: str
    name: dict[str, str]
    region: Region
    kind: str


@transaction.atomic
def load(*, rows: Iterable[Load], by: Actor, at: dt.datetime) -> list[Place]:
    """Register many official places."""
    made = Place.objects.bulk_create([_place(row) for row in rows], ROWS_AT_ONCE)
    _record_many("place.registered", "place", [place.key for place in made], by, at)
    return made


@transaction.atomic
def enrol_terminals(*, places: Iterable[Place], by: Actor, at: dt.datetime) -> list[Device]:
    """Enrol a terminal in each of `places`, with a key that nobody holds: they never speak."""
    made = Device.objects.bulk_create(
        [
            Device(place=place, kind="terminal", public_key=secrets.token_bytes(32), enrolled_at=at)
            for place in places
        ],
        ROWS_AT_ONCE,
    )
    _record_many("device.enrolled", "device", [device.key for device in made], by, at)
    return made


def _place(row: Load) -> Place:
    return Place(
        code=row.code,
        name=row.name,
        region=row.region,
        kind=row.kind,
        authority=country().place_kinds[row.kind].authority or "",
        legal_basis=basis_of(kind=row.kind, official=True),
        words=words_of(code=row.code, name=row.name),
    )


def _record_many(act: str, kind: str, keys: list[uuid.UUID], by: Actor, at: dt.datetime) -> None:
    journal.record_many(
        acts=[
            journal.Act(act=act, subject_kind=kind, subject_key=key, by=by, at=at) for key in keys
        ]
    )
