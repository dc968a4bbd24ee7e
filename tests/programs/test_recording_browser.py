"""A voice recorded in Chromium by a microphone that is none: where it is, and where it is not."""

import base64
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.engines.sealing.browser import serving
from tests.programs.browsing import kiosk_chromium

pytestmark = pytest.mark.browser

MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
WINDOW = 48  # bytes of a recording that nothing else has
RECORD = """async ([seconds, most]) => {
  const { record } = await import("/shared/recording.js");
  const levels = [];
  const heard = await new Promise(async (resolve) => {
    const tape = await record({ most, onLevel: (level) => levels.push(level), onEnd: resolve });
    if (seconds) setTimeout(tape.stop, seconds * 1000);
  });
  const { toBase64 } = await import("/shared/filing.js");
  window.heard = heard; // stays in memory while the test searches the disk
  return { ...heard, bytes: toBase64(heard.bytes), loudest: Math.max(...levels), levels: levels.length };
}"""
PLAY = """async () => {
  const context = new OfflineAudioContext(1, 48000, 48000);
  return (await context.decodeAudioData(window.heard.bytes.slice().buffer)).duration;
}"""
CANCEL = """async () => {
  const { record } = await import("/shared/recording.js");
  let ends = 0;
  const held = [];
  const plain = globalThis.Uint8Array;
  globalThis.Uint8Array = class extends plain {
    constructor(...given) { super(...given); if (typeof given[0] === "number") held.push(this); }
  };
  const tape = await record({ onEnd: () => ends++ });
  globalThis.Uint8Array = plain;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const before = held.at(-1).some((byte) => byte !== 0);
  tape.cancel();
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { before, after: held.at(-1).some((byte) => byte !== 0), ends };
}"""
REFUSED = """async () => {
  const { record } = await import("/shared/recording.js");
  return record().then(() => "records", (error) => `${error.name} ${error.code}`);
}"""


@contextmanager
def recording_page(playwright: Playwright, profile: Path, *flags: str) -> Iterator[Page]:
    with (
        serving("terminal", host="localhost") as address,
        kiosk_chromium(playwright, profile, *flags) as page,
    ):
        page.goto(address)
        yield page


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A folder whose path leaves room for the sockets that Chromium makes among temporary files."""
    with tempfile.TemporaryDirectory(prefix="arasha-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def test_a_voice_is_recorded_and_no_part_of_it_lies_in_a_file_of_the_browser(
    playwright: Playwright, short_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(short_path))
    with recording_page(playwright, short_path / "profile", *MICROPHONE) as page:
        made = page.evaluate(RECORD, [3.4, 180])
        voice = base64.b64decode(made["bytes"])
        duration = page.evaluate(PLAY)
        running = files_with_any_of(short_path, voice)

    assert made["mediaType"] == "audio/webm"
    assert voice.startswith(b"\x1a\x45\xdf\xa3")
    assert 3.0 < made["seconds"] < 5.0
    assert 2.5 < duration < 5.0
    assert made["loudest"] > 0.01
    assert made["levels"] > 10
    assert len(voice) < 2 * 3_000 * made["seconds"]
    assert running == files_with_any_of(short_path, voice) == []


def test_the_search_finds_a_piece_of_a_recording_that_was_left(tmp_path: Path) -> None:
    voice = bytes(range(256)) * 4
    left = tmp_path / "deep" / "left"
    left.parent.mkdir()
    left.write_bytes(b"before" + voice[100:300])

    assert files_with_any_of(tmp_path, voice) == [left]


def test_a_voice_ends_by_itself_after_the_longest_time(
    playwright: Playwright, tmp_path: Path
) -> None:
    with recording_page(playwright, tmp_path / "profile", *MICROPHONE) as page:
        made = page.evaluate(RECORD, [0, 1])

    assert 0.9 < made["seconds"] < 3.0
    assert made["bytes"]


def test_what_is_cancelled_is_overwritten_and_nobody_is_told_of_an_end(
    playwright: Playwright, tmp_path: Path
) -> None:
    with recording_page(playwright, tmp_path / "profile", *MICROPHONE) as page:
        assert page.evaluate(CANCEL) == {"before": True, "after": False, "ends": 0}


def test_a_machine_without_a_microphone_says_so(playwright: Playwright, tmp_path: Path) -> None:
    with recording_page(playwright, tmp_path / "profile") as page:
        assert page.evaluate(REFUSED) in {
            "SealingError no-microphone",
            "SealingError microphone-refused",
        }


def files_with_any_of(folder: Path, content: bytes) -> list[Path]:
    """The files under `folder` that hold any stretch of `content`, wherever it was cut."""
    pieces = [content[place : place + WINDOW] for place in range(0, len(content), WINDOW)]
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return [path for path in files if has_any(pieces, path)]


def has_any(pieces: list[bytes], path: Path) -> bool:
    try:
        held = path.read_bytes()
    except FileNotFoundError:  # the browser has just taken it away
        return False
    return any(piece in held for piece in pieces)
