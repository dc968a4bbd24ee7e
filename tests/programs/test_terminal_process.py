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
        try:
            yield process
        finally:
            process.terminate()


def eventually(condition: Callable[[], object], within: float = 20) -> None:
    until = time.monotonic() + within
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def post(port: int, token: str, body: bytes, *, dry: bool = False) -> int:
    """`dry`: cut off, so that it is refused as soon as there is somebody to write to."""
    body = body[:-1] if dry else body
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


@pytest.mark.parametrize(
    ("mood", "reached"),
    [
        ("silent", lambda world: True),  # as soon as it was accepted
        ("silent", lambda world: len(world.requests) > 3),  # a bundle is on the line
        ("cut", lambda world: world.filed),  # the gateway has it and could not say so
        ("well", lambda world: world.filed),  # the answer is there, and perhaps not read
        ("dropping", lambda world: len(world.requests) > 6),  # a relay took it and lost it
    ],
)
def test_what_was_accepted_survives_a_kill_at_every_step_and_goes_out_once(
    device: Path, mood: str, reached: Callable[[World], object]
) -> None:
    world, posted, port = World(), stand.sealed_filing(), free_port()
    with stand.gateway(world) as door:
        arguments = options(device, door.url, port)
        with running(arguments) as process:
            token = token_of(port)
            eventually(lambda: world.requests)
            eventually(lambda: post(port, token, posted, dry=True) == 422)
            world.mood = mood
            assert post(port, token, posted) == 202
            eventually(lambda: reached(world))
            os.kill(process.pid, signal.SIGKILL)
        world.mood = "well"
        with running(arguments):
            eventually(lambda: world.filed)
            seen = len(world.requests)
            eventually(lambda: len(world.requests) > seen + 2)

    assert world.filed == [posted]
    if mood != "dropping":  # what a relay lost stays a gap in the numbers
        assert_one_chain(world)


def assert_one_chain(world: World) -> None:
    """No number of a bundle is missing or stands for two, and each names the one before it."""
    window = world.inbox.window
    assert (window.gaps(), window.breaks) == ([], frozenset())
    assert len({*world.requests}) == window.newest


def test_killed_again_and_again_it_keeps_one_chain_and_loses_nothing(device: Path) -> None:
    world, port, accepted = World(), free_port(), list[bytes]()
    with stand.gateway(world) as door:
        arguments = options(device, door.url, port)
        for number in range(6):
            with running(arguments) as process:
                token, posted = token_of(port), stand.sealed_filing(str(number))
                eventually(lambda: post(port, token, posted) == 202)  # noqa: B023 (asked at once)
                accepted.append(posted)
                time.sleep(0.07 * number)
                os.kill(process.pid, signal.SIGKILL)
        with running(arguments):
            eventually(lambda: len(world.filed) == len(accepted))

    assert sorted(world.filed) == sorted(accepted)
    assert_one_chain(world)


def test_it_ends_cleanly_when_told(device: Path) -> None:
    with running(options(device, "http://127.0.0.1:9", free_port())) as process:
        process.terminate()

        assert process.wait(10) == 0


@pytest.mark.parametrize("rhythm", ["29.9", "0", "-1", "nan", "4000"])
def test_a_real_terminal_refuses_a_rhythm_that_shows_or_never_comes(
    device: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    rhythm: str,
) -> None:
    monkeypatch.delenv("ARASHA_DEMO")
    monkeypatch.setattr(terminal, "unread_texts", lambda _pack, _environ: [])

    assert terminal.main([*options(device, "http://localhost:1", 0), "--rhythm", rhythm]) == 2

    assert "a terminal sends every 30 to 3600 seconds" in capsys.readouterr().err


def test_a_new_chain_is_told_to_the_device_and_an_old_one_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, root = tmp_path / "device.json", tmp_path / "1.root.json"
    root.write_bytes(stand.repository().root)
    terminal.main(["new-key", str(path)])
    words = ["trust", str(path), "--device", str(uuid.uuid4()), "--root", str(root)]
    assert terminal.main([*words, "--chain", "3"]) == 0
    assert keyfile.read_device(path).chain == 3

    assert terminal.main([*words, "--chain", "2"]) == 2
    assert "chain 2 cannot follow chain 3" in capsys.readouterr().err
    assert terminal.main(words) == 0
    assert keyfile.read_device(path).chain == 3


FAULTY = """
import sys
from arasha.programs import terminal
from arasha.programs.terminal.exchange import Exchange
Exchange.formed = lambda self: 1 / 0
sys.exit(terminal.main(sys.argv[1:]))
"""


def test_a_terminal_whose_exchange_ends_by_a_fault_ends_and_can_be_started_anew(
    device: Path,
) -> None:
    """A page that answers while nothing goes out would be worse than none."""
    arguments = options(device, "http://127.0.0.1:9", free_port())
    command = [sys.executable, "-c", FAULTY, *arguments]

    ended = subprocess.run(command, capture_output=True, check=False, timeout=60)

    assert ended.returncode == 1
    assert b"ZeroDivisionError" in ended.stderr


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
