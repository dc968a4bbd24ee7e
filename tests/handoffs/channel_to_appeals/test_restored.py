"""The server comes back from an old copy, after terminals and the relay have read further."""

import secrets

import pytest

from arasha.actors import ANONYMOUS
from arasha.channel import services
from arasha.channel.models import BroadcastRecord
from arasha.channel.selectors import arriving
from arasha.engines.channel.pages import Kind, Record
from arasha.programs.relay.forwarding import NoAnswerError
from arasha.programs.terminal.knowledge import REPLY_BYTES
from arasha.wire.serving import Request
from tests.gateway.conftest import door as door
from tests.handoffs.channel_to_appeals.country import Country
from tests.handoffs.channel_to_appeals.country import country as country
from tests.handoffs.channel_to_appeals.joined import Machine, Rack, Wire, gateway
from tests.walk import NOW

BEATS = 4
Replies = dict[bytes, bytes]


@pytest.fixture
def rack(country: Country) -> Rack:
    return Rack(country.folder / "relay", Wire(gateway(country.door)), lambda: NOW)


@pytest.fixture
def machines(country: Country, rack: Rack) -> list[Machine]:
    """One at the gateway, one behind the relay."""
    fars = (gateway(country.door), rack.answer)
    return [
        Machine(country.folder / str(number), device, Wire(far), lambda: NOW)
        for number, (device, far) in enumerate(zip(country.devices, fars, strict=True))
    ]


def told(count: int) -> Replies:
    replies = {secrets.token_bytes(16): secrets.token_bytes(REPLY_BYTES) for _ in range(count)}
    services.broadcast(
        records=[Record(Kind.REPLY, tag + sealed) for tag, sealed in replies.items()]
    )
    return replies


def go_on(machines: list[Machine], rack: Rack) -> None:
    for _ in range(BEATS):
        for machine in machines:
            machine.beat()
        while forwards(rack):
            pass


def forwards(rack: Rack) -> bool:
    try:
        return rack.line.once()
    except NoAnswerError:  # it does not know yet who the gateway is
        return True


def brought_back(copy: int) -> None:
    """The stream as it stood in the copy; what came behind it is lost."""
    BroadcastRecord.objects.filter(position__gte=copy).delete()
    services.move_on(at=NOW)


@pytest.mark.parametrize("more", [3, 70])
def test_what_is_told_after_it_reaches_everybody_wherever_they_had_read(
    country: Country, machines: list[Machine], rack: Rack, more: int
) -> None:
    before = told(20)
    copy = arriving.length(viewer=ANONYMOUS)
    lost = told(40)
    go_on(machines, rack)
    read = arriving.length(viewer=ANONYMOUS)
    assert {machine.knowledge.stream.position for machine in machines} == {read}

    brought_back(copy)
    after = told(more)
    go_on(machines, rack)

    every = before | lost | after
    assert all(machine.knowledge.replies(every) == every for machine in machines)
    reimaged = Machine(country.folder / "new", country.devices[1], Wire(rack.answer), lambda: NOW)
    reimaged.beat()
    assert reimaged.knowledge.replies(every) == before | after
    assert reimaged.kiosk.bodies(Request("GET", "", {}, b"")).status == 200


def test_a_relay_that_starts_again_midway_has_the_new_stream(
    country: Country, machines: list[Machine], rack: Rack
) -> None:
    copy = arriving.length(viewer=ANONYMOUS)
    told(40)
    go_on(machines, rack)
    brought_back(copy)
    after = told(40)
    for _ in range(3):
        forwards(rack)
        rack.start()
    go_on(machines, rack)

    assert machines[1].knowledge.replies(after) == after
    assert rack.relay.pages.wanted == machines[1].knowledge.stream.page
