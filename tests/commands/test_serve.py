"""What `arasha serve` decides before it starts anything."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from arasha.commands import ports, serve


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_a_taken_port_is_named_with_its_holder(listener: socket.socket) -> None:
    port = listener.getsockname()[1]

    message = serve.taken_message(ports.taken([port]))

    assert str(port) in message
    assert f"(process {os.getpid()})" in message
    assert "ARASHA_PORT_BASE" in message


def test_a_port_that_was_closed_a_moment_ago_is_free(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    with socket.create_connection(("127.0.0.1", port)):
        listener.accept()[0].close()
    listener.close()

    assert ports.taken([port]) == {}


def test_nothing_starts_on_a_taken_port(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ARASHA_PORT_BASE", str(listener.getsockname()[1] - 1))

    assert serve.main([]) == 1
    assert "taken" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["", "80", "eight thousand", "70000"])
def test_a_wrong_port_base_says_what_to_write(
    value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ARASHA_PORT_BASE", value)

    assert serve.main([]) == 1
    assert "ARASHA_PORT_BASE is" in capsys.readouterr().err


def test_every_part_hears_the_addresses_of_the_others() -> None:
    told = serve.environment_for({}, base=9000, demo=True)

    assert told["ARASHA_DESK_URL"] == "http://localhost:9000"
    assert told["ARASHA_READER_URL"] == "http://reader.localhost:9004"
    assert told["ARASHA_DEMO"] == "True"


def test_what_the_administrator_set_stays() -> None:
    told = serve.environment_for({"ARASHA_DESK_URL": "https://desk.example"}, base=8000, demo=False)

    assert told["ARASHA_DESK_URL"] == "https://desk.example"
    assert "ARASHA_DEMO" not in told


def test_the_parent_of_all_parts_loads_no_django() -> None:
    script = "import arasha.commands.serve, sys; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
