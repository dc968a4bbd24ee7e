"""How a terminal brings out what it was given: refusals first, then all that can happen on the way."""

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from arasha.engines.channel.bundle import BUNDLE_BYTES
from arasha.engines.channel.objects import AttachmentObject
from arasha.engines.sealing.filing import parse_filing
from arasha.packs import Pack, load
from arasha.programs.terminal.exchange import MOST_REFUSALS
from arasha.programs.terminal.order import MOST_ON_THE_WAY
from arasha.wire.spool import Spool
from tests.programs import stand
from tests.programs.gateway import Stand
from tests.programs.stand import World
from tests.programs.terminal_steps import attach, full, proved, sign_for
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


# What is refused


@pytest.mark.parametrize(
    ("mood", "problem"),
    [
        ("forgetful", "device_unknown"),
        ("refusing", "refused"),
        ("full", "disk_full"),
        ("broken", None),
        ("resting", None),
        ("foreign", None),
        ("strange", None),
        ("forging", "not_genuine"),
        ("confused", "not_genuine"),
    ],
)
def test_a_refusal_of_the_gateway_is_told_and_nothing_is_lost(
    machine: Machine, world: World, mood: str, problem: str | None
) -> None:
    posted, world.mood = stand.sealed_filing(), mood
    machine.file(posted)

    machine.beat()
    assert machine.state(posted) == ("kept", problem)

    world.mood = "well"
    machine.beat(2)
    assert machine.state(posted) == ("acknowledged", None)
    assert world.filed == [posted]


@pytest.mark.parametrize("mood", ["noise", "blind", "dropping"])
def test_an_answer_that_says_nothing_is_passed_over_in_silence(
    machine: Machine, world: World, mood: str
) -> None:
    posted, world.mood = stand.sealed_filing(), mood
    machine.file(posted)

    machine.beat(2)
    assert machine.state(posted) == ("kept", None)

    world.mood = "well"
    machine.beat(2)
    assert machine.state(posted) == ("acknowledged", None)
    assert world.filed == [posted]


def test_after_days_without_an_answer_the_screen_says_so(
    machine: Machine, world: World, tmp_path: Path, door: Stand, pack: Pack
) -> None:
    """As behind a relay: it takes every bundle, and the gateway behind it refuses them."""
    posted = stand.sealed_filing()
    machine.file(posted)
    world.mood = "dropping"
    sign_for(machine, world, days=4)
    assert machine.state(posted) == ("kept", None)

    sign_for(machine, world, days=5)
    assert machine.state(posted) == ("kept", "unheard")
    restarted = Machine(tmp_path / "spool", door.url, pack)
    restarted.beat()
    assert restarted.state(posted) == ("kept", "unheard")
    world.mood = "well"
    restarted.beat(2)
    assert restarted.state(posted) == ("acknowledged", None)


def test_a_new_terminal_that_nobody_answers_says_so_after_days_as_well(
    tmp_path: Path, world: World, door: Stand, pack: Pack
) -> None:
    world.mood = "noise"
    machine = Machine(tmp_path / "spool", door.url, pack)
    machine.learn()
    posted = stand.sealed_filing()
    machine.file(posted)
    machine.now += dt.timedelta(days=365)
    machine.beat()
    assert machine.state(posted) == ("kept", None)

    sign_for(machine, world, days=4)

    assert machine.state(posted) == ("kept", "unheard")


