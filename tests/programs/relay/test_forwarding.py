"""The line: in any order, exactly once, and nothing goes without a genuine receipt."""

import sqlite3
from pathlib import Path
from shutil import copytree

import pytest

from arasha.engines.channel.bundle import parse_bundle
from arasha.engines.channel.pages import Kind, Record
from arasha.programs.relay.disk import FILE
from arasha.programs.relay.forwarding import NoAnswerError
from arasha.programs.relay.house import HouseError, open_relay, pin
from arasha.wire.client import Client, UnreachableError
from arasha.wire.trust import TrustRefusedError
from tests.programs.relay.conftest import Site
from tests.programs.relay.prison import ROOT, Gateway, Terminal


@pytest.mark.parametrize("mood", ["out of order", "somebody else", "full", "short"])
def test_an_answer_that_is_none_leaves_the_bundle_waiting(
    site: Site, terminal: Terminal, gateway: Gateway, mood: str
) -> None:
    terminal.send(site.client, terminal.bundle())
    gateway.mood = mood
    with pytest.raises(NoAnswerError):
        site.line.once()
    assert site.relay.rack.counts() == (1, 0)

    gateway.mood = "well"
    site.drain()
    assert list(gateway.had.values()) == [1]


def test_a_receipt_of_another_key_lets_nothing_go(
    site: Site, terminal: Terminal, gateway: Gateway
) -> None:
    terminal.send(site.client, terminal.bundle())
    gateway.mood = "forging"

    with pytest.raises(NoAnswerError):
        site.line.once()
    assert site.relay.rack.counts() == (1, 0)
    assert site.relay.receipts.days() == []


def test_without_a_line_everything_waits(site: Site, terminal: Terminal) -> None:
    terminal.send(site.client, terminal.bundle())
    site.line.client = Client("http://127.0.0.1:9", timeout=1)

    with pytest.raises(UnreachableError):
        site.line.once()
    assert site.relay.rack.counts() == (1, 0)


def test_a_bundle_that_the_gateway_refuses_for_good_goes(site: Site, gateway: Gateway) -> None:
    stranger = Terminal()
    stranger.send(site.client, stranger.bundle())
    site.drain()

    assert site.relay.rack.counts() == (0, 0)
    assert site.line.counted.refused == 1
    assert not gateway.had


def test_one_that_cannot_be_taken_holds_up_no_other(site: Site, gateway: Gateway) -> None:
    one, other = gateway.terminal(), gateway.terminal()
    one.send(site.client, one.bundle())
    other.send(site.client, other.bundle())
    gateway.mood = "full"
    with pytest.raises(NoAnswerError):
        site.line.once()
    gateway.mood = "well"
    site.line.once()

    assert [key[0] for key in gateway.had] == [other.key]


def test_known_terminals_go_before_strangers(site: Site, gateway: Gateway) -> None:
    known, stranger = gateway.terminal(), gateway.terminal()
    known.send(site.client, known.bundle())
    site.drain()
    stranger.send(site.client, stranger.bundle())
    known.send(site.client, known.bundle())
    site.line.once()

    assert [key[0] for key in gateway.had] == [known.key] * 2


def test_a_lost_answer_has_the_bundle_sent_again_and_counted_once(
    site: Site, terminal: Terminal, gateway: Gateway
) -> None:
    terminal.send(site.client, terminal.bundle())
    gateway.mood = "losing answers"
    with pytest.raises(NoAnswerError):
        site.line.once()
    gateway.mood = "well"
    site.drain()

    assert list(gateway.had.values()) == [2]
    assert site.relay.receipts.of(site.relay.receipts.days()[0]).count == 1


def test_a_day_without_a_line_is_drained_once(site: Site, gateway: Gateway) -> None:
    terminals = [gateway.terminal() for _ in range(3)]
    for _ in range(40):
        for each in terminals:
            each.send(site.client, each.bundle())
    site.drain()

    assert sorted(gateway.had.values()) == [1] * 120
    assert site.relay.rack.counts() == (0, 0)


