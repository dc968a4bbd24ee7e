"""Replies go into the stream: each once, and in no order that tells anything."""

from arasha.actors import ANONYMOUS
from arasha.appeals.models import Appeal
from arasha.channel.selectors.arriving import page
from arasha.engines.channel.pages import Following, Kind
from arasha.handoffs.channel_to_appeals.tick import tick
from tests.handoffs.channel_to_appeals.conftest import reply_to
from tests.walk import DAY, NOW


def stream() -> list[bytes]:
    """The replies as a terminal reads them, page by page."""
    following, found, before = Following(), [], -1
    while following.page != before:
        before = following.page
        found += following.read(page(viewer=ANONYMOUS, number=following.page))
    return [each.body for each in found if each.kind == Kind.REPLY]


def test_every_reply_goes_to_every_terminal_once(appeal: Appeal) -> None:
    written = [reply_to(appeal) for _ in range(20)]
    assert tick(at=NOW) == 20
    assert tick(at=NOW) == 0

    assert sorted(stream()) == sorted(bytes(each.tag) + bytes(each.sealed) for each in written)


def test_a_reply_of_the_evening_is_found_after_midnight(appeal: Appeal) -> None:
    tick(at=NOW)
    reply_to(appeal)

    assert tick(at=NOW + DAY) == 1


def test_replies_go_out_in_another_order_than_they_were_written(appeal: Appeal) -> None:
    written = [bytes(reply_to(appeal).tag) for _ in range(30)]
    tick(at=NOW)

    assert [each[:16] for each in stream()] != written
