"""Spoken help: a voice of the machine for each text, a draft until a person has read it aloud.

A folder of audio is <language>/<key>.ogg and index.json, which says of which words each file is the
sound. Who records a person's voice puts the file in place and writes "read" for its state.
"""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from arasha.engines.notes import MalformedError, canonical_json
from arasha.packs import Pack
from arasha.programs.kiosk.refusals import KioskRefusedError
from arasha.programs.terminal.texts import PREFIX, SHOWN

VERSION = "arasha audio v1"
INDEX = "index.json"
DRAFT, READ = "draft", "read"
SPEAKER, ENCODER = "espeak-ng", "opusenc"
WORDS_A_MINUTE = "140"  # slow readers, strange words
# One serial for all: opusenc would draw one, and no two files would be alike.
ENCODE = (ENCODER, "--quiet", "--speech", "--bitrate", "16", "--serial", "1", "--padding", "0")
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Spoken:
    """Of which words a file is the sound, by their hash, and whether a person spoke them."""

    language: str
    key: str
    words: str
    state: str

    @property
    def path(self) -> str:
        return f"{self.language}/{self.key}.ogg"


def speak(folder: Path, pack: Pack) -> list[Spoken]:
    """Lay down a draft for every text that has no sound yet, or another one; returns the new ones.

    Raises KioskRefusedError without the two programs, or without a voice for a language.
    """
    for program in (SPEAKER, ENCODER):
        if shutil.which(program) is None:
            raise KioskRefusedError("no_speaker", program=program)
    if mute := sorted({language.code for language in pack.languages} - _voices()):
        raise KioskRefusedError("no_voice", languages=", ".join(mute))
    known = {each.path: each for each in read_index(folder)} if (folder / INDEX).exists() else {}
    wanted = list(texts_of(pack))
    new = [each for each, _ in wanted if not _is_spoken(folder, known, each)]
    with ThreadPoolExecutor(AT_ONCE) as speakers:
        list(speakers.map(lambda pair: _record(folder, *pair), [p for p in wanted if p[0] in new]))
    kept = [each if each in new else known[each.path] for each, _ in wanted]
    (folder / INDEX).write_bytes(_index(kept))
    return new


def texts_of(pack: Pack) -> Iterator[tuple[Spoken, str]]:
    """What is to be spoken, as a draft, and in which words."""
    shown = sorted(key for key in pack.texts if key.startswith(SHOWN))
    for language in pack.languages:
        for key in shown:
            text = pack.text(key, language.code)
            words = sha256(text.encode()).hexdigest()
            yield Spoken(language.code, key.removeprefix(PREFIX), words, DRAFT), text


def read_index(folder: Path) -> list[Spoken]:
    """Raises KioskRefusedError."""
    try:
        content = json.loads((folder / INDEX).read_bytes())
        if content["v"] != VERSION:
            raise MalformedError(f"{content['v']!r} is not known here")
        return list(_entries(content["texts"]))
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise KioskRefusedError("audio_index", folder=folder, why=error) from error


def check(folder: Path, pack: Pack, *, drafts: bool) -> dict[str, bytes]:
    """The files of a folder of audio. Raises KioskRefusedError if one says other words than its text."""
    words = {each.path: each.words for each, _ in texts_of(pack)}
    files = {INDEX: (folder / INDEX).read_bytes()}
    for each in read_index(folder):
        if words.get(each.path) != each.words:
            raise KioskRefusedError("audio_old", file=each.path)
        if each.state != READ and not drafts:
            raise KioskRefusedError("audio_draft", file=each.path)
        files[each.path] = _sound(folder / each.path)
    return files


def _sound(path: Path) -> bytes:
    data = path.read_bytes() if path.is_file() else b""
    if not data.startswith(b"OggS"):
        raise KioskRefusedError("no_sound", file=path)
    return data


def _entries(texts: Mapping[str, Mapping[str, Any]]) -> Iterator[Spoken]:
    for language, keys in sorted(texts.items()):
        for key, said in sorted(keys.items()):
            yield Spoken(language, key, str(said["words"]), str(said["state"]))


def _index(spoken: list[Spoken]) -> bytes:
    texts: dict[str, dict[str, Any]] = {}
    for each in spoken:
        said = {"words": each.words, "state": each.state}
        texts.setdefault(each.language, {})[each.key] = said
    return canonical_json({"v": VERSION, "texts": texts})


def _is_spoken(folder: Path, known: Mapping[str, Spoken], wanted: Spoken) -> bool:
    found = known.get(wanted.path)
    return found is not None and found.words == wanted.words and (folder / wanted.path).is_file()


def _voices() -> set[str]:
    listed = subprocess.run(  # noqa: S603 (words of our own)
        [SPEAKER, "--voices"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return {line.split()[1].split("-")[0] for line in listed.splitlines()[1:]}


def _record(folder: Path, spoken: Spoken, text: str) -> None:
    where = folder / spoken.path
    where.parent.mkdir(parents=True, exist_ok=True)
    said = re.sub(r"\{\w+\}", "", text)  # what is filled in on the screen cannot be spoken ahead
    with tempfile.TemporaryDirectory() as scratch:
        wave = Path(scratch) / "voice.wav"
        voice = [SPEAKER, "-v", spoken.language, "-s", WORDS_A_MINUTE, "-w", str(wave), "--stdin"]
        subprocess.run(voice, input=said.encode(), check=True)  # noqa: S603 (words of our own)
        subprocess.run([*ENCODE, str(wave), str(where)], check=True)  # noqa: S603
