"""The leaf of a day: when it is made, and that it does not change."""

import datetime as dt

from arasha.channel import services
from arasha.channel.models import Arrival, DeliveryDay
from arasha.country import local_day, midnight
from arasha.journal.models import Leaf
from tests.line import Line, take
from tests.walk import DAY, NOW

TODAY = local_day(NOW)


def test_a_day_that_is_not_over_has_no_leaf(line: Line) -> None:
    line.send()
    soon_after = midnight(TODAY + DAY) + dt.timedelta(minutes=5)

    assert services.close_days(at=soon_after) == 0
    assert DeliveryDay.objects.get().leaf_hash is None


def test_a_day_that_is_over_gets_one_leaf_however_often_the_tick_comes(line: Line) -> None:
    line.send()
    leaves = Leaf.objects.count()
    later = midnight(TODAY + DAY) + dt.timedelta(minutes=11)
    closed = [services.close_days(at=later) for _ in range(2)]

    assert closed == [1, 0]
    assert Leaf.objects.count() == leaves + 1


def test_bundles_of_any_order_count_for_the_day_on_which_they_came(line: Line) -> None:
    bundles = [line.bundle() for _ in range(4)]
    for number in (2, 0, 3):
        take(bundles[number])
    row = DeliveryDay.objects.get()

    assert (row.count, row.first_seq, row.last_seq) == (3, 1, 4)
    assert bytes(row.head) == line.before


def test_arrivals_are_forgotten_some_days_later(line: Line) -> None:
    line.send()
    old = TODAY - 4 * DAY
    Arrival.objects.update(day=old)
    DeliveryDay.objects.update(day=TODAY - DAY)
    services.close_days(at=NOW + dt.timedelta(hours=1))

    assert not Arrival.objects.exists()


def test_a_bundle_that_comes_again_after_that_is_no_alarm_and_does_not_count(line: Line) -> None:
    bundle = line.bundle()
    take(bundle)
    Arrival.objects.all().delete()
    take(bundle)

    assert DeliveryDay.objects.get().count == 1
    assert not Arrival.objects.exists()
