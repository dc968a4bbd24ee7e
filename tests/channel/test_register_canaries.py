"""A test appeal shows which link of the chain holds, and asks nothing about anybody's slip."""

import datetime as dt
import uuid

import pytest

from arasha.actors import TICK
from arasha.channel.models import Canary, Incident
from arasha.channel.upkeep import search, tick
from arasha.channel.upkeep.errors import (
    CanaryArrivedError,
    NoSuchCanaryError,
    NotYourTerminalsError,
    SlipTakenError,
)
from arasha.channel.upkeep.numbers import check_digits
from arasha.channel.upkeep.selectors import canaries as selectors
from arasha.channel.upkeep.services import canaries
from arasha.country import country
from arasha.engines.notes import filing_code
from arasha.places.models import Device
from tests.channel.upkeep import DAY, NOW, TODAY, hear, somebody, terminal

pytestmark = pytest.mark.django_db
CODE, OTHER = filing_code(b"a" * 32), filing_code(b"b" * 32)


def begun(device: Device | None = None, *, at: dt.datetime = NOW) -> Canary:
    return canaries.begin_canary(device=device or terminal(), by=somebody("monitor"), at=at)


def slip(canary: Canary, code: str = CODE, *, at: dt.datetime = NOW) -> Canary:
    return canaries.enter_slip(
        canary=canary, code=code, promised_day=at.date() + DAY, by=somebody("monitor"), at=at
    )


def filed(device: Device | None = None, *, at: dt.datetime = NOW) -> Canary:
    return slip(begun(device, at=at), at=at)


def proved(device: Device) -> Canary:
    canary = filed(device)
    canaries.enter_arrival(number=canary.number, code=CODE, by=somebody("officer"), at=NOW)
    Canary.objects.filter(pk=canary.pk).update(logged_day=TODAY)
    return canary


@pytest.mark.parametrize("role", ["head", "registrar", "administrator", "officer"])
def test_only_a_monitor_begins_a_test(role: str) -> None:
    device = terminal()

    with pytest.raises(NotYourTerminalsError):
        canaries.begin_canary(device=device, by=somebody(role, leads=device.place), at=NOW)


def test_only_an_officer_enters_that_a_test_arrived() -> None:
    with pytest.raises(NotYourTerminalsError):
        canaries.enter_arrival(number=begun().number, code=CODE, by=somebody("monitor"), at=NOW)


def test_a_number_that_nobody_drew_is_refused() -> None:
    with pytest.raises(NoSuchCanaryError):
        canaries.enter_arrival(number="0000000098", code=CODE, by=somebody("officer"), at=NOW)


def test_a_second_slip_is_refused_and_the_same_slip_twice_is_one() -> None:
    canary = filed()

    assert slip(canary).code == CODE
    with pytest.raises(SlipTakenError):
        slip(canary, OTHER)


def test_a_test_that_arrived_in_two_appeals_is_refused_with_a_warning() -> None:
    canary, officer = filed(), somebody("officer")
    canaries.enter_arrival(number=canary.number, code=CODE, by=officer, at=NOW)

    with pytest.raises(CanaryArrivedError, match="must not happen"):
        canaries.enter_arrival(number=canary.number, code=OTHER, by=officer, at=NOW)


def test_a_test_whose_every_link_is_shown_proves_the_whole_chain() -> None:
    canary = proved(terminal())
    canary.refresh_from_db()

    steps = selectors.steps(viewer=TICK, canary=canary, day=TODAY)

    assert [step.state for step in steps] == ["done"] * 4
    assert selectors.is_proved(viewer=TICK, canary=canary)


def test_a_slip_that_the_log_does_not_hold_by_its_day_is_an_incident() -> None:
    device = terminal()
    hear(device)
    canary = filed(device, at=NOW - 5 * DAY)

    tick.tick(at=NOW)

    assert Incident.objects.get().kind == "canary_missing"
    steps = selectors.steps(viewer=TICK, canary=canary, day=TODAY)
    assert [step.state for step in steps] == ["done", "failed", "waiting", "waiting"]


def test_a_test_that_no_officer_opened_by_its_day_is_an_incident() -> None:
    device = terminal()
    hear(device)
    canary = filed(device, at=NOW - (country().upkeep.canary_days + 1) * DAY)
    Canary.objects.filter(pk=canary.pk).update(logged_day=TODAY - 5 * DAY)

    tick.tick(at=NOW)

    assert Incident.objects.get().kind == "canary_missing"


def test_an_appeal_with_another_code_is_not_what_was_filed() -> None:
    device = terminal()
    hear(device)
    canary = filed(device)
    canaries.enter_arrival(number=canary.number, code=OTHER, by=somebody("officer"), at=NOW)
    canary.refresh_from_db()

    tick.tick(at=NOW)

    assert selectors.steps(viewer=TICK, canary=canary, day=TODAY)[3].state == "failed"
    assert Incident.objects.get().kind == "canary_missing"


def test_a_later_test_that_arrives_closes_the_incident() -> None:
    device = terminal()
    hear(device)
    filed(device, at=NOW - 20 * DAY)
    tick.tick(at=NOW)

    proved(device)
    tick.tick(at=NOW)

    assert Incident.objects.get().closed_how == "arrived"


def test_a_test_that_was_begun_and_never_filed_accuses_nobody() -> None:
    device = terminal()
    hear(device)
    begun(device, at=NOW - 60 * DAY)

    tick.tick(at=NOW)

    assert not Incident.objects.exists()


@pytest.mark.parametrize("typed", ["T {0}-{1}-{2}", "т{0}{1}{2}", " {0} {1} {2} "])
def test_an_officer_finds_the_page_by_the_number_as_it_is_written(typed: str) -> None:
    number = begun().number
    text = typed.format(number[:4], number[4:8], number[8:])

    [hit] = search.search(viewer=somebody("officer"), text=text)

    assert number in hit.url


def test_the_search_does_not_tell_whether_a_number_was_drawn() -> None:
    undrawn = "00000000" + check_digits("00000000")

    assert len(search.search(viewer=somebody("officer"), text=undrawn)) == 1
    assert search.search(viewer=somebody("officer"), text=begun().number[:9] + "x") == []
    assert search.search(viewer=somebody("monitor"), text=undrawn) == []


def test_no_column_of_a_test_leads_to_an_appeal() -> None:
    keys = {field.name for field in Canary._meta.get_fields() if field.is_relation}

    assert keys == {"device"}
    assert uuid.UUID(int=0) != begun().key
