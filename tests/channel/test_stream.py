"""The stream to the terminals: what a terminal reads out of it, and that nothing goes twice."""

import datetime as dt
import threading
import time
from pathlib import Path

import pytest
from django.db import connection, transaction

from arasha.actors import ANONYMOUS, WORLD
from arasha.channel import services, tick
from arasha.channel.selectors.arriving import page
from arasha.engines.channel.directory import read_directory
from arasha.engines.channel.pages import PAGE_BYTES, Following, Kind, Record
from arasha.engines.sealing import RecipientSet
from arasha.people.models import Institution
from arasha.places import services as places
from arasha.places.models import Place
from arasha.trust.models import Standing
from arasha.wire.trust import first, follow
from arasha.worlds.ceremony import Ceremony
from tests.line import Line
from tests.together import at_once
from tests.walk import ACK, LONG_AGO, NOW, at_most


def stream() -> list[Record]:
    following, found, before = Following(), list[Record](), -1
    while following.page != before:
        before = following.page
        found += following.read(page(viewer=ANONYMOUS, number=following.page))
    return found


def files() -> dict[str, bytes]:
    """The newest file of each name, as a terminal keeps them while it reads."""
    bodies = [each.body for each in stream() if each.kind == Kind.TRUST]
    return {body[1 : 1 + body[0]].decode(): body[1 + body[0] :] for body in bodies}


def test_before_anything_happened_pages_are_empty(db: None) -> None:
    assert page(viewer=ANONYMOUS, number=0) == bytes(PAGE_BYTES)


def test_a_terminal_can_follow_the_root_of_trust_from_the_stream_alone(
    line: Line, ceremony: Ceremony, recipients: RecipientSet
) -> None:
    tick.tell(at=NOW)
    found = files()
    followed = follow(first(ceremony.root, demo=False), found.get, demo=False)

    assert not followed.refused
    assert [each.recipients.set_id for each in followed.held.sets()] == [recipients.set_id]
    last = [each.body for each in stream() if each.kind == Kind.TRUST][-1]
    assert last[1 : 1 + last[0]] == b"timestamp.json"


def test_what_changed_goes_out_and_nothing_else(
    line: Line, ceremony: Ceremony, recipients: RecipientSet
) -> None:
    assert tick.tell(at=NOW) > 5
    assert tick.tell(at=NOW) == 0
    ceremony.freshen(LONG_AGO + dt.timedelta(days=1))
    ceremony.bring(by=WORLD, at=NOW)

    assert tick.tell(at=NOW) == 1


def test_the_directory_says_who_commands_the_place_of_each_terminal(
    line: Line, recipients: RecipientSet, administration: Institution
) -> None:
    tick.tell(at=NOW)
    (note,) = [each.body for each in stream() if each.kind == Kind.DIRECTORY]
    said = read_directory(note, [ACK.verifier])

    assert said["devices"] == {str(line.terminal.device.pk): "PRISON-1"}
    assert said["places"]["PRISON-1"]["commanders"] == ["administration"]
    assert [each["body"] for each in said["bodies"]] == ["ombudsperson"]


def test_a_revoked_terminal_leaves_the_directory(line: Line) -> None:
    tick.tell(at=NOW)
    places.revoke_device(device=line.terminal.device, reason_code="lost", by=WORLD, at=NOW)
    tick.tell(at=NOW)

    notes = [each.body for each in stream() if each.kind == Kind.DIRECTORY]
    assert read_directory(notes[-1], [ACK.verifier])["devices"] == {}


def test_a_directory_that_is_again_what_it_was_is_told_again(line: Line, place: Place) -> None:
    first, other = dict(place.name), {"en": "Another name"}
    for hour, name in enumerate((first, other, first)):
        Place.objects.filter(pk=place.pk).update(name=name)
        tick.tell(at=NOW + hour * dt.timedelta(hours=1))

    notes = [each.body for each in stream() if each.kind == Kind.DIRECTORY]
    said = [read_directory(each, [ACK.verifier]) for each in notes]
    assert [each["places"]["PRISON-1"]["name"] for each in said] == [first, other, first]
    assert [each["said"] - said[0]["said"] for each in said] == [0, 3600, 7200]


def test_a_clock_that_once_ran_ahead_lets_no_terminal_pass_over_what_is_said_later(
    line: Line, place: Place
) -> None:
    for number, at in enumerate((NOW, NOW + dt.timedelta(days=900), NOW, NOW)):
        Place.objects.filter(pk=place.pk).update(name={"en": f"Name {number}"})
        tick.tell(at=at)

    notes = [each.body for each in stream() if each.kind == Kind.DIRECTORY]
    said = [read_directory(each, [ACK.verifier]) for each in notes]
    in_their_order = sorted(said, key=lambda each: int(each["said"]))
    assert [each["places"]["PRISON-1"]["name"]["en"] for each in in_their_order] == [
        "Name 0",
        "Name 1",
        "Name 2",
        "Name 3",
    ]
    assert len({each["said"] for each in said}) == 4


@pytest.mark.parametrize("size", [1, PAGE_BYTES - 5, PAGE_BYTES, 3 * PAGE_BYTES])
def test_records_of_any_size_are_read_as_they_were_written(db: None, size: int) -> None:
    records = [Record(Kind.CHECKPOINT, bytes([number]) * size) for number in range(1, 4)]
    for each in records:
        services.broadcast(records=[each])

    assert stream() == records


def test_a_page_asks_for_its_own_records_only(db: None) -> None:
    services.broadcast(
        records=[Record(Kind.CHECKPOINT, number.to_bytes(4) * 2_000) for number in range(1, 60)]
    )

    with at_most(4):
        page(viewer=ANONYMOUS, number=5)


def test_the_tick_of_a_standing_that_did_not_change_reads_no_file(
    line: Line, recipients: RecipientSet
) -> None:
    tick.tell(at=NOW)
    assert Standing.objects.count() == 1

    with at_most(10):
        tick.tell(at=NOW)


@pytest.mark.django_db(transaction=True)
def test_a_machine_that_writes_at_the_same_byte_hinders_one_source_only(
    line: Line, recipients: RecipientSet, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    written = threading.Event()

    def another() -> set[int]:
        with transaction.atomic():
            services.broadcast(records=[Record(Kind.CHECKPOINT, b"another machine's")])
            written.set()
            time.sleep(0.2)
        return set()

    def this() -> set[int]:
        written.wait()
        tick.tell(at=NOW)
        return {each.kind for each in stream()}

    told = at_once(tmp_path, another, this)[1]
    assert Kind.DIRECTORY in told
    # SQLite lets one write after the other: there nobody is hindered.
    hindered = connection.vendor == "postgresql"
    assert (bool(caplog.messages), Kind.TRUST not in told) == (hindered, hindered)
