"""The leaf of a day: when it is made, and that it does not change."""

import datetime as dt
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from django.db import transaction

from arasha.channel import services
from arasha.channel.evidence import delivery_of
from arasha.channel.models import Arrival, DeliveryDay
from arasha.country import local_day, midnight
from arasha.engines.channel.delivery import LEAF_KIND
from arasha.engines.translog import leaf
from arasha.journal.models import Leaf
from tests.line import Line, take
from tests.together import at_once
from tests.walk import DAY, NOW

TODAY = local_day(NOW)
AFTER_TODAY = midnight(TODAY + DAY) + dt.timedelta(minutes=11)


def test_a_day_that_is_not_over_has_no_leaf(line: Line) -> None:
    line.send()
    soon_after = midnight(TODAY + DAY) + dt.timedelta(minutes=5)

    assert services.close_days(at=soon_after) == 0
    assert DeliveryDay.objects.get().leaf_hash is None


def test_a_day_that_is_over_gets_one_leaf_however_often_the_tick_comes(line: Line) -> None:
    line.send()
    leaves = Leaf.objects.count()
    closed = [services.close_days(at=AFTER_TODAY) for _ in range(2)]

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


@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_make_one_leaf_of_a_day(line: Line, tmp_path: Path) -> None:
    line.send()
    closed = at_once(tmp_path, *[partial(services.close_days, at=AFTER_TODAY)] * 4)

    assert sorted(closed) == [0, 0, 0, 1]


@pytest.mark.django_db(transaction=True)
def test_a_leaf_counts_the_bundle_that_came_while_its_day_was_closed(
    line: Line, tmp_path: Path
) -> None:
    line.send()
    late, came = line.bundle(), threading.Event()

    def a_bundle_comes() -> int:
        with transaction.atomic():
            take(late)
            came.set()
            time.sleep(0.2)  # so long nobody else sees it
        return 0

    def the_day_ends() -> int:
        came.wait()
        services.close_days(at=AFTER_TODAY)
        said = delivery_of(DeliveryDay.objects.select_related("chain").get()).commitment()
        return Leaf.objects.filter(text=leaf(LEAF_KIND, said).decode()).count()

    assert at_once(tmp_path, a_bundle_comes, the_day_ends) == [0, 1]
