"""Bundles behind PostgreSQL's own lock: what the gateway's role and the tick's may do of it."""

import pytest
from django.db import DatabaseError, transaction

from arasha.access.viewing import viewing
from arasha.actors import TICK
from arasha.appeals.models import Appeal
from arasha.channel import tick as channel
from arasha.channel.models import DeliveryDay, Piece
from arasha.country import local_day
from arasha.engines.channel.down import Became
from arasha.engines.sealing import RecipientSet
from arasha.handoffs.channel_to_appeals.tick import tick
from arasha.worlds.sealing import sealed
from tests.access.conftest import become as become
from tests.access.locking import Become
from tests.handoffs.channel_to_appeals.conftest import reply_to
from tests.line import Line, attachment, cover, filing
from tests.walk import DAY, NOW, posted

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def test_the_gateway_takes_in_an_appeal_a_file_and_a_cover(
    line: Line, recipients: RecipientSet, become: Become
) -> None:
    body = posted(recipients)
    photo = attachment(body, sealed(b"a photo", to=recipients.keys))
    become("arasha_gateway")

    told = [
        line.send_whole(each)
        for each in (filing(body, line.key), photo, cover(posted(recipients), line.key))
    ]
    assert [each.became for each in told] == [Became.KEPT] * 3


def test_the_gateway_cannot_change_what_goes_to_the_terminals(line: Line, become: Become) -> None:
    become("arasha_gateway")

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Piece.objects.update(total=1)


def test_the_tick_ends_days_and_writes_into_the_stream(
    line: Line, appeal: Appeal, become: Become
) -> None:
    line.send()
    DeliveryDay.objects.update(day=local_day(NOW - 2 * DAY))
    reply_to(appeal)
    become("arasha_jobs")

    with viewing(TICK):
        assert channel.tick(at=NOW) == 1
        assert channel.tell(at=NOW) > 0
        assert tick(at=NOW) == 1
        assert tick(at=NOW + DAY) == 0  # it sees each reply that is kept, and overwrites none
