"""Two copies of one bundle at the same moment: the relay's and the stick's."""

from functools import partial
from pathlib import Path

import pytest

from arasha.appeals.models import Appeal
from arasha.channel.models import Alarm, Arrival, DeliveryDay
from arasha.engines.channel.down import Became
from arasha.engines.sealing import RecipientSet
from tests.line import Line, became, cover, filing, take
from tests.together import at_once
from tests.walk import posted

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_copies_are_one_appeal(line: Line, recipients: RecipientSet, tmp_path: Path) -> None:
    letter = filing(posted(recipients), line.key)
    bundle = line.bundle(pieces=letter.pieces(), looks=[letter.look])
    answers = at_once(tmp_path, *[partial(take, bundle) for _ in range(4)])

    assert [became(line.read(each)) for each in answers] == [[Became.KEPT]] * 4


def test_two_copies_are_counted_once(line: Line, tmp_path: Path) -> None:
    bundle = line.bundle()

    def counted() -> int:
        take(bundle)
        return DeliveryDay.objects.get().count + Arrival.objects.count() + Alarm.objects.count()

    assert set(at_once(tmp_path, *[counted] * 4)) == {2}


def test_the_same_appeal_in_two_bundles_is_filed_once(
    line: Line, recipients: RecipientSet, tmp_path: Path
) -> None:
    letter = filing(posted(recipients), line.key)
    bundles = [line.bundle(pieces=letter.pieces()) for _ in range(3)]

    def filed(bundle: bytes) -> int:
        take(bundle)
        return Appeal.objects.count()

    assert set(at_once(tmp_path, *[partial(filed, each) for each in bundles])) == {1}


def test_the_same_cover_in_two_bundles_is_one_leaf(
    line: Line, recipients: RecipientSet, tmp_path: Path
) -> None:
    used = cover(posted(recipients), line.key)
    bundles = [line.bundle(pieces=used.pieces(), looks=[used.look]) for _ in range(3)]
    answers = at_once(tmp_path, *[partial(take, each) for each in bundles])

    assert [became(line.read(each)) for each in answers] == [[Became.KEPT]] * 3
