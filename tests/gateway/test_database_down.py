"""The database does not answer: the terminal is told so in words, nothing is kept in part, the same bytes come again."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from arasha.appeals.models import Appeal, Ciphertext
from arasha.channel.models import DeliveryDay, Piece
from arasha.engines.sealing import RecipientSet
from arasha.gateway.errors import OutOfOrderError
from arasha.journal.models import Leaf
from arasha.wire.ingest import IngestKey
from tests.gateway.test_door import send
from tests.line import Line, filing
from tests.walk import Terminal, posted

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def no_database() -> Iterator[None]:
    """The next query finds no database at the address; afterwards the old connection is back."""
    open_connection, address = connection.connection, connection.settings_dict["NAME"]
    connection.connection, connection.settings_dict["NAME"] = None, "/nowhere/arasha"
    try:
        yield
    finally:
        connection.close_if_unusable_or_obsolete()
        connection.connection, connection.settings_dict["NAME"] = open_connection, address


def test_a_filing_that_finds_no_database_is_refused_whole_and_taken_later(
    door: Client, terminal: Terminal, ingest_key: IngestKey, recipients: RecipientSet
) -> None:
    line, leaves = Line(terminal, ingest_key), Leaf.objects.count()
    bundle = line.bundle(pieces=filing(posted(recipients), line.key).pieces())
    door.raise_request_exception = False

    with no_database():
        refused = send(door, bundle, **{"Accept-Language": "en"})

    assert (refused.status_code, refused.json()["problem"]) == (500, "out_of_order")
    assert refused.json()["happened"] == str(OutOfOrderError.happened)
    assert [each.objects.count() for each in (Appeal, Ciphertext, Piece, DeliveryDay)] == [0] * 4
    assert Leaf.objects.count() == leaves
    assert send(door, bundle).status_code == 200
    assert Appeal.objects.count() == 1
