"""What the page may ask besides filing: covers, files, the mailbox, scans. Refusals first."""

import base64
import json
import secrets
from collections.abc import Iterator
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from arasha.engines.channel.objects import FilingObject
from arasha.engines.channel.pages import Kind
from arasha.packs import Pack, load
from arasha.programs.terminal.kiosk import MOST_ATTACHMENTS, MOST_FILES, TAGS, Kiosk
from arasha.programs.terminal.knowledge import REPLY_BYTES
from arasha.wire.serving import Refusal, Request
from tests.programs import stand
from tests.programs.gateway import Stand
from tests.programs.stand import World
from tests.programs.test_terminal import Machine, get

SEALED = b"age-encryption.org/v1\n" + bytes(5_000)
DIGEST = sha256(SEALED).hexdigest()


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


@pytest.fixture
def scanned(tmp_path: Path, machine: Machine, pack: Pack) -> tuple[Kiosk, Path]:
    """A kiosk with a scanner, and the scanner's folder with two pictures and other things."""
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "1.jpg").write_bytes(b"\xff\xd8one")
    (folder / "2.PNG").write_bytes(b"\x89PNGtwo")
    (folder / "notes.txt").write_bytes(b"no picture")
    (folder / "secret.png").symlink_to("/etc/hostname")
    (folder / "deeper").mkdir()
    return with_folders(machine, pack, scans=folder), folder


def with_folders(
    machine: Machine, pack: Pack, *, scans: Path | None = None, audio: Path | None = None
) -> Kiosk:
    return Kiosk(
        device=stand.trusting(),
        pack=pack,
        delivery=machine.delivery,
        knowledge=machine.knowledge,
        public_url="https://public.example",
        clock=lambda: machine.now,
        scans=scans,
        audio=audio,
    )


def posting(body: bytes) -> Request:
    return Request("POST", "", {}, body)


def said(answer: bytes) -> Any:
    return json.loads(answer)


# Covers


def test_a_cover_has_the_same_slip_as_an_appeal_and_the_same_form_on_the_disk(
    machine: Machine,
) -> None:
    appeal, cover = machine.file(stand.sealed_filing()), machine.cover(stand.sealed_filing())

    assert appeal.keys() == cover.keys()
    one, other = (machine.spool.get(each.name) for each in machine.spool.listed())
    assert one is not None
    assert other is not None
    assert (one.state, len(one.body), len(one.promise)) == (
        other.state,
        len(other.body),
        len(other.promise),
    )


def test_what_was_filed_as_an_appeal_does_not_become_a_cover(
    machine: Machine, world: World
) -> None:
    posted = stand.sealed_filing()

    assert machine.file(posted) == machine.cover(posted)
    machine.beat(2)
    assert (world.filed, world.inbox.covers) == ([posted], [])


# Files that follow an appeal


def test_a_file_of_a_filing_that_is_not_here_is_refused(machine: Machine) -> None:
    with pytest.raises(Refusal, match="not_found"):
        machine.kiosk.attach(posting(SEALED), "0" * 64, DIGEST)


@pytest.mark.parametrize(
    ("body", "digest"),
    [(SEALED, "0" * 64), (b"", DIGEST), (b"plain words", ""), (SEALED[:-1], DIGEST)],
)
def test_a_file_that_is_not_what_it_is_called_is_refused(
    machine: Machine, body: bytes, digest: str
) -> None:
    leaf = machine.file(stand.sealed_filing())["leaf"]

    with pytest.raises(Refusal, match="sealing"):
        machine.kiosk.attach(posting(body), leaf, digest or sha256(body).hexdigest())


def test_more_files_than_an_appeal_may_have_are_refused(machine: Machine) -> None:
    leaf = machine.file(stand.sealed_filing())["leaf"]
    files = [SEALED + bytes([number]) for number in range(MOST_FILES + 1)]
    *most, last = [(posting(each), leaf, sha256(each).hexdigest()) for each in files]
    for each in [*most, most[0]]:
        machine.kiosk.attach(*each)

    with pytest.raises(Refusal, match="too_many"):
        machine.kiosk.attach(*last)


def test_a_file_is_kept_travels_and_arrives(machine: Machine, world: World) -> None:
    posted = stand.sealed_filing()
    leaf = machine.file(posted)["leaf"]
    kept = machine.kiosk.attach(posting(SEALED), leaf, DIGEST)
    machine.kiosk.attach(posting(SEALED), leaf, DIGEST)
    assert (kept.status, said(kept.body)) == (HTTPStatus.ACCEPTED, {"kept": DIGEST})
    assert said(machine.kiosk.status(get(), leaf).body)["attachments"] == {DIGEST: "kept"}

    machine.beat(2)

    assert list(world.inbox.files) == [DIGEST]
    assert said(machine.kiosk.status(get(), leaf).body)["attachments"] == {DIGEST: "arrived"}


def test_a_file_that_the_gateway_refuses_is_told(machine: Machine, world: World) -> None:
    posted = stand.sealed_filing()
    leaf = machine.file(posted)["leaf"]
    machine.kiosk.attach(posting(SEALED), leaf, DIGEST)
    [file] = machine.delivery.files(bytes.fromhex(leaf))
    world.inbox.refused.add(file.name)

    machine.beat(2)

    status = said(machine.kiosk.status(get(), leaf).body)
    assert (status["state"], status["attachments"]) == ("acknowledged", {DIGEST: "refused"})


