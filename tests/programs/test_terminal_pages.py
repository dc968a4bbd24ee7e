"""The pages that come down: spoilt, forged and replayed ones first, then what is learned from good ones."""

import datetime as dt
import logging
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from arasha.engines.channel.directory import build_directory
from arasha.engines.channel.frames import START
from arasha.engines.channel.pages import PAGE_BYTES, Kind, Record
from arasha.engines.notes import NOTE, SignerKey
from arasha.packs import Pack, load
from arasha.programs.terminal.knowledge import A_REPLY_TAKES, REPLY_BYTES, ROOM_FOR_FILINGS
from arasha.wire.ingest import IngestSecret
from arasha.wire.serving import Refusal, Request
from arasha.wire.spool import Spool, SpoolFullError
from arasha.wire.trust.names import STAMP
from tests.programs import stand
from tests.programs.gateway import Stand
from tests.programs.stand import World
from tests.programs.test_terminal import NOON, Machine

RELAY = SignerKey(stand.ACK.name, NOTE, bytes([9] * 32))


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


def reply() -> tuple[bytes, bytes]:
    return secrets.token_bytes(16), secrets.token_bytes(REPLY_BYTES)


def page_of(*records: Record) -> bytes:
    return b"".join(record.to_bytes() for record in records).ljust(PAGE_BYTES, b"\0")


def test_a_relay_cannot_say_who_commands_a_place_or_what_a_body_is_called(
    machine: Machine, world: World
) -> None:
    world.commanders.append("ombudsperson")
    lie = world.directory() | {"bodies": []}
    world.commanders.remove("ombudsperson")
    world.send(Kind.DIRECTORY, build_directory(lie, RELAY))
    before = machine.bodies()

    machine.learn()

    assert machine.bodies() == before


def test_a_directory_that_was_said_before_is_not_put_in_place_of_a_later_one(
    machine: Machine, world: World
) -> None:
    later = world.directory() | {"said": 2_000}
    earlier = world.directory() | {"said": 1_000, "bodies": []}
    for content in (later, earlier):
        machine.learn()
        world.send(Kind.DIRECTORY, build_directory(content, stand.ACK))
    machine.learn()

    assert machine.knowledge.directory.said == 2_000
    assert machine.knowledge.directory.bodies


@pytest.mark.parametrize(
    "content", [{}, {"devices": 7}, {"devices": {}, "places": [], "bodies": 0}]
)
def test_a_directory_that_does_not_name_this_terminal_changes_nothing(
    machine: Machine, world: World, content: dict[str, object]
) -> None:
    before = machine.bodies()
    world.send(Kind.DIRECTORY, build_directory(content, stand.ACK))
    machine.learn()

    assert machine.bodies() == before


