import pytest

from arasha.actors import Actor
from arasha.journal.models import Entry
from arasha.places import services
from arasha.places.errors import (
    BadKeyError,
    DeviceRevokedError,
    KeyTakenError,
    OfferClosedError,
    SameHandsError,
)
from arasha.places.models import Device, DeviceOffer
from tests.people.cast import NOW
from tests.places.cast import place

pytestmark = pytest.mark.django_db
KEY = bytes(range(32))
FIRST, SECOND = Actor.user("first"), Actor.user("second")


def offered(key: bytes = KEY) -> DeviceOffer:
    return services.offer_device(place=place(), kind="terminal", public_key=key, by=FIRST, at=NOW)


def test_half_a_key_is_refused() -> None:
    with pytest.raises(BadKeyError, match="this one has 31"):
        offered(KEY[:31])


def test_one_person_alone_enrols_no_device() -> None:
    offer = offered()

    with pytest.raises(SameHandsError, match="Ask a colleague"):
        services.enrol_device(offer=offer, by=FIRST, at=NOW)
    assert not Device.objects.exists()


def test_two_people_enrol_a_device_that_keeps_the_key_of_its_offer() -> None:
    offer = offered()

    device = services.enrol_device(offer=offer, by=SECOND, at=NOW)

    assert (device.key, bytes(device.public_key)) == (offer.key, KEY)
    assert list(Entry.objects.order_by("act").values_list("act", flat=True)) == [
        "device.enrolled",
        "device.offered",
        "place.registered",
    ]


def test_an_offer_is_taken_up_once() -> None:
    offer = offered()
    services.enrol_device(offer=offer, by=SECOND, at=NOW)

    with pytest.raises(OfferClosedError):
        services.enrol_device(offer=offer, by=SECOND, at=NOW)


def test_a_key_belongs_to_one_device_even_after_it_was_revoked() -> None:
    device = services.enrol_device(offer=offered(), by=SECOND, at=NOW)
    services.revoke_device(device=device, reason_code="stolen", by=FIRST, at=NOW)

    with pytest.raises(KeyTakenError, match="Make a new key"):
        offered()


def test_a_device_is_revoked_once() -> None:
    device = services.enrol_device(offer=offered(), by=SECOND, at=NOW)
    services.revoke_device(device=device, reason_code="stolen", by=FIRST, at=NOW)

    with pytest.raises(DeviceRevokedError, match="new key"):
        services.revoke_device(device=device, reason_code="stolen", by=FIRST, at=NOW)
