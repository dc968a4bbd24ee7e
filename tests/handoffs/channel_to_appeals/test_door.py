"""The addresses of the line: sizes, refusals, and what an observer sees."""

import datetime as dt

import pytest
from django.test import Client, RequestFactory

from arasha.channel import services as channel
from arasha.channel.models import DeliveryDay
from arasha.country import local_day
from arasha.engines.channel.bundle import BUNDLE_BYTES
from arasha.engines.channel.delivery import ProvedDelivery
from arasha.engines.channel.down import ANSWER_BYTES, Became, parse_answer
from arasha.engines.channel.pages import PAGE_BYTES, Kind, Record
from arasha.engines.sealing import RecipientSet
from arasha.engines.translog import leaf, leaf_hash
from arasha.handoffs.channel_to_appeals import views
from tests.clock import Clock
from tests.gateway.conftest import door as door
from tests.line import Line, filing
from tests.walk import DAY, NOW, posted

BINARY = "application/octet-stream"


def post(door: Client, bundle: bytes, *, page: object = 0):
    return door.post(f"/v1/bundles?page={page}", bundle, content_type=BINARY)


@pytest.mark.parametrize("size", [0, 1, BUNDLE_BYTES - 1])
def test_another_size_is_refused_in_json(door: Client, line: Line, size: int) -> None:
    answer = post(door, bytes(size))

    assert answer.status_code == 400
    assert answer.json()["problem"] == "malformed_bundle"


def test_a_body_that_is_too_long_is_not_read(door: Client, line: Line) -> None:
    assert post(door, bytes(BUNDLE_BYTES + 1)).status_code == 413


def test_an_unknown_terminal_is_told_so(door: Client, line: Line) -> None:
    bundle = bytearray(line.bundle())
    bundle[20] ^= 1

    assert post(door, bytes(bundle)).status_code == 403


def test_an_appeal_and_a_dummy_are_answered_alike(
    door: Client, line: Line, recipients: RecipientSet
) -> None:
    letter = filing(posted(recipients), line.key)
    real = post(door, line.bundle(pieces=letter.pieces(), looks=[letter.look]))
    dummy = post(door, line.bundle())

    assert [each.status_code for each in (real, dummy)] == [200, 200]
    assert len(real.content) == len(dummy.content) == ANSWER_BYTES + PAGE_BYTES
    assert real.headers == dummy.headers
    (state,) = line.read(parse_answer(real.content[:ANSWER_BYTES]))
    assert state.became is Became.KEPT


@pytest.mark.parametrize("page", [0, 7, 10**15 - 1, "x", "", "1" * 16, "9" * 5_000])
def test_any_page_may_be_asked_for(door: Client, line: Line, page: object) -> None:
    channel.broadcast(records=[Record(Kind.CHECKPOINT, b"a note")])
    answer = post(door, line.bundle(), page=page)

    body = answer.content[ANSWER_BYTES:]
    assert len(body) == PAGE_BYTES
    assert (b"a note" in body) == (page not in (7, 10**15 - 1))


def test_a_page_can_be_fetched_without_a_bundle(door: Client, line: Line) -> None:
    channel.broadcast(records=[Record(Kind.CHECKPOINT, b"a note" * 20_000)])

    pages = [door.get(f"/v1/broadcast/{number}").content for number in range(2)]
    assert b"".join(pages).rstrip(b"\0")[5:] == b"a note" * 20_000
    assert {len(each) for each in pages} == {PAGE_BYTES}


@pytest.mark.parametrize("path", ["broadcast/{}", "deliveries/{terminal}/{}/2026-03-01"])
@pytest.mark.parametrize("number", ["1" * 16, "9" * 5_000, "-1", "１"])
def test_what_names_no_page_and_no_chain_is_no_address(
    door: Client, line: Line, path: str, number: str
) -> None:
    answer = door.get("/v1/" + path.format(number, terminal=line.terminal.device.pk))

    assert (answer.status_code, answer.json()["problem"]) == (404, "page_not_found")


def test_how_long_the_work_took_is_not_seen(
    door: Client,
    line: Line,
    recipients: RecipientSet,
    settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.ARASHA_ANSWER_BEAT_SECONDS = 1
    clock = Clock()
    monkeypatch.setattr(views, "time", clock)
    letter = filing(posted(recipients), line.key)

    dummy = answered_after(line.bundle(), clock)
    real = answered_after(line.bundle(pieces=letter.pieces()), clock)

    assert (round(dummy, 2), round(real, 2)) == (1, 1)


def answered_after(bundle: bytes, clock: Clock) -> float:
    """Seconds until the answer is out: what the door does behind it is not counted."""
    request = RequestFactory().post("/v1/bundles", bundle, content_type=BINARY)
    began = clock.monotonic()
    views.bundles(request)
    return clock.monotonic() - began


@pytest.mark.parametrize("day", ["2026-02-30", "today", "1999-01-01"])
def test_a_day_on_which_nothing_came_has_no_evidence(door: Client, line: Line, day: str) -> None:
    assert door.get(f"/v1/deliveries/{line.terminal.device.pk}/1/{day}").status_code == 404


def test_the_evidence_of_a_day_is_what_its_leaf_commits_to(door: Client, line: Line) -> None:
    for _ in range(3):
        line.send()
    yesterday = local_day(NOW - DAY)
    DeliveryDay.objects.update(day=yesterday)
    channel.close_days(at=NOW + dt.timedelta(hours=1))
    found = door.get(f"/v1/deliveries/{line.terminal.device.pk}/1/{yesterday}")

    proved = ProvedDelivery.parse(found.content)
    assert (proved.delivery.count, proved.delivery.last_seq) == (3, 3)
    assert proved.delivery.head == line.before
    assert proved.leaf == leaf_hash(leaf("delivery", proved.delivery.commitment()))
