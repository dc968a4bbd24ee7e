"""A terminal whose clock is wrong, whose disk is full, or that is started anew: nothing is lost."""

import datetime as dt
import secrets
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from arasha.engines.channel.bundle import parse_bundle
from arasha.engines.channel.up import pieces_of
from arasha.packs import Pack, load
from arasha.programs.terminal.kept import MOST_IN_MEMORY
from arasha.programs.terminal.order import ASKED_ASIDE, MOST_ON_THE_WAY
from arasha.wire.serving import Refusal
from arasha.wire.spool import Spool, State
from arasha.wire.trust import Held
from tests.programs import stand
from tests.programs.gateway import Stand
from tests.programs.stand import World
from tests.programs.terminal_steps import attach, full, proved
from tests.programs.test_terminal import Machine


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


@pytest.fixture
def machine(tmp_path: Path, door: Stand, pack: Pack) -> Machine:
    machine = Machine(tmp_path / "spool", door.url, pack)
    machine.learn()
    return machine


def test_a_clock_that_was_set_back_does_not_bring_back_an_old_key(
    machine: Machine, world: World
) -> None:
    old = stand.INGEST.public(from_day=dt.date(2016, 1, 1), until_day=dt.date(2016, 12, 31))
    world.trust.add_ingest_keys([replace(old, public=secrets.token_bytes(len(old.public)))])
    world.trust.freshen(stand.BEGUN_AT)
    machine.learn()
    machine.now = machine.now.replace(year=2016)

    assert machine.knowledge.ingest_key(machine.now.date()) == stand.INGEST_KEY


@pytest.mark.parametrize("years", [-10, -2, 2, 10])
def test_a_wrong_clock_stops_no_filing_on_its_way(
    machine: Machine, world: World, years: int
) -> None:
    machine.now += dt.timedelta(days=365 * years)
    posted = stand.sealed_filing()
    machine.file(posted)
    machine.beat()

    assert world.filed == [posted]
    assert machine.state(posted) == ("acknowledged", None)


@pytest.mark.parametrize("years", [-10, -2, 2, 10])
def test_a_wrong_clock_destroys_nothing_that_was_proved(
    machine: Machine, world: World, years: int
) -> None:
    machine.now += dt.timedelta(days=365 * years)
    leaf = proved(machine, world)
    machine.now -= dt.timedelta(days=365 * years)
    machine.beat()
    machine.now += dt.timedelta(days=365 * 10)
    machine.beat()

    assert machine.spool.filing(leaf)


def test_while_nobody_has_signed_for_a_day_nothing_is_destroyed(
    machine: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaf = proved(machine, world)
    monkeypatch.setattr(Held, "said_on", lambda _held: None)
    machine.delivery.tidy()

    assert machine.spool.filing(leaf)


def test_what_was_not_sent_before_a_restart_is_sent_after_it(
    machine: Machine, world: World, tmp_path: Path, door: Stand, pack: Pack
) -> None:
    posted = stand.sealed_filing()
    machine.file(posted)

    restarted = Machine(tmp_path / "spool", door.url, pack)
    restarted.beat(2)

    assert world.filed == [posted]


def test_after_a_restart_the_newest_bundle_is_sent_once_more_as_it_was(
    machine: Machine, world: World, tmp_path: Path, door: Stand, pack: Pack
) -> None:
    machine.beat()
    newest = world.requests[-1]

    restarted = Machine(tmp_path / "spool", door.url, pack)
    restarted.beat(2)

    assert world.requests[-2] == newest
    assert world.inbox.window.gaps() == []
    assert parse_bundle(world.requests[-1]).head.before == sha256(newest).digest()


def test_a_full_disk_breaks_neither_the_chain_nor_what_is_held(
    machine: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted = stand.sealed_filing()
    monkeypatch.setattr(Spool, "keep", full)
    machine.file(posted)
    file = attach(machine, posted, 5_000)
    machine.beat(3)

    assert world.filed == [posted]
    assert list(world.inbox.files) == [file]
    status = machine.delivery.status(stand.hash_of(posted))
    assert status is not None
    assert status["attachments"] == {file: "arrived"}
    assert machine.kept(State.KEPT) == []


def test_a_full_disk_that_cannot_note_what_arrived_sends_nothing_twice_and_lets_the_others_go(
    machine: Machine, world: World
) -> None:
    posted = [stand.sealed_filing(str(number)) for number in range(MOST_ON_THE_WAY + 5)]
    for each in posted:
        machine.file(each)
    with pytest.MonkeyPatch.context() as disk:
        disk.setattr(Spool, "acknowledge", full)
        disk.setattr(Spool, "prove", full)
        machine.beat(MOST_ON_THE_WAY)

        assert sorted(world.filed) == sorted(posted)
        assert {machine.state(each) for each in posted} == {("acknowledged", None)}

    machine.beat(len(posted) // ASKED_ASIDE + 1)
    assert machine.kept(State.KEPT) == []


def test_when_memory_is_full_too_nothing_is_taken_and_the_page_keeps_what_was_written(
    machine: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as disk:
        disk.setattr(Spool, "keep", full)
        posted = stand.sealed_filing()
        machine.file(posted)
        for _ in range(2):
            attach(machine, posted, MOST_IN_MEMORY // 2)
        with pytest.raises(Refusal, match="no_room"):
            machine.file(stand.sealed_filing())

    machine.beat()

    assert machine.file(stand.sealed_filing())["code"]
    assert world.filed == [posted]


def test_a_terminal_starts_on_a_full_disk(
    machine: Machine, tmp_path: Path, door: Stand, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Spool, "note", full)
    monkeypatch.setattr(Spool, "keep", full)

    restarted = Machine(tmp_path / "spool", door.url, pack)

    assert restarted.bodies() == machine.bodies()
    assert restarted.file(stand.sealed_filing())["code"]


def test_half_an_attachment_goes_on_after_a_restart_where_it_was(
    machine: Machine, world: World, tmp_path: Path, door: Stand, pack: Pack
) -> None:
    posted = stand.sealed_filing()
    machine.file(posted)
    file = attach(machine, posted, 300_000)
    machine.beat(3)
    half = sum(len(said.pieces) for said in world.inbox.said)

    restarted = Machine(tmp_path / "spool", door.url, pack)
    restarted.beat(9)

    assert list(world.inbox.files) == [file]
    assert half > 20
    sent = sum(len(said.pieces) for said in world.inbox.said) - half
    assert sent < pieces_of(300_000)


def test_a_re_imaged_terminal_begins_a_new_chain_and_sends_what_waits(
    machine: Machine, world: World, tmp_path: Path, door: Stand, pack: Pack
) -> None:
    posted = stand.sealed_filing()
    machine.file(posted)

    again = Machine(tmp_path / "spool", door.url, pack, chain=2)
    world.inbox.window = type(world.inbox.window)()
    again.beat()

    assert (world.inbox.bundles[-1].head.chain, world.inbox.bundles[-1].head.seq) == (2, 1)
    assert world.filed == [posted]
