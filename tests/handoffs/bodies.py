"""A second body with a list of recipients, and an appeal that an officer has read and recorded."""

import pytest

from arasha.appeals.models import AddedHeader, Appeal
from arasha.people.models import Institution, User
from arasha.places.models import Place
from tests.walk import OPENED_AT, at_work, body, list_of

__all__ = ["mechanism", "mechanism_officer", "monitor", "read"]


mechanism = body("npm", "npm")
mechanism_officer = at_work("officer", "mechanism")
monitor = at_work("monitor", "mechanism")


@pytest.fixture
def read(opened: Appeal, accused: Institution, place: Place) -> Appeal:
    """Opened, and recorded: what it is about, where, and whom it complains of."""
    opened.category, opened.accused_body, opened.place = "torture", accused, place
    opened.save(update_fields=["category", "accused_body", "place"])
    return opened


def add_header(appeal: Appeal, to: Institution, by: User) -> AddedHeader:
    """What the reader posts when an officer adds the readers of another body."""
    return AddedHeader.objects.create(
        appeal=appeal,
        recipient_set=list_of(to),
        header=b"age-encryption.org/v1 and three stanzas",
        added_at=OPENED_AT,
        added_by_key=by.pk,
    )
