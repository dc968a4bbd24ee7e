"""A second body with a list of recipients, and an appeal that an officer has read and recorded."""

import pytest

from arasha.appeals.models import AddedHeader, Appeal
from arasha.country import local_day
from arasha.people.models import Institution, User
from arasha.places.models import Place
from arasha.trust.models import RecipientSet
from tests.walk import DAY, LONG_AGO, NOW, OPENED_AT, institution, person

__all__ = ["mechanism", "mechanism_officer", "monitor", "read"]


@pytest.fixture
def mechanism(db: None) -> Institution:
    return institution("npm", "npm")


@pytest.fixture
def mechanism_officer(mechanism: Institution) -> User:
    return person("officer", mechanism)


@pytest.fixture
def monitor(mechanism: Institution) -> User:
    return person("monitor", mechanism)


@pytest.fixture
def read(opened: Appeal, accused: Institution, place: Place) -> Appeal:
    """Opened, and recorded: what it is about, where, and whom it complains of."""
    opened.category, opened.accused_body, opened.place = "torture", accused, place
    opened.save(update_fields=["category", "accused_body", "place"])
    return opened


def list_of(body: Institution) -> RecipientSet:
    return RecipientSet.objects.create(
        code=f"{body.code}-1",
        institution=body,
        version=1,
        recipients=3,
        from_day=local_day(LONG_AGO),
        until_day=local_day(NOW + 30 * DAY),
        published_at=LONG_AGO,
    )


def add_header(appeal: Appeal, body: Institution, by: User) -> AddedHeader:
    """What the reader posts when an officer adds the readers of another body."""
    return AddedHeader.objects.create(
        appeal=appeal,
        recipient_set=list_of(body),
        header=b"age-encryption.org/v1 and three stanzas",
        added_at=OPENED_AT,
        added_by_key=by.pk,
    )
