"""`arasha terminal` as a process: its commands, its exit codes, and a kill at the wrong moment."""

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from arasha.engines.notes import VerifierKey, b64
from arasha.programs import terminal
from arasha.wire import keyfile
from tests.programs import stand
from tests.programs.stand import World


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(autouse=True)
def _a_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """The country's texts are drafts, which only a demo shows."""
    monkeypatch.setenv("ARASHA_DEMO", "True")


@pytest.fixture
def device(tmp_path: Path) -> Path:
    path = tmp_path / "device.json"
    keyfile.write_private(path, stand.trusting().to_json())
    return path


def options(device: Path, url: str, port: int) -> list[str]:
    spool = str(device.parent / "spool")
    return [
        *("--gateway", url, "--public-url", url),
        *("--device", str(device), "--spool", spool, "--port", str(port), "--rhythm", "0.2"),
    ]


@contextmanager
def running(arguments: list[str]) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "arasha", "terminal", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("terminal: http://localhost:")
        yield process
        process.terminate()


def eventually(condition: Callable[[], object], within: float = 20) -> None:
    until = time.monotonic() + within
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def post(port: int, token: str, body: bytes) -> int:
    origin = f"http://localhost:{port}"
    connection = HTTPConnection("localhost", port, timeout=10)
    connection.request("POST", "/api/appeals", body, {"arasha-token": token, "origin": origin})
    with connection.getresponse() as answer:
        answer.read()
    connection.close()
    return answer.status


def token_of(port: int) -> str:
    connection = HTTPConnection("localhost", port, timeout=10)
    connection.request("GET", "/")
    with connection.getresponse() as answer:
        page = answer.read().decode()
    connection.close()
    return page.partition('arasha-token" content="')[2].partition('"')[0]


def test_a_device_that_trusts_nobody_yet_is_refused_with_the_line_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "device.json"
    assert terminal.main(["new-key", str(path)]) == 0

    assert terminal.main(options(path, "http://localhost:1", 0)) == 2
    line = f"arasha terminal trust {path} --device UUID --root FILE"
    assert line in capsys.readouterr().err


def test_a_key_file_that_others_can_read_is_refused(
    device: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    device.chmod(0o644)

    assert terminal.main(options(device, "http://localhost:1", 0)) == 2
    assert f"chmod 600 {device}" in capsys.readouterr().err


def test_a_taken_port_is_named(device: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert terminal.main(options(device, "http://localhost:1", port)) == 1
    assert f"port {port} " in capsys.readouterr().err


def test_an_unknown_pack_is_refused(device: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = options(device, "http://localhost:1", 0)

    assert terminal.main([*arguments, "--pack", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_a_new_key_prints_its_public_half_and_learns_its_name_and_whom_to_trust(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "device.json"
    terminal.main(["new-key", str(path)])
    public = b64.decode(capsys.readouterr().out.strip(), "a key")
    enrolled, root = str(uuid.uuid4()), tmp_path / "1.root.json"
    root.write_bytes(stand.repository().root)
    words = ["trust", str(path), "--device", enrolled, "--root", str(root)]
    assert terminal.main(words) == 0

    device = keyfile.read_device(path)
    assert (device.key, device.signer.verifier.public) == (enrolled, public)
    *keepers, verifier = capsys.readouterr().out.strip().split("\n")
    assert VerifierKey.parse(verifier) == device.signer.verifier
    assert [line.split(" ", 5)[5] for line in keepers] == ["keeper 1", "keeper 2", "keeper 3"]
    assert device.root == root.read_bytes()
    assert terminal.main(["new-key", str(path)]) == 2


@pytest.mark.parametrize("content", ["{", "7", '{"signed": 1}', "[" * 100_000, ""])
def test_a_root_that_is_none_is_refused_and_pins_nothing(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, root = tmp_path / "device.json", tmp_path / "1.root.json"
    terminal.main(["new-key", str(path)])
    root.write_text(content)

    words = ["trust", str(path), "--device", str(uuid.uuid4()), "--root", str(root)]
    assert terminal.main(words) == 2
    assert "cannot believe" in capsys.readouterr().err
    assert not keyfile.read_device(path).is_enrolled


def test_what_was_accepted_survives_a_kill_and_goes_out_once(device: Path) -> None:
    world, posted, port = World(), stand.sealed_filing(), free_port()
    with stand.gateway(world) as door:
        arguments = options(device, door.url, port)
        with running(arguments) as process:
            token = token_of(port)
            eventually(lambda: world.requests)
            world.mood = "silent"
            eventually(lambda: post(port, token, posted) == 202)
            os.kill(process.pid, signal.SIGKILL)
        world.mood = "well"
        with running(arguments):
            eventually(lambda: world.filed)
            world.publish()

    assert world.filed == [posted]


def test_it_ends_cleanly_when_told(device: Path) -> None:
    with running(options(device, "http://127.0.0.1:9", free_port())) as process:
        process.terminate()

        assert process.wait(10) == 0


def test_nothing_of_django_is_loaded_by_the_programs() -> None:
    script = (
        "import sys, arasha.programs.terminal, arasha.programs.reader;"
        "sys.exit(any(name.split('.')[0] in {'django', 'pyrage'} for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_real_terminal_shows_no_word_that_no_native_speaker_has_read(
    device: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ARASHA_DEMO")

    assert terminal.main(options(device, "http://localhost:1", 0)) == 2

    assert "arasha pack check kz --for-real" in capsys.readouterr().err
