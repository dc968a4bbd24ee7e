"""A terminal behind a real relay: answers come late, and the line to the gateway may be down for long."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from arasha.packs import Pack, load
from arasha.programs.relay.door import serving
from arasha.programs.relay.forwarding import Forwarding
from arasha.programs.relay.house import Relay, open_relay, pin
from arasha.wire.client import Client
from tests.programs import stand
from tests.programs.stand import World
from tests.programs.test_terminal import Machine


@dataclass
class Prison:
    """A terminal and the relay in the rack, and the gateway's world outside."""

    world: World
    relay: Relay
    line: Forwarding
    machine: Machine

    def forward(self) -> None:
        """All that waits in the rack goes to the gateway."""
        while self.line.once() or self.relay.rack.counts()[0]:
            pass


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load("kz")


@pytest.fixture
def prison(tmp_path: Path, pack: Pack) -> Iterator[Prison]:
    world, folder = World(), tmp_path / "relay"
    pin(folder, stand.repository().root)
    with stand.gateway(world) as gateway:
        relay = open_relay(folder, demo=False)
        line = Forwarding(relay, Client(gateway.url, timeout=5), jitter=lambda: 0.0, rhythm=0)
        line.once()
        server = serving(relay, line, host="127.0.0.1", port=0).start()
        machine = Machine(tmp_path / "spool", f"http://127.0.0.1:{server.port}", pack)
        machine.learn()
        yield Prison(world, relay, line, machine)
        server.stop()


def test_what_is_written_behind_a_relay_arrives_and_its_answer_comes_late(prison: Prison) -> None:
    machine, posted = prison.machine, stand.sealed_filing()
    machine.file(posted)
    machine.beat(2)
    assert machine.state(posted) == ("kept", None)
    assert prison.world.filed == []

    prison.forward()
    machine.beat()

    assert prison.world.filed == [posted]
    assert machine.state(posted) == ("acknowledged", None)


def test_without_a_line_for_long_everything_goes_out_once_when_it_is_back(prison: Prison) -> None:
    machine, world = prison.machine, prison.world
    posted = [stand.sealed_filing(str(number)) for number in range(12)]
    for each in posted:
        machine.file(each)
        machine.beat(20)

    prison.forward()
    machine.beat()
    prison.forward()
    machine.beat()

    assert sorted(world.filed) == sorted(posted)
    assert {machine.state(each)[0] for each in posted} == {"acknowledged"}
    assert (world.inbox.window.gaps(), world.inbox.window.breaks) == ([], frozenset())
    pieces = [piece for said in world.inbox.said for piece in said.pieces]
    assert len(pieces) == len({(piece.object, piece.number) for piece in pieces})


def test_new_lists_of_readers_come_through_the_relay(prison: Prison) -> None:
    prison.world.offer(stand.recipients(version=2))
    prison.forward()

    prison.machine.learn()

    assert [body["set"] for body in prison.machine.bodies()] == ["ombudsperson-2"]
