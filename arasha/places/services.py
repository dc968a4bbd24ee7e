import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction

from arasha.actors import Actor
from arasha.country import country
from arasha.journal import services as journal
from arasha.places.errors import (
    BadKeyError,
    ClosedPlaceError,
    CodeTakenError,
    DeviceRevokedError,
    KeyTakenError,
    OfferClosedError,
    SameHandsError,
    UnknownAuthorityError,
    UnknownKindError,
)
from arasha.places.models import Capacity, Device, DeviceOffer, Headcount, Place, Region
from arasha.problems import ChangedMeanwhileProblem
from arasha.references import fold_number

# Any place where somebody is held, admitted or not: the basis when no national law names it.
UNOFFICIAL_BASIS = "OPCAT 4"


def register_region(*, code: str, name: Mapping[str, str]) -> Region:
    """A region of the country pack: reference data, so no act of a person and no journal entry."""
    region, _ = Region.objects.update_or_create(code=code, defaults={"name": dict(name)})
    return region


@transaction.atomic
def register_place(
    *,
    code: str,
    name: Mapping[str, str],
    region: Region,
    kind: str,
    by: Actor,
    at: dt.datetime,
    official: bool = True,
    authority: str | None = None,
    opened_date: dt.date | None = None,
) -> Place:
    """Enter a place into the register, with the basis by which the NPM may enter it.

    `authority` None means the pack's authority for the kind. Raises CodeTakenError,
    UnknownKindError, UnknownAuthorityError.
    """
    if Place.objects.filter(code=code).exists():
        raise CodeTakenError(code=code)
    place = Place(
        code=code,
        name=dict(name),
        region=region,
        kind=kind,
        authority=_authority(kind=kind, official=official, authority=authority),
        legal_basis=basis_of(kind=kind, official=official),
        official=official,
        opened_date=opened_date,
        words=words_of(code=code, name=name),
    )
    place.save(force_insert=True)
    _record("place.registered", place.pk, by=by, at=at)
    return place


@transaction.atomic
def correct_place(
    *,
    place: Place,
    base_version: int,
    name: Mapping[str, str],
    region: Region,
    kind: str,
    by: Actor,
    at: dt.datetime,
    official: bool = True,
    authority: str | None = None,
    opened_date: dt.date | None = None,
    closed_date: dt.date | None = None,
) -> Place:
    """Correct what the register says of a place; its code never changes.

    `base_version` is the version of the place that the writer saw. The same correction sent twice
    is made once. Raises ChangedMeanwhileProblem, UnknownKindError, UnknownAuthorityError.
    """
    said = {
        "name": dict(name),
        "region": region,
        "kind": kind,
        "official": official,
        "authority": _authority(kind=kind, official=official, authority=authority),
        "legal_basis": basis_of(kind=kind, official=official),
        "opened_date": opened_date,
        "closed_date": closed_date,
        "words": words_of(code=place.code, name=name),
    }
    locked = Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    if locked.version != base_version:
        return _said_before(locked, said)
    for field, value in said.items():
        setattr(locked, field, value)
    locked.version += 1
    locked.save()
    _record("place.corrected", locked.pk, by=by, at=at)
    return locked


@transaction.atomic
def set_capacity(
    *, place: Place, from_day: dt.date, persons: int, by: Actor, at: dt.datetime
) -> Capacity:
    """How many people a place may hold, from a day on; the same day again corrects it."""
    _refuse_after_closing(place, from_day)
    capacity, _ = Capacity.objects.update_or_create(
        place=place, from_day=from_day, defaults={"persons": persons}
    )
    _record("place.capacity_set", place.pk, by=by, at=at)
    return capacity


@transaction.atomic
def record_headcount(
    *, place: Place, day: dt.date, persons: int, by: Actor, at: dt.datetime
) -> Headcount:
    """How many people a place held on a day; the same day again corrects it."""
    _refuse_after_closing(place, day)
    count, _ = Headcount.objects.update_or_create(
        place=place, day=day, defaults={"persons": persons}
    )
    _record("place.headcount_recorded", place.pk, by=by, at=at)
    return count