def test_an_older_copy_sends_again_and_nothing_counts_twice(
    site: Site, terminal: Terminal, gateway: Gateway, address: str, tmp_path: Path
) -> None:
    terminal.send(site.client, terminal.bundle())
    copytree(site.folder, tmp_path / "copy")
    site.drain()
    old = open_relay(tmp_path / "copy", demo=False)
    site.line.relay = old
    while site.line.once():
        pass

    assert list(gateway.had.values()) == [2]
    assert old.receipts.of(old.receipts.days()[0]).count == 1


def test_a_spoilt_row_is_passed_over_and_counted(
    site: Site, gateway: Gateway, terminal: Terminal
) -> None:
    for _ in range(2):
        terminal.send(site.client, terminal.bundle())
    with sqlite3.connect(site.folder / FILE) as database:
        database.execute("UPDATE bundle SET body = zeroblob(65536) WHERE place = 1")
    while site.line.once():
        pass

    assert [key[1] for key in gateway.had] == [2]
    assert site.relay.rack.counts() == (0, 1)


def test_pages_are_followed_to_the_last_one_and_asked_for_no_more_than_once(
    site: Site, gateway: Gateway
) -> None:
    gateway.records += [Record(Kind.REPLY, bytes([each]) * 50_000) for each in range(1, 9)]
    site.drain()

    last = site.relay.pages.wanted
    assert last >= 6
    assert [site.relay.pages.get(each) for each in range(last + 1)] == [
        gateway.page(each) for each in range(last + 1)
    ]


def test_the_last_page_grows(site: Site, gateway: Gateway) -> None:
    site.drain()
    gateway.records.append(Record(Kind.REPLY, b"new"))
    site.drain()

    assert site.relay.pages.get(site.relay.pages.wanted) == gateway.page(site.relay.pages.wanted)


def test_a_page_that_is_spoilt_on_the_disk_is_fetched_again(site: Site, gateway: Gateway) -> None:
    gateway.records += [Record(Kind.REPLY, bytes([each]) * 50_000) for each in range(1, 9)]
    site.drain()
    with sqlite3.connect(site.folder / FILE) as database:
        database.execute("UPDATE page SET body = zeroblob(65536) WHERE number = 1")
    again = open_relay(site.folder, demo=False)
    assert (again.pages.wanted, again.pages.get(1)) == (1, None)
    site.line.relay = again
    site.drain()

    assert again.pages.get(1) == gateway.page(1)
    assert again.pages.wanted >= 6


def test_a_page_of_another_stream_is_read_from_its_beginning(site: Site, gateway: Gateway) -> None:
    gateway.records.append(Record(Kind.REPLY, b"a" * 100))
    site.drain()
    gateway.records[-1] = Record(Kind.REPLY, b"b" * 100)
    site.drain()
    site.drain()

    assert site.relay.pages.get(site.relay.pages.wanted) == gateway.page(site.relay.pages.wanted)


def test_a_page_out_of_form_is_not_handed_on(site: Site) -> None:
    page = (b"\x01" + b"\xff" * 4).ljust(65_536, b"\0")

    assert not site.relay.pages.take(0, page)
    assert site.relay.pages.get(0) is None


def test_another_root_is_not_pinned(site: Site, tmp_path: Path) -> None:
    with pytest.raises(HouseError, match="other_root"):
        pin(site.folder, ROOT + b" ")
    pin(site.folder, ROOT)

    with pytest.raises(TrustRefusedError):
        open_relay(tmp_path / "new", demo=False, root=b"{}")


def test_a_relay_that_pins_nothing_still_forwards(
    site: Site, gateway: Gateway, terminal: Terminal, tmp_path: Path
) -> None:
    site.line.relay = open_relay(tmp_path / "trusting", demo=False)
    site.line.relay.rack.keep(parse_bundle(terminal.bundle()))
    while site.line.once():
        pass

    assert not site.line.relay.believing.pins_a_root
    assert list(gateway.had.values()) == [1]
