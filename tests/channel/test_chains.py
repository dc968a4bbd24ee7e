"""A terminal that was imaged anew: two people, and no bundle is lost between."""

import pytest

from arasha.actors import WORLD, Actor
from arasha.channel import services
from arasha.channel.errors.chains import (
    ChainOfferClosedError,
    RevokedTerminalError,
    SameHandsError,
)
from arasha.channel.models import Alarm, Chain
from arasha.journal.models import Entry
from arasha.places import services as places
from tests.line import Line, take
from tests.walk import NOW, Terminal

FIRST, SECOND = Actor.user("first"), Actor.user("second")


def test_one_person_cannot_do_both(terminal: Terminal) -> None:
    offer = services.offer_chain(device=terminal.device, by=FIRST, at=NOW)

    with pytest.raises(SameHandsError):
        services.open_chain(offer=offer, by=FIRST, at=NOW)
    assert not Chain.objects.exists()


def test_a_second_confirmation_is_refused(terminal: Terminal) -> None:
    offer = services.offer_chain(device=terminal.device, by=FIRST, at=NOW)
    services.open_chain(offer=offer, by=SECOND, at=NOW)

    with pytest.raises(ChainOfferClosedError):
        services.open_chain(offer=offer, by=SECOND, at=NOW)


def test_of_two_announcements_one_is_confirmed(terminal: Terminal) -> None:
    offers = [services.offer_chain(device=terminal.device, by=FIRST, at=NOW) for _ in range(2)]
    services.open_chain(offer=offers[0], by=SECOND, at=NOW)

    with pytest.raises(ChainOfferClosedError):
        services.open_chain(offer=offers[1], by=SECOND, at=NOW)


def test_a_revoked_terminal_gets_no_new_chain(terminal: Terminal) -> None:
    device = places.revoke_device(device=terminal.device, reason_code="lost", by=WORLD, at=NOW)

    with pytest.raises(RevokedTerminalError):
        services.offer_chain(device=device, by=FIRST, at=NOW)


def test_the_new_chain_begins_and_the_old_one_is_closed(line: Line) -> None:
    line.send()
    offer = services.offer_chain(device=line.terminal.device, by=FIRST, at=NOW)
    opened = services.open_chain(offer=offer, by=SECOND, at=NOW)
    anew = Line(line.terminal, line.key, chain=opened.number)
    anew.send()

    assert opened.number == 2
    assert not Alarm.objects.exists()
    assert Chain.objects.get(number=1).closed_at == NOW
    assert Entry.objects.filter(act__startswith="chain.").count() == 2


def test_what_was_under_way_of_the_old_chain_is_taken_with_an_alarm(line: Line) -> None:
    late = line.bundle()
    offer = services.offer_chain(device=line.terminal.device, by=FIRST, at=NOW)
    services.open_chain(offer=offer, by=SECOND, at=NOW)
    take(late)

    assert Alarm.objects.get().kind == "replayed_chain"
    assert Chain.objects.get(number=1).window["runs"][0][:2] == [1, 1]


def test_an_alarm_is_settled_once(line: Line) -> None:
    take(Line(line.terminal, line.key, chain=9).bundle())
    alarm = Alarm.objects.get()
    for by in (FIRST, SECOND):
        services.settle_alarm(alarm=alarm, by=by, at=NOW)

    assert Entry.objects.filter(act="chain.alarm_settled").count() == 1
