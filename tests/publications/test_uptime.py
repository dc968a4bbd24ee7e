"""Uptime on the public door: whole months, five steps, late, and nothing of use."""

import csv
import datetime as dt
import hashlib
import io
import json
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client

from arasha.actors import TICK
from arasha.channel.models import Heartbeat, Works
from arasha.country import country, midnight
from arasha.engines.notes import canonical_json
from arasha.engines.translog import commitment, leaf
from arasha.journal.selectors import leaf_text
from arasha.places.models import Device
from arasha.publications import selectors, services, tick
from arasha.publications.models import Uptime, UptimeMonth
from arasha.publications.uptime import last_day, step
from tests.channel.upkeep import place, terminal

pytestmark = pytest.mark.django_db
JUNE = dt.date(2025, 6, 1)
DAY = dt.timedelta(days=1)
ALWAYS = bytes([255] * 180)
LONG_BEFORE = midnight(JUNE - 60 * DAY)
DUE = midnight(last_day(JUNE) + (country().upkeep.publish_after_days + 1) * DAY)


@pytest.fixture
def door(settings, tmp_path: Path) -> Client:
    settings.ROOT_URLCONF = "arasha.config.urls.public"
    settings.MIDDLEWARE = import_module("arasha.config.settings.public").MIDDLEWARE
    settings.ARASHA_DOOR = "public"
    settings.ARASHA_LOG_DIR = tmp_path / "log"
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    return Client()


def heard_in_june(device: Device, *, days: int, minutes: bytes = ALWAYS) -> None:
    Heartbeat.objects.bulk_create(
        Heartbeat(device=device, day=JUNE + number * DAY, minutes=minutes) for number in range(days)
    )


def published() -> UptimeMonth:
    made = services.publish_uptime(month=JUNE, by=TICK, at=DUE)
    assert made is not None
    return made


def step_of(device: Device) -> int:
    return Uptime.objects.get(place=device.place).step


def test_a_month_is_published_once_its_sticks_can_have_come_and_not_before() -> None:
    heard_in_june(terminal(enrolled_at=LONG_BEFORE), days=30)

    assert tick.tick(at=DUE - DAY) == 0
    assert tick.tick(at=DUE) == 1
    assert tick.tick(at=DUE) == 0


def test_what_is_published_is_never_published_again() -> None:
    published()

    assert services.publish_uptime(month=JUNE, by=TICK, at=DUE) is None


@pytest.mark.parametrize(("days", "expected"), [(30, 4), (28, 3), (20, 2), (5, 1), (1, 0)])
def test_the_share_of_hours_becomes_one_of_five_steps(days: int, expected: int) -> None:
    device = terminal(enrolled_at=LONG_BEFORE)
    heard_in_june(device, days=days)

    published()

    assert step_of(device) == expected


@pytest.mark.parametrize(
    ("heard", "expected"), [(98, 4), (97, 3), (90, 3), (50, 2), (10, 1), (9, 0)]
)
def test_a_step_begins_with_its_bound(heard: int, expected: int) -> None:
    assert step(heard=heard, due=100) == expected


def test_how_often_a_terminal_speaks_in_an_hour_changes_nothing() -> None:
    once_an_hour = bytes.fromhex("80" + "00" * 6 + "08" + "00" * 7) * 12
    busy, quiet = terminal(enrolled_at=LONG_BEFORE), terminal(enrolled_at=LONG_BEFORE)
    heard_in_june(busy, days=30)
    heard_in_june(quiet, days=30, minutes=once_an_hour)

    published()

    assert step_of(busy) == step_of(quiet) == 4


def test_announced_works_stand_beside_the_figure_and_are_not_taken_off() -> None:
    device = terminal(enrolled_at=LONG_BEFORE)
    heard_in_june(device, days=20)
    Works.objects.create(
        place=device.place, from_day=JUNE + 20 * DAY, until_day=last_day(JUNE) + 9 * DAY
    )

    published()

    assert (step_of(device), Uptime.objects.get().works_days) == (2, 10)


def test_a_terminal_of_a_few_days_and_a_place_that_is_not_admitted_to_are_left_out() -> None:
    terminal(enrolled_at=midnight(last_day(JUNE) - 3 * DAY))
    terminal(place(official=False), enrolled_at=LONG_BEFORE)

    published()

    assert not Uptime.objects.exists()


def test_the_leaf_commits_to_what_can_be_downloaded(door: Client) -> None:
    device = terminal(enrolled_at=LONG_BEFORE)
    heard_in_june(device, days=30)
    made = published()

    said = json.loads(door.get("/en/figures/terminals/2025-06.json").content)

    digest = hashlib.sha256(canonical_json(said["figures"])).digest()
    line = leaf(said["leaf_kind"], commitment(bytes.fromhex(said["salt"]), digest)).decode()
    assert leaf_text(viewer=TICK, leaf_hash=bytes(made.leaf_hash)) == line
    assert said["figures"]["places"] == {device.place.code: {"step": 4, "works_days": 0}}


def test_the_table_names_no_hour_and_no_terminal(door: Client) -> None:
    device = terminal(enrolled_at=LONG_BEFORE)
    heard_in_june(device, days=30)
    published()

    content = door.get("/en/figures/terminals/2025-06.csv").content.decode()

    [head, row] = csv.reader(io.StringIO(content))
    assert head == ["month", "place", "step", "works_days", "published"]
    assert row[:4] == ["2025-06", device.place.code, "4", "0"]
    assert str(device.pk) not in content


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_is_there_in_every_language_before_and_after_the_first_month(
    door: Client, language: str
) -> None:
    assert door.get(f"/{language}/figures/terminals/").status_code == 200
    heard_in_june(terminal(enrolled_at=LONG_BEFORE), days=30)
    published()

    assert door.get(f"/{language}/figures/terminals/").status_code == 200
    assert selectors.uptime_months(viewer=TICK) == [JUNE]


@pytest.mark.parametrize("month", ["2025-07", "2025-13", "nothing"])
def test_a_month_that_is_not_published_is_not_found(door: Client, month: str) -> None:
    for ending in ("/", ".csv", ".json"):
        assert door.get(f"/en/figures/terminals/{month}{ending}").status_code == 404