def test_nobody_is_offered_while_it_is_not_known_who_commands_the_place(
    tmp_path: Path, world: World, door: Stand, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(World, "directory", lambda _world: {})
    machine = Machine(tmp_path / "spool", door.url, pack)
    machine.learn()

    assert list(machine.knowledge.trust.sets())
    with pytest.raises(Refusal, match="no_bodies"):
        machine.bodies()
    with pytest.raises(Refusal, match="set_unknown"):
        machine.file(stand.sealed_filing())


def test_without_a_key_to_seal_a_mark_to_nothing_is_taken_over(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(machine.knowledge), "ingest_key", lambda _self, _day: None)

    with pytest.raises(Refusal, match="no_bodies"):
        machine.cover(stand.sealed_filing())


@pytest.mark.parametrize("noise", [b"\xff" * PAGE_BYTES, b"\x01" * PAGE_BYTES])
def test_a_spoilt_page_is_left_behind_and_what_follows_is_read(
    machine: Machine, world: World, noise: bytes
) -> None:
    tag, sealed = reply()
    machine.knowledge.take(noise, day=NOON.date())
    world.send(Kind.REPLY, tag + sealed)

    machine.beat(4)

    assert machine.knowledge.replies([tag]) == {tag: sealed}


def test_a_page_that_fits_nowhere_sends_it_back_to_where_a_record_began(
    machine: Machine, world: World
) -> None:
    for _ in range(20):
        world.send(Kind.REPLY, b"".join(reply()))
    machine.learn()
    full = Record(
        200, bytes([1]) * (PAGE_BYTES - 5 - machine.knowledge.stream.position % PAGE_BYTES)
    )
    forged = bytes(machine.knowledge.stream.position % PAGE_BYTES) + full.to_bytes()
    machine.knowledge.take(forged[:PAGE_BYTES], day=NOON.date())
    tag, sealed = reply()
    for _ in range(10):
        world.send(Kind.REPLY, b"".join(reply()))
    world.send(Kind.REPLY, tag + sealed)

    machine.beat(12)

    assert machine.knowledge.replies([tag]) == {tag: sealed}


def test_an_old_page_that_is_shown_again_takes_nothing_back(machine: Machine, world: World) -> None:
    old = page_of(*world.records)
    world.offer(stand.recipients(version=2))
    world.commanders.append("npm")
    machine.learn()
    assert [body["set"] for body in machine.bodies()] == ["ombudsperson-2"]

    machine.knowledge.stream.read_again()
    machine.knowledge.take(old, day=NOON.date())

    assert [body["set"] for body in machine.bodies()] == ["ombudsperson-2"]
    assert "npm" in machine.knowledge.directory.commanders


def test_a_forged_checkpoint_is_not_noted(machine: Machine, world: World) -> None:
    forged = world.checkpoint().replace(stand.LOG.name, "arasha.example/other")
    world.send(Kind.CHECKPOINT, forged.encode())
    machine.learn()

    assert machine.spool.noted("checkpoint") is None


@pytest.mark.parametrize("length", [0, 15, 16, 17, 5_000])
def test_what_is_no_reply_is_passed_over(machine: Machine, world: World, length: int) -> None:
    world.send(Kind.REPLY, bytes(length) + b"x")
    tag, sealed = reply()
    world.send(Kind.REPLY, tag + sealed)
    machine.learn()

    assert machine.knowledge.replies([tag, bytes(16)]) == {tag: sealed}


def test_a_name_of_a_file_that_is_none_does_no_harm(machine: Machine, world: World) -> None:
    for body in (b"\x05", b"\xff../../etc/passwd", b"\x03\xff\xfe\xfd", b"\0"):
        world.send(Kind.TRUST, body)
    world.offer(stand.recipients(version=2))
    machine.learn()

    assert [body["set"] for body in machine.bodies()] == ["ombudsperson-2"]


def test_a_file_of_the_root_of_trust_that_was_spoilt_on_the_way_is_read_again(
    tmp_path: Path, world: World, door: Stand, pack: Pack
) -> None:
    machine = Machine(tmp_path / "spool", door.url, pack)
    world.broadcast()
    whole = page_of(*world.records)
    spoilt = whole.replace(b'"ombudsperson', b'"xmbudsperson')
    assert spoilt != whole
    machine.knowledge.take(spoilt, day=NOON.date())

    machine.beat(5)

    assert machine.bodies()


def test_a_file_that_is_still_to_come_is_waited_for_calmly_and_said_once(
    tmp_path: Path, world: World, door: Stand, pack: Pack, caplog: pytest.LogCaptureFixture
) -> None:
    machine = Machine(tmp_path / "spool", door.url, pack)
    caplog.set_level(logging.INFO, "arasha")
    world.broadcast()
    trust = [each for each in world.records if each.kind == Kind.TRUST]
    so_far = page_of(*(each for each in trust if STAMP.encode() not in each.body[:64]))

    for _ in range(2):
        machine.knowledge.take(so_far, day=NOON.date())

    told = [(each.levelname, each.getMessage()) for each in caplog.records]
    assert told == [("INFO", f"reading on, for what is still to come: {STAMP} is not there yet")]


def test_a_disk_that_is_nearly_full_keeps_its_room_for_what_people_write(
    machine: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag, sealed = reply()
    world.send(Kind.REPLY, tag + sealed)
    with monkeypatch.context() as nearly_full:
        nearly_full.setattr(Spool, "free_bytes", lambda _spool: ROOM_FOR_FILINGS - 1)
        machine.beat(2)
        assert machine.knowledge.replies([tag]) == {}
        said = world.inbox.said[-1].health
    assert said is not None
    assert said["disk"] == "low"

    machine.beat()
    assert machine.knowledge.replies([tag]) == {tag: sealed}


def test_a_page_that_the_disk_did_not_take_is_read_again(
    machine: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag, sealed = reply()
    world.send(Kind.REPLY, tag + sealed)
    with monkeypatch.context() as broken:
        broken.setattr(Spool, "keep_replies", full)
        machine.beat()

    machine.beat()

    assert machine.knowledge.replies([tag]) == {tag: sealed}


def full(*_args: object, **_kwargs: object) -> None:
    raise SpoolFullError("no space left")


def test_replies_go_to_every_terminal_and_survive_a_restart(
    machine: Machine, world: World, tmp_path: Path, door: Stand, pack: Pack
) -> None:
    replies = [reply() for _ in range(40)]
    for tag, sealed in replies:
        world.send(Kind.REPLY, tag + sealed)
    machine.beat()
    later = [reply() for _ in range(3)]
    for tag, sealed in later:
        world.send(Kind.REPLY, tag + sealed)

    restarted = Machine(tmp_path / "spool", door.url, pack)
    restarted.beat()

    every = dict(replies + later)
    assert restarted.knowledge.replies(every) == every


@pytest.mark.parametrize("years", [-30, 2, 30])
def test_a_wrong_clock_takes_no_reply_away(machine: Machine, world: World, years: int) -> None:
    replies = [reply() for _ in range(3)]
    for each in replies:
        world.send(Kind.REPLY, b"".join(each))
        machine.beat()
        machine.now = NOON + years * dt.timedelta(days=365)
    machine.now = NOON
    world.send(Kind.REPLY, b"".join(reply()))
    machine.beat()

    assert machine.knowledge.replies(dict(replies)) == dict(replies)


def test_a_reply_goes_400_signed_days_after_it_came(machine: Machine, world: World) -> None:
    tags = []
    for days in (0, 400, 401):
        tag, sealed = reply()
        world.send(Kind.REPLY, tag + sealed)
        world.trust.freshen(stand.BEGUN_AT + dt.timedelta(days=days))
        machine.beat(2)
        tags.append(tag)
        assert machine.knowledge.replies(tags).keys() == set(tags if days < 401 else tags[1:])


def test_of_more_replies_than_the_disk_may_hold_the_oldest_go(
    machine: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Spool, "all_bytes", lambda _spool: 6 * A_REPLY_TAKES)
    tags = []
    for days in range(5):
        tag, sealed = reply()
        world.trust.freshen(stand.BEGUN_AT + dt.timedelta(days=days))
        world.send(Kind.REPLY, tag + sealed)
        machine.beat(2)
        tags.append(tag)

    assert machine.knowledge.replies(tags).keys() == set(tags[2:])


def test_what_is_asked_for_follows_from_the_stream_and_not_from_what_people_do(
    machine: Machine, world: World, door: Stand
) -> None:
    asked = []
    for deed in (lambda _posted: None, machine.file, machine.cover):
        deed(stand.sealed_filing())
        for _ in range(3):
            world.send(Kind.FILLER, secrets.token_bytes(PAGE_BYTES - START.size))  # a page each
        before = len(door.paths)
        machine.beat(2)
        asked.append(len(door.paths) - before)

    assert asked == [2 + 3] * 3


def test_a_new_terminal_seals_to_no_key_and_to_no_reader_of_long_ago(
    tmp_path: Path, world: World, door: Stand, pack: Pack
) -> None:
    world.broadcast()
    for _ in range(20):
        world.send(Kind.REPLY, b"".join(reply()))
    newer = IngestSecret(bytes([8] * 32))
    world.trust.add_ingest_keys(
        [newer.public(from_day=dt.date(2026, 2, 1), until_day=dt.date(2099, 6, 1))]
    )
    world.offer(stand.recipients(version=2, first="Сәуле Ерланова"))
    world.inbox.secret = newer
    reimaged = Machine(tmp_path / "another", door.url, pack, chain=2)

    reimaged.beat()
    assert not world.inbox.said, "nothing was sealed before all was read"
    assert [body["set"] for body in reimaged.bodies()] == ["ombudsperson-2"]
    reimaged.beat()
    assert world.inbox.said


def test_while_the_stream_is_read_nobody_is_offered(
    tmp_path: Path, world: World, door: Stand, pack: Pack
) -> None:
    world.broadcast()
    for _ in range(8):
        world.send(Kind.FILLER, secrets.token_bytes(PAGE_BYTES - START.size))
    machine = Machine(tmp_path / "spool", door.url, pack)
    for page in range(4):
        assert machine.knowledge.take(world.page(page), day=NOON.date())

    assert list(machine.knowledge.trust.sets())
    asked = Request("GET", "/health", {}, b"")
    with pytest.raises(Refusal, match="no_bodies"):
        machine.bodies()
    with pytest.raises(Refusal, match="no_bodies"):
        machine.kiosk.ready(asked)
    machine.beat()
    assert machine.bodies()
    assert machine.kiosk.ready(asked).body == b"Arasha terminal: ready\n"


def test_a_terminal_that_read_all_once_goes_on_after_a_restart_without_a_line(
    machine: Machine, tmp_path: Path, pack: Pack
) -> None:
    restarted = Machine(tmp_path / "spool", "http://127.0.0.1:9", pack)

    assert restarted.bodies() == machine.bodies()
    assert restarted.exchange.formed() is not None