def test_an_answer_whose_receipt_nobody_we_know_signed_is_not_believed(
    machine: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    thief = replace(stand.ACK, seed=bytes(32))
    monkeypatch.setattr(World, "signer", property(lambda _world: thief))
    posted = stand.sealed_filing()
    machine.file(posted)

    machine.beat()

    assert machine.state(posted) == ("kept", None)


def test_one_refused_filing_does_not_hold_up_the_others(machine: Machine, world: World) -> None:
    first, second = stand.sealed_filing("first"), stand.sealed_filing("second")
    machine.file(first)
    [refused] = machine.spool.listed()
    world.inbox.refused.add(refused.name)
    machine.beat()
    machine.file(second)
    machine.beat(2)

    assert machine.state(first) == ("kept", "refused")
    assert machine.state(second) == ("acknowledged", None)
    world.inbox.refused.clear()
    machine.beat(3)
    assert machine.state(first) == ("acknowledged", None)


def test_a_bundle_that_is_refused_again_and_again_lets_the_next_one_go(
    machine: Machine, world: World
) -> None:
    stubborn = machine.exchange.formed()
    assert stubborn is not None
    world.mood = "refusing"
    machine.beat(MOST_REFUSALS)
    world.mood = "well"

    machine.beat()

    assert world.inbox.bundles[-1].head.seq == stubborn.head.seq + 1
    assert world.inbox.window.gaps() == [(stubborn.head.seq,) * 2]


@pytest.mark.parametrize("mood", ["full", "broken", "resting", "foreign", "strange", "forgetful"])
def test_what_passes_leaves_no_gap_however_long_it_lasts(
    machine: Machine, world: World, mood: str
) -> None:
    before = len(world.requests)
    world.mood = mood
    machine.beat(MOST_REFUSALS + 1)
    world.mood = "well"

    machine.beat(2)

    assert len({*world.requests[before:-1]}) == 1
    assert world.inbox.window.gaps() == []


# The form


def test_every_bundle_has_one_size_and_names_the_one_before_it(
    machine: Machine, world: World
) -> None:
    machine.beat(2)
    machine.file(stand.sealed_filing())
    machine.beat(3)

    assert {len(body) for body in world.requests} == {BUNDLE_BYTES}
    assert world.inbox.window.gaps() == []
    assert world.inbox.window.breaks == frozenset()
    assert [bundle.head.seq for bundle in world.inbox.bundles] == [
        *range(1, len(world.requests) + 1)
    ]


def test_health_says_the_same_whoever_stood_here(machine: Machine, world: World) -> None:
    before = world.inbox.said[-1].health
    for text in ("first", "second"):
        machine.file(stand.sealed_filing(text))
    machine.beat(3)

    assert before == world.inbox.said[-1].health
    assert before is not None
    assert before["build"] == "7"
    assert before["disk"] == "ok"
    assert before["root"] == 1


def test_a_gateway_that_never_answers_is_tried_again_with_the_same_bytes(
    machine: Machine, world: World
) -> None:
    posted, before = stand.sealed_filing(), len(world.requests)
    machine.file(posted)
    world.mood = "silent"
    machine.beat(2)
    assert machine.state(posted) == ("kept", None)

    world.mood = "well"
    machine.beat()
    assert len({*world.requests[before:]}) == 1
    assert world.filed == [posted]


def test_offline_for_a_day_one_bundle_waits_and_then_all_goes_out_once(
    machine: Machine, world: World, tmp_path: Path
) -> None:
    world.mood = "forgetful"
    texts = [stand.sealed_filing(str(number)) for number in range(20)]
    before = len(list((tmp_path / "spool").iterdir()))
    machine.exchange._line.client.base = "http://127.0.0.1:9"
    for posted in texts:
        machine.file(posted)
        machine.beat(10)

    assert len(list((tmp_path / "spool").iterdir())) == before
    world.mood, machine.exchange._line.client.base = "well", machine.url
    machine.beat(40)
    assert sorted(world.filed) == sorted(texts)
    assert world.inbox.window.gaps() == []


def test_an_answer_that_was_cut_off_files_nothing_twice(machine: Machine, world: World) -> None:
    posted = stand.sealed_filing()
    machine.file(posted)
    world.mood = "cut"
    machine.beat(3)
    assert world.filed == [posted]

    world.mood = "well"
    machine.beat(2)
    assert machine.state(posted) == ("acknowledged", None)
    assert world.filed == [posted]


# The order


def test_what_was_handed_over_first_goes_first(machine: Machine, world: World) -> None:
    posted = [stand.sealed_filing(str(number)) for number in range(6)]
    for each in posted:
        machine.file(each)

    machine.beat(6)

    assert world.filed == posted


def test_a_call_for_help_goes_before_everything_else(
    machine: Machine, world: World, tmp_path: Path, door: Stand, pack: Pack
) -> None:
    world.offer(stand.recipients(body="duty_line"))
    machine.learn()
    posted = [stand.sealed_filing(str(number)) for number in range(8)]
    for each in posted:
        machine.file(each)
    call = stand.sealed_filing("help", to=stand.recipients(body="duty_line"))
    machine.file(call)

    restarted = Machine(tmp_path / "spool", door.url, pack)
    restarted.beat(6)

    assert world.filed[0] == call
    assert sorted(world.filed[1:]) == sorted(posted)


def test_files_go_in_turns_behind_the_filings(machine: Machine, world: World) -> None:
    first, second = stand.sealed_filing("first"), stand.sealed_filing("second")
    machine.file(first)
    large, small = attach(machine, first, 600_000), attach(machine, first, 200_000)
    machine.beat(3)
    machine.file(second)
    machine.beat()

    assert second in world.filed
    assert not world.inbox.files
    machine.beat(6)
    assert list(world.inbox.files) == [small]
    machine.beat(10)
    assert list(world.inbox.files) == [small, large]
    [sent] = [world.inbox.files[large]]
    envelope = sha256(parse_filing(first).envelope).digest()
    assert AttachmentObject.parse(sent).envelope == envelope


def test_more_filings_than_go_at_once_all_go_out(machine: Machine, world: World) -> None:
    posted = [stand.sealed_filing(str(number)) for number in range(MOST_ON_THE_WAY + 5)]
    for each in posted:
        machine.file(each)

    machine.beat(MOST_ON_THE_WAY)

    assert sorted(world.filed) == sorted(posted)


# Proofs, and what was lost


def test_a_filing_goes_out_and_its_proof_comes_back(machine: Machine, world: World) -> None:
    posted = stand.sealed_filing()
    machine.file(posted)
    machine.beat()
    assert machine.state(posted) == ("acknowledged", None)

    world.publish()
    machine.beat()

    assert machine.state(posted) == ("proved", None)


def test_a_cover_goes_the_same_way_and_arrives_as_one(machine: Machine, world: World) -> None:
    posted, covered = stand.sealed_filing(), stand.sealed_filing()
    slips = machine.file(posted), machine.cover(covered)
    machine.beat(2)
    world.publish()
    machine.beat(2)

    assert slips[0].keys() == slips[1].keys()
    assert (world.filed, world.inbox.covers) == ([posted], [covered])
    assert machine.state(posted) == machine.state(covered) == ("proved", None)
    sizes = {each.size for each in machine.spool.listed()}
    assert len(sizes) == 1


def test_a_proof_of_another_filing_is_not_accepted(machine: Machine, world: World) -> None:
    for text in ("first", "second"):
        machine.file(stand.sealed_filing(text))
    machine.beat(2)
    world.publish()
    world.mood = "swapping"
    machine.beat()

    states = [machine.state(posted) for posted in world.filed]
    assert sorted(states, key=str) == [("acknowledged", "not_genuine"), ("proved", None)]


def test_what_the_gateway_has_lost_is_sent_again(machine: Machine, world: World) -> None:
    posted = stand.sealed_filing()
    machine.file(posted)
    machine.beat()
    world.publish()
    machine.beat()
    assert machine.state(posted) == ("proved", None)
    world.inbox.lose_everything()

    machine.beat(3)

    assert world.filed == [posted]
    assert machine.state(posted) == ("proved", None)


def test_an_answer_that_comes_late_takes_nothing_back(machine: Machine, world: World) -> None:
    posted = stand.sealed_filing()
    machine.file(posted)
    for mood in ("dropping", "noise"):
        world.mood = mood
        machine.beat()
    late = stand.answer_of(world, world.requests[-1])  # it says that nothing is there
    world.mood = "well"
    machine.beat(2)
    assert machine.state(posted) == ("acknowledged", None)

    machine.exchange._hear(late)

    assert machine.state(posted) == ("acknowledged", None)


def test_a_filing_is_kept_for_thirty_days_after_its_proof(machine: Machine, world: World) -> None:
    leaf = proved(machine, world)

    sign_for(machine, world, days=30)
    assert machine.spool.filing(leaf)
    sign_for(machine, world, days=31)
    assert machine.spool.filing(leaf) is None


def test_what_was_destroyed_leaves_nothing_in_memory(machine: Machine, world: World) -> None:
    leaf = proved(machine, world)
    assert machine.delivery._settled_by

    sign_for(machine, world, days=31)

    assert machine.spool.filing(leaf) is None
    assert not machine.delivery._settled_by
    assert not machine.delivery._problems


# The machine's log


def test_no_line_of_the_log_comes_when_somebody_stands_here(
    machine: Machine,
    world: World,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An object that is held in memory, refused, not genuine or lost: counted, and told once a day."""
    caplog.set_level(logging.DEBUG, "arasha")
    lost, refused = stand.sealed_filing("lost"), stand.sealed_filing("refused")
    machine.file(lost)
    machine.beat(2)
    world.inbox.lose_everything()
    monkeypatch.setattr(Spool, "keep", full)
    machine.file(refused)
    [item] = [each for each in machine.delivery._kept.listed() if each.waits]
    world.inbox.refused.add(item.name)
    world.mood = "forging"
    machine.beat(3)
    assert caplog.messages == []

    sign_for(machine, world, days=1)

    [told] = caplog.messages
    for what in ("1 held in memory", "not written", "refused", "not genuine", "1 sent again"):
        assert what in told
    assert ", 0 " not in told
    caplog.clear()
    sign_for(machine, world, days=2)
    assert len(caplog.messages) == 1
