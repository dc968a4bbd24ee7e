"""Replies go into the stream: each once, and in no order that tells anything."""

from arasha.actors import ANONYMOUS
from arasha.appeals.models import Appeal
from arasha.channel.selectors.arriving import page
from arasha.engines.channel.pages import REPLY_DAYS, Following, Kind, Record
from arasha.handoffs.channel_to_appeals.tick import tick
from tests.handoffs.channel_to_appeals.conftest import reply_to
from tests.walk import DAY, NOW


def records() -> list[Record]:
    """The stream as a terminal reads it, page by page."""
    following, found, before = Following(), list[Record](), -1
    while following.page != before:
        before = following.page
        found += following.read(page(viewer=ANONYMOUS, number=following.page))
    return found


def stream() -> list[bytes]:
    return [each.body for each in records() if each.kind == Kind.REPLY]


def pages() -> bytes:
    return b"".join(page(viewer=ANONYMOUS, number=number) for number in range(3))


def test_every_reply_goes_to_every_terminal_once(appeal: Appeal) -> None:
    written = [reply_to(appeal) for _ in range(20)]
    assert tick(at=NOW) == 20
    assert tick(at=NOW) == 0

    assert sorted(stream()) == sorted(bytes(each.tag) + bytes(each.sealed) for each in written)


def test_a_reply_of_the_evening_is_found_after_midnight(appeal: Appeal) -> None:
    tick(at=NOW)
    reply_to(appeal)

    assert tick(at=NOW + DAY) == 1


def test_of_a_reply_that_was_erased_noise_of_its_length_is_left(appeal: Appeal) -> None:
    replies = [reply_to(appeal) for _ in range(12)]
    tick(at=NOW)
    before, erased = pages(), replies[5]
    tag, sealed = bytes(erased.tag), bytes(erased.sealed)
    erased.delete()

    assert tick(at=NOW + DAY) == 1
    assert len(stream()) == 11
    assert tag in before
    assert not [part for part in (tag, sealed[:99], sealed[-99:]) if part in pages()]
    assert {record.kind for record in records()} == {Kind.REPLY, Kind.FILLER}
    assert tick(at=NOW + DAY) == 0


def test_a_reply_stands_in_the_stream_for_400_days(appeal: Appeal) -> None:
    reply_to(appeal)
    tick(at=NOW)

    assert tick(at=NOW + REPLY_DAYS * DAY) == 0
    assert tick(at=NOW + (REPLY_DAYS + 1) * DAY) == 1
    assert stream() == []


def test_who_reads_on_behind_a_reply_that_was_overwritten_loses_nothing(appeal: Appeal) -> None:
    old, reader = reply_to(appeal), Following()
    tick(at=NOW)
    reader.read(page(viewer=ANONYMOUS, number=0))
    old.delete()
    tick(at=NOW + DAY)
    new = reply_to(appeal)
    tick(at=NOW + DAY)

    found = reader.read(page(viewer=ANONYMOUS, number=0))
    assert [each.body for each in found if each.kind == Kind.REPLY] == [
        bytes(new.tag) + bytes(new.sealed)
    ]


def test_replies_go_out_in_another_order_than_they_were_written(appeal: Appeal) -> None:
    written = [bytes(reply_to(appeal).tag) for _ in range(30)]
    tick(at=NOW)

    assert [each[:16] for each in stream()] != written
