"""A real terminal with a real gateway behind it, and a window of the kiosk before it."""

import io
import os
import socket
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright

from arasha.wire import keyfile
from arasha.wire.image import Manifest
from tests.browser.chromium import EXECUTABLE, FLAGS, PATIENCE
from tests.programs import stand
from tests.programs.gateway import Stand
from tests.programs.pages.walking import Terminal
from tests.programs.stand import World, recipients

QAMAR = Path(__file__).parents[2] / "packs" / "qamar"
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
# What was recorded in the second country, in English.
RECORDED = (
    "home.title",
    "home.write",
    "home.write_hint",
    "body.title",
    "body.lead",
    "readers.title",
    "readers.never",
    "write.title",
    "write.lead",
    "adding.title",
    "voice.text",
    "rights.complain.title",
)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def line(world: World) -> None:
    """A duty line that has signed its list before the terminal asks."""
    world.offer(recipients(body="duty_line"))


@pytest.fixture
def prosecutor(world: World) -> None:
    """A second body, which can begin nothing without a name; there before the terminal asks."""
    world.offer(recipients(body="prosecutor"))


@pytest.fixture
def names(world: World) -> None:
    """The smaller circle of the first body, to which names are sealed."""
    world.offer(recipients(body="ombudsperson-names", first="Сәуле Ерланова"))


@pytest.fixture
def terminal(tmp_path: Path, world: World) -> Iterator[Terminal]:
    with stand.gateway(world) as door, started(tmp_path, door) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("terminal: ").strip()
        yield Terminal(url, world, tmp_path, process)
        process.terminate()


def started(folder: Path, door: Stand) -> "subprocess.Popen[str]":
    demo = os.environ | {"ARASHA_DEMO": "True"}  # it may show words that are still drafts
    return subprocess.Popen(
        command_for(folder, door.url), stdout=subprocess.PIPE, text=True, env=demo
    )


def command_for(folder: Path, gateway: str) -> list[str]:
    """How a terminal is begun whose device, spool and scanner lie in `folder`."""
    keyfile.write_private(folder / "device.json", stand.trusting().to_json())
    (folder / "scans").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "arasha", "terminal", "--gateway", gateway]
    command += ["--public-url", gateway, "--device", str(folder / "device.json")]
    command += ["--spool", str(folder / "spool"), "--port", str(port), "--rhythm", "0.2"]
    return [*command, "--scans", str(folder / "scans")]


@pytest.fixture
def qamar(tmp_path: Path, world: World) -> Iterator[str]:
    """The same terminal in a country that is read from right to left, with recordings of some texts."""
    world.offer(recipients(body="guardians"))
    sounds = tmp_path / "build" / "audio" / "en"
    sounds.mkdir(parents=True)
    for key in RECORDED:
        (sounds / f"{key}.ogg").write_bytes(sound(seconds=1 if key != "adding.title" else 120))
    (tmp_path / "build" / "manifest.json").write_bytes(Manifest(1, {}).to_json())
    with stand.gateway(world) as door:
        command = [*command_for(tmp_path, door.url), "--pack", os.fspath(QAMAR)]
        command += ["--build", str(tmp_path / "build")]
        demo = os.environ | {"ARASHA_DEMO": "True"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=demo) as process:
            assert process.stdout is not None
            yield process.stdout.readline().removeprefix("terminal: ").strip()
            process.terminate()


def sound(*, seconds: float) -> bytes:
    """Silence that a browser plays; Chromium looks at the bytes and not at their name."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
        file.writeframes(bytes([128]) * round(seconds * 8000))
    return made.getvalue()


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=EXECUTABLE, args=[*FLAGS, *MICROPHONE])
    yield running
    running.close()


@pytest.fixture
def page(browser: Browser, terminal: Terminal) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 1024})
    opened.set_default_timeout(PATIENCE)
    opened.goto(terminal.url)
    yield opened
    opened.context.close()
