import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from arasha.actors import Actor
from arasha.places.models import Capacity, Device, DeviceOffer, Headcount, Place, Region
from arasha.references import fold_number


def places(
    *,
    viewer: Actor,
    region: str = "",
    kind: str = "",
    text: str = "",
    unofficial: bool = False,
) -> QuerySet[Place]:
    """The register of places; it is open to everybody on the desk.

    `unofficial`: also those that no authority admits to, for whom `people.selectors.knows_unofficial`
    says yes; this floor knows no posts.
    """
    found = Place.objects.select_related("region").order_by("code")
    if not unofficial:
        found = found.filter(official=True)
    if region:
        found = found.filter(region_id=region)
    if kind:
        found = found.filter(kind=kind)
    if text:
        found = found.filter(_mentions(text))
    return found


def find_place(*, viewer: Actor, key: uuid.UUID | str, unofficial: bool = False) -> Place | None:
    return places(viewer=viewer, unofficial=unofficial).filter(pk=key).first()


def regions(*, viewer: Actor) -> QuerySet[Region]:
    return Region.objects.order_by("code")


def capacity_on(*, viewer: Actor, place: Place, day: dt.date) -> Capacity | None:
    return place.capacities.filter(from_day__lte=day).order_by("-from_day").first()


def headcounts(*, viewer: Actor, place: Place) -> QuerySet[Headcount]:
    return place.headcounts.order_by("-day")


def devices(*, viewer: Actor, place: Place) -> QuerySet[Device]:
    return place.devices.order_by("-enrolled_at")


def open_offers(*, viewer: Actor, place: Place | None = None) -> QuerySet[DeviceOffer]:
    """Devices that wait for a second person."""
    offers = DeviceOffer.objects.filter(enrolled_at__isnull=True).select_related("place")
    return offers.filter(place=place) if place else offers


def _mentions(text: str) -> Q:
    number = fold_number(text).casefold()
    said = Q(words__contains=text.strip().casefold())
    return said | Q(words__contains=number) if number else said