# The mailbox


@pytest.mark.parametrize(
    "tags",
    [None, [], ["00" * 16] * (TAGS - 1), ["00" * 16] * (TAGS + 1), ["0" * 31] * TAGS, [7] * TAGS],
)
def test_a_look_with_another_number_or_form_of_tags_is_refused(
    machine: Machine, tags: object
) -> None:
    with pytest.raises(Refusal, match="sealing"):
        machine.kiosk.mailbox(posting(json.dumps({"tags": tags}).encode()))


def test_a_look_into_an_empty_mailbox_is_of_the_same_size_as_into_a_full_one(
    machine: Machine, world: World
) -> None:
    tag, sealed = secrets.token_bytes(16), secrets.token_bytes(REPLY_BYTES)
    world.send(Kind.REPLY, tag + sealed)
    machine.learn()
    tags = [secrets.token_bytes(16).hex() for _ in range(TAGS)]
    asked = [tags, [*tags[:-1], tag.hex()]]

    answers = [machine.kiosk.mailbox(posting(json.dumps({"tags": t}).encode())) for t in asked]

    assert len(answers[0].body) == len(answers[1].body)
    replies = said(answers[1].body)["replies"]
    assert base64.b64decode(replies[-1]) == sealed
    assert {len(base64.b64decode(each)) for each in replies} == {REPLY_BYTES}
    assert len(set(replies)) == TAGS


# The scanner


@pytest.mark.parametrize("name", ["notes.txt", "secret.png", "../1.jpg", "deeper", "3.jpg", ""])
def test_only_pictures_that_the_scanner_laid_down_are_given_out(
    scanned: tuple[Kiosk, Path], name: str
) -> None:
    with pytest.raises(Refusal, match="not_found"):
        scanned[0].site().routes["GET", "/api/scans/{name}"](get(), name)


def test_scans_are_listed_given_and_destroyed(scanned: tuple[Kiosk, Path]) -> None:
    kiosk, folder = scanned
    routes = kiosk.site().routes

    assert said(routes["GET", "/api/scans"](get()).body) == [
        {"name": "1.jpg", "size": 5, "media_type": "image/jpeg"},
        {"name": "2.PNG", "size": 7, "media_type": "image/png"},
    ]
    one = routes["GET", "/api/scans/{name}"](get(), "1.jpg")
    assert (one.body, one.content_type) == (b"\xff\xd8one", "image/jpeg")
    assert routes["DELETE", "/api/scans"](get()).status == HTTPStatus.NO_CONTENT
    assert [path.name for path in folder.iterdir()] == ["deeper"]
    assert Path("/etc/hostname").exists()


def test_who_leaves_leaves_no_scan_behind(scanned: tuple[Kiosk, Path]) -> None:
    kiosk, _ = scanned
    routes = kiosk.site().routes

    assert routes["POST", "/api/leave"](posting(b"")).status == HTTPStatus.NO_CONTENT
    assert said(routes["GET", "/api/scans"](get()).body) == []


def test_a_terminal_without_a_scanner_has_no_scans(machine: Machine) -> None:
    routes = machine.kiosk.site().routes

    assert said(routes["GET", "/api/scans"](get()).body) == []
    assert routes["POST", "/api/leave"](posting(b"")).status == HTTPStatus.NO_CONTENT


# What the page is told at its start


def test_the_page_learns_what_it_may_do_and_what_there_is_to_hear(
    machine: Machine, tmp_path: Path, pack: Pack
) -> None:
    (tmp_path / "audio" / "kk").mkdir(parents=True)
    for name in ("home.title.ogg", "danger.lead.ogg", "index.json"):
        (tmp_path / "audio" / "kk" / name).write_bytes(b"OggS")
    kiosk = with_folders(machine, pack, audio=tmp_path / "audio")

    told = said(kiosk.start(get()).body)

    assert told["audio"] == {"kk": ["danger.lead", "home.title"], "ru": [], "en": []}
    assert told["limits"]["attachments"] == MOST_ATTACHMENTS
    assert told["can_print"]
    assert kiosk.site().files["/audio/"] == tmp_path / "audio"


def test_those_who_are_told_names_come_with_their_body(machine: Machine, world: World) -> None:
    assert machine.bodies()[0]["names"] is None

    world.offer(stand.recipients(body="ombudsperson-names"))
    machine.learn()

    [body] = machine.bodies()
    names = body["names"]
    assert names["set"] == "ombudsperson-names-1"
    assert len(names["members"]) == len(names["recipients"]) == 3


# The disk


def test_nothing_that_was_written_or_said_can_be_read_on_the_disk(
    machine: Machine, tmp_path: Path
) -> None:
    posted = stand.sealed_filing("Бұл-белгі-7261 marker of a text")
    leaf = machine.file(posted)["leaf"]
    machine.cover(stand.sealed_filing("cover-marker-55"))
    machine.kiosk.attach(posting(SEALED), leaf, DIGEST)
    machine.beat(3)

    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert FilingObject.parse(kept_body(machine, leaf)).filing == posted
    for marker in ("Бұл-белгі-7261", "marker of a text", "cover-marker", '"cover"'):
        assert marker.encode() not in files


def kept_body(machine: Machine, leaf: str) -> bytes:
    item = machine.spool.filing(bytes.fromhex(leaf))
    assert item is not None
    return item.body