@transaction.atomic
def offer_device(
    *, place: Place, kind: str, public_key: bytes, by: Actor, at: dt.datetime
) -> DeviceOffer:
    """First hand: name a device by its Ed25519 key (32 bytes). Nothing is trusted yet."""
    if len(public_key) != 32:
        raise BadKeyError(length=len(public_key))
    if Device.objects.filter(public_key=public_key).exists():
        raise KeyTakenError
    offer = DeviceOffer.objects.create(
        place=place,
        kind=kind,
        public_key=public_key,
        offered_at=at,
        offered_by_kind=by.kind,
        offered_by_key=by.key,
    )
    _record("device.offered", offer.pk, by=by, at=at, kind="device")
    return offer


@transaction.atomic
def enrol_device(*, offer: DeviceOffer, by: Actor, at: dt.datetime) -> Device:
    """Second hand: confirm the offered key. The device keeps the key of its offer.

    Raises SameHandsError for whoever offered it, OfferClosedError, KeyTakenError.
    """
    if (by.kind, by.key) == (offer.offered_by_kind, offer.offered_by_key):
        raise SameHandsError
    locked = DeviceOffer.objects.select_for_update().get(pk=offer.pk)
    if locked.enrolled_at is not None:
        raise OfferClosedError
    if Device.objects.filter(public_key=locked.public_key).exists():
        raise KeyTakenError
    locked.enrolled_at = at
    locked.save(update_fields=["enrolled_at"])
    device = Device(
        key=locked.key,
        place=locked.place,
        kind=locked.kind,
        public_key=locked.public_key,
        enrolled_at=at,
    )
    device.save(force_insert=True)
    _record("device.enrolled", device.pk, by=by, at=at, kind="device")
    return device


@transaction.atomic
def revoke_device(*, device: Device, reason_code: str, by: Actor, at: dt.datetime) -> Device:
    """End a device at once. One person is enough: a stolen machine cannot wait for two."""
    locked = Device.objects.select_for_update().get(pk=device.pk)
    if locked.revoked_at is not None:
        raise DeviceRevokedError
    locked.revoked_at = at
    locked.save(update_fields=["revoked_at"])
    _record("device.revoked", locked.pk, by=by, at=at, kind="device", reason_code=reason_code)
    return locked


def words_of(*, code: str, name: Mapping[str, str]) -> str:
    """What a search looks through: SQLite compares Cyrillic letters only as they are stored."""
    return "\n".join([*name.values(), code, fold_number(code)]).casefold()


def basis_of(*, kind: str, official: bool) -> str:
    """The article by which the NPM may enter a place of this kind."""
    known = country().place_kinds
    if kind not in known:
        raise UnknownKindError(kind=kind)
    return known[kind].npm_basis.article if official else UNOFFICIAL_BASIS


def _said_before(place: Place, said: Mapping[str, object]) -> Place:
    """The same correction again: a double click. Anything else is another editor's."""
    if any(getattr(place, field) != value for field, value in said.items()):
        raise ChangedMeanwhileProblem
    return place


def _authority(*, kind: str, official: bool, authority: str | None) -> str:
    pack = country()
    if kind not in pack.place_kinds:
        raise UnknownKindError(kind=kind)
    chosen = pack.place_kinds[kind].authority if official and not authority else authority
    if chosen and chosen not in pack.authorities:
        raise UnknownAuthorityError(authority=chosen)
    return chosen or ""


def _refuse_after_closing(place: Place, day: dt.date) -> None:
    if place.closed_date is not None and day > place.closed_date:
        raise ClosedPlaceError(day=place.closed_date.isoformat())


def _record(
    act: str,
    key: uuid.UUID,
    *,
    by: Actor,
    at: dt.datetime,
    kind: str = "place",
    reason_code: str = "",
) -> None:
    journal.record(
        act=act, subject_kind=kind, subject_key=key, by=by, at=at, reason_code=reason_code
    )
