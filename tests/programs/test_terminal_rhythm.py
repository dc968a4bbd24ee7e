"""When a bundle is sent: at its beat, however much work it was, and never twice as fast afterwards."""

import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from arasha.engines.channel.bundle import Bundle
from arasha.packs import Pack, load
from arasha.programs.terminal.exchange import Rhythm
from tests.clock import Clock
from tests.programs import stand
from tests.programs.gateway import Stand
from tests.programs.stand import World
from tests.programs.test_terminal import Machine

BEATS = 12


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load("kz")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def door(world: World) -> Iterator[Stand]:
    with stand.gateway(world) as server:
        yield server


@pytest.mark.parametrize(
    ("beat", "now", "following"),
    [
        (0.0, 0.1, 60.0),  # the answer came at once
        (0.0, 59.0, 60.0),  # just in time to form the next one
        (0.0, 59.1, 120.0),  # too late for it
        (0.0, 300.0, 360.0),  # the machine slept: what was missed stays missed
        (120.0, 120.0, 180.0),
    ],
)
def test_beats_lie_on_one_grid(beat: float, now: float, following: float) -> None:
    assert Rhythm(60).next_after(beat, now) == following


@pytest.mark.parametrize(("seconds", "ahead"), [(60, 1.0), (2, 0.5), (0.2, 0.05)])
def test_a_bundle_is_formed_ahead_of_its_beat(seconds: float, ahead: float) -> None:
    assert Rhythm(seconds).ahead == ahead


def test_the_times_of_bundles_do_not_tell_how_much_there_was_to_say(
    tmp_path: Path, world: World, door: Stand, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forming takes much longer at every second beat, as if much had been written."""
    machine, clock = Machine(tmp_path / "spool", door.url, pack), Clock()
    machine.learn()
    sent, formed, beat = list[float](), machine.exchange.formed, machine.exchange.beat

    def slowly() -> Bundle | None:
        clock.sleep(0.5 if len(sent) % 2 else 0)
        return formed()

    def noting(bundle: Bundle | None) -> None:
        sent.append(clock.monotonic())
        beat(bundle)
        if len(sent) == BEATS:
            machine.exchange.stop()

    def wait(stopped: threading.Event, seconds: float) -> bool:
        clock.sleep(seconds)
        return stopped.is_set()

    monkeypatch.setattr(machine.exchange, "formed", slowly)
    monkeypatch.setattr(machine.exchange, "beat", noting)
    machine.exchange.run(Rhythm(60, clock.monotonic, wait))

    assert [round(later - earlier, 2) for earlier, later in pairwise(sent)] == [60] * (BEATS - 1)
