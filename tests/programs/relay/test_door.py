"""What a terminal meets at a relay: the same sizes whatever happens."""

import json
import sqlite3
from pathlib import Path
from shutil import disk_usage

import pytest

from arasha.engines.channel.bundle import BUNDLE_BYTES, parse_bundle
from arasha.engines.channel.down import ANSWER_BYTES
from arasha.engines.channel.pages import PAGE_BYTES, signpost
from arasha.programs.relay.disk import FILE, Disk, FullError
from arasha.programs.relay.door import serving
from arasha.programs.relay.house import open_relay
from arasha.programs.relay.rack import Rack
from arasha.wire.client import Client
from tests.programs.relay.conftest import Site
from tests.programs.relay.prison import Gateway, Terminal

EXCHANGE_BYTES = ANSWER_BYTES + PAGE_BYTES


@pytest.mark.parametrize("body", [b"", b"a", bytes(BUNDLE_BYTES), bytes(BUNDLE_BYTES - 1)])
def test_what_is_no_bundle_is_refused_and_not_kept(site: Site, body: bytes) -> None:
    answer = site.client.ask("POST", "/v1/bundles?page=0", body=body)

    assert answer.status in (400, 411)
    assert json.loads(answer.body)["problem"] == "bundle_malformed"
    assert site.relay.rack.counts() == (0, 0)


@pytest.mark.parametrize("query", ["", "?page=", "?page=-1", "?page=x", "?page=1&page=2"])
def test_a_bundle_without_a_page_is_refused(site: Site, terminal: Terminal, query: str) -> None:
    answer = site.client.ask("POST", f"/v1/bundles{query}", body=terminal.bundle())

    assert answer.status == 400
    assert site.relay.rack.counts() == (0, 0)


def test_another_address_is_refused_in_the_gateways_form(site: Site) -> None:
    answer = site.client.ask("GET", "/admin")

    assert answer.status == 404
    assert set(json.loads(answer.body)) == {"problem", "happened", "next"}


def test_a_bundle_is_answered_at_once_with_noise_of_the_same_size(
    site: Site, terminal: Terminal
) -> None:
    first, second = (terminal.send(site.client, terminal.bundle()) for _ in range(2))

    assert first.status == second.status == 200
    assert len(first.body) == len(second.body) == EXCHANGE_BYTES
    assert first.body[:ANSWER_BYTES] != second.body[:ANSWER_BYTES]
    assert site.relay.rack.counts() == (2, 0)


def test_the_newest_answer_is_the_one_to_the_highest_number(
    site: Site, terminal: Terminal, gateway: Gateway
) -> None:
    bundles = [terminal.bundle() for _ in range(3)]
    for bundle in (bundles[2], bundles[0]):  # out of order
        terminal.send(site.client, bundle)
    site.drain()
    answer = terminal.send(site.client, bundles[1])

    read = terminal.read(answer.body)
    assert read is not None
    assert (read[0], read[1][0].content) == (3, b"3")
    assert len(answer.body) == EXCHANGE_BYTES


def test_one_terminal_gets_no_answer_of_another(site: Site, gateway: Gateway) -> None:
    one, other = gateway.terminal(), gateway.terminal()
    one.send(site.client, one.bundle())
    site.drain()

    assert one.read(other.send(site.client, other.bundle()).body) is None


def test_a_page_is_the_gateways_zeros_before_it_is_here_and_the_way_back_where_none_is(
    site: Site, terminal: Terminal, gateway: Gateway
) -> None:
    before = site.client.ask("GET", "/v1/broadcast/0").body
    site.drain()

    assert before == bytes(PAGE_BYTES)
    assert site.client.ask("GET", "/v1/broadcast/0").body == gateway.page(0)
    assert site.client.ask("GET", "/v1/broadcast/77").body == signpost(0)
    assert terminal.send(site.client, terminal.bundle()).body[ANSWER_BYTES:] == gateway.page(0)


def test_the_same_bundle_again_changes_nothing(site: Site, terminal: Terminal) -> None:
    bundle = terminal.bundle()
    statuses = [terminal.send(site.client, bundle).status for _ in range(2)]
    site.drain()
    statuses.append(terminal.send(site.client, bundle).status)

    assert statuses == [200] * 3
    assert site.relay.rack.counts() == (0, 0)


def test_a_full_disk_refuses_and_the_terminal_keeps(
    site: Site, terminal: Terminal, tmp_path: Path
) -> None:
    full = open_relay(site.folder, demo=False)
    disk = Disk(site.folder, spare_bytes=disk_usage(tmp_path).total + 1)
    server = serving(
        type(full)(Rack(disk), full.receipts, full.believing, full.pages),
        site.line,
        host="127.0.0.1",
        port=0,
    ).start()
    answer = terminal.send(Client(f"http://127.0.0.1:{server.port}"), terminal.bundle())
    server.stop()

    assert answer.status == 507
    assert json.loads(answer.body)["problem"] == "relay_full"


def test_a_spoilt_file_is_said_and_nothing_is_acknowledged(site: Site, terminal: Terminal) -> None:
    with sqlite3.connect(site.folder / FILE) as database:
        database.execute("DROP TABLE bundle")
    answer = terminal.send(site.client, terminal.bundle())

    assert answer.status == 503
    assert json.loads(answer.body)["problem"] == "relay_broken"


def test_a_known_terminal_has_more_room_than_a_stranger_and_needs_none_of_theirs(
    site: Site, gateway: Gateway, terminal: Terminal
) -> None:
    rack = Rack(Disk(site.folder), most=2, most_strangers=1, most_of_a_stranger=1)
    terminal.send(site.client, terminal.bundle())
    site.drain()
    rack.keep(parse_bundle(gateway.terminal().bundle()))

    rack.keep(parse_bundle(terminal.bundle()))
    rack.keep(parse_bundle(terminal.bundle()))
    with pytest.raises(FullError, match="too many bundles"):
        rack.keep(parse_bundle(terminal.bundle()))


def test_where_there_was_never_a_line_no_terminal_takes_the_room_of_another(
    site: Site, gateway: Gateway
) -> None:
    rack = Rack(Disk(site.folder), most_strangers=2, most_of_a_stranger=2)
    busy, other = gateway.terminal(), gateway.terminal()
    for _ in range(2):
        rack.keep(parse_bundle(busy.bundle()))

    with pytest.raises(FullError, match="too many bundles"):
        rack.keep(parse_bundle(busy.bundle()))
    rack.keep(parse_bundle(other.bundle()))
    rack.keep(parse_bundle(other.bundle()))
    assert rack.counts() == (4, 0)


def test_invented_terminals_crowd_out_none_that_was_there(site: Site, gateway: Gateway) -> None:
    rack = Rack(Disk(site.folder), most_strangers=2, most_of_a_stranger=2)
    first = gateway.terminal()
    rack.keep(parse_bundle(first.bundle()))
    rack.keep(parse_bundle(Terminal().bundle()))

    with pytest.raises(FullError, match="too many strangers"):
        rack.keep(parse_bundle(Terminal().bundle()))
    rack.keep(parse_bundle(first.bundle()))


def test_the_disk_holds_no_minute_and_nothing_that_can_be_read(
    site: Site, terminal: Terminal
) -> None:
    terminal.send(site.client, terminal.bundle())
    site.drain()

    with sqlite3.connect(site.folder / FILE) as database:
        columns = {
            row[1]
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for row in database.execute(f"PRAGMA table_info({name})")
        }
    assert not [name for name in columns if name.endswith(("_at", "time", "minute"))]
