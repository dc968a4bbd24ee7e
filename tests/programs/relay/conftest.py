from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from arasha.programs.relay.door import serving
from arasha.programs.relay.forwarding import Forwarding
from arasha.programs.relay.house import Relay, open_relay, pin
from arasha.wire.client import Client
from arasha.wire.serving import Server
from tests.programs.relay.prison import ROOT, Gateway, Terminal, listening


@dataclass
class Site:
    """A relay in the rack: its parts, its line, and how terminals reach it."""

    folder: Path
    relay: Relay
    line: Forwarding
    server: Server
    client: Client

    def drain(self) -> None:
        """Forward until nothing waits, and look at the last page."""
        while self.line.once() or self.relay.rack.counts()[0]:
            pass


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
def address(gateway: Gateway) -> Iterator[str]:
    with listening(gateway) as url:
        yield url


@pytest.fixture
def terminal(gateway: Gateway) -> Terminal:
    return gateway.terminal()


@pytest.fixture
def site(tmp_path: Path, address: str) -> Iterator[Site]:
    folder = tmp_path / "relay"
    pin(folder, ROOT)
    relay = open_relay(folder, demo=False)
    line = Forwarding(relay, Client(address, timeout=5), jitter=lambda: 0.0)
    server = serving(relay, line, host="127.0.0.1", port=0).start()
    yield Site(folder, relay, line, server, Client(f"http://127.0.0.1:{server.port}", timeout=5))
    server.stop()
