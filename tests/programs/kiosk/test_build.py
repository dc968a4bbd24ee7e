"""A build is the same bytes whoever makes it, from what the lock names and nothing else."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path
from shutil import copytree, which

import pytest

from arasha.packs import load
from arasha.programs.kiosk import audio, wheels
from arasha.programs.kiosk.building import build
from arasha.programs.kiosk.packages import unpack
from arasha.programs.kiosk.refusals import KioskRefusedError
from arasha.wire.image import MANIFEST, Manifest

LOCKED = sorted(wheels.read_lock(wheels.LOCK))
PACK = wheels.PACKAGE / "jurisdictions/kz"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheels of what is installed here, and a lock of their hashes: no network is asked."""
    folder = tmp_path_factory.mktemp("house")
    lines = [f"{name}=={distribution(name).version} --hash=sha256:{_wheel(folder, name)}\n" for name in LOCKED]  # fmt: skip
    (folder / "lock.txt").write_text("".join(lines))
    return folder


def _wheel(folder: Path, name: str) -> str:
    data = wheels.zipped(dict(_files(name)))
    (folder / f"{name.replace('-', '_')}-1-py3-none-any.whl").write_bytes(data)
    return sha256(data).hexdigest()


def _files(name: str) -> Iterator[tuple[str, bytes]]:
    for file in distribution(name).files or ():
        if ".." not in file.parts and "__pycache__" not in file.parts:
            yield str(file), Path(str(file.locate())).read_bytes()


def made(folder: Path, house: Path, **changed: object) -> Manifest:
    wanted = {"version": 7, "pack": str(PACK), "wheelhouse": house, "drafts": True}
    return build(folder, **{**wanted, "lock": house / "lock.txt", **changed})  # type: ignore[arg-type]


def test_texts_that_nobody_has_read_are_refused(house: Path, tmp_path: Path) -> None:
    with pytest.raises(KioskRefusedError, match="text_drafts"):
        made(tmp_path / "kiosk", house, drafts=False)
    assert list(tmp_path.iterdir()) == []


def test_a_wheel_with_another_hash_is_refused(house: Path, tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(f"segno==1.6.6 --hash=sha256:{'0' * 64}\n")

    with pytest.raises(KioskRefusedError, match="wheel_hash"):
        made(tmp_path / "kiosk", house, lock=lock)


def test_a_wheel_that_is_missing_or_there_twice_is_refused(house: Path, tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(f"nobody-has-it==1 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(KioskRefusedError, match="no_wheel"):
        made(tmp_path / "kiosk", house, lock=lock)

    several = Path(copytree(house, tmp_path / "several"))
    (several / "segno-2-py3-none-any.whl").write_bytes(b"")
    with pytest.raises(KioskRefusedError, match="two_wheels"):
        made(tmp_path / "kiosk", several)


def test_a_folder_with_something_in_it_is_refused(house: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    with pytest.raises(KioskRefusedError, match="not_empty"):
        made(tmp_path, house)
    assert (tmp_path / "file").read_text() == "mine"


def test_two_builds_give_the_same_bytes(house: Path, tmp_path: Path) -> None:
    """In other folders, with another mask, time zone and language."""
    kept = Path(copytree(PACK, tmp_path / "pack"))
    words: list[str | Path] = ["kiosk", "build", "--drafts", "--pack", kept, "--wheels", house]
    states = {"one": ("077", "Asia/Almaty", "C.UTF-8"), "two/deeper": ("002", "UTC", "C")}
    for name, (mask, zone, locale) in states.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        line = f'umask {mask}; exec "$0" -m arasha "$@"'
        environment = {"PATH": os.environ["PATH"], "TZ": zone, "LC_ALL": locale}
        subprocess.run(
            ["sh", "-c", line, sys.executable, *words, tmp_path / name, "--lock", house / "lock.txt"],
            env=environment, cwd=wheels.CHECKOUT, check=True, capture_output=True,
        )  # fmt: skip

    one, two = (listing(tmp_path / name) for name in states)
    assert one == two
    assert len(one) > 100


def listing(folder: Path) -> dict[str, tuple[str, int, float]]:
    """All that a copy of the folder would carry: bytes, rights, times."""
    return {
        path.relative_to(folder).as_posix(): (
            sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
            path.stat().st_mode,
            path.stat().st_mtime,
        )
        for path in [folder, *folder.rglob("*")]
    }


def test_the_manifest_names_every_file_and_no_path_of_this_machine(
    house: Path, tmp_path: Path
) -> None:
    manifest = made(tmp_path / "kiosk", house)

    assert (tmp_path / "kiosk" / MANIFEST).read_bytes() == manifest.to_json()
    found = {path for path in listing(tmp_path / "kiosk") if (tmp_path / "kiosk" / path).is_file()}
    assert found - {MANIFEST} == set(manifest.files)
    for path in found:
        assert str(tmp_path).encode() not in (tmp_path / "kiosk" / path).read_bytes()


def test_our_own_wheel_holds_nothing_of_the_server_and_nothing_that_opens(
    house: Path, tmp_path: Path
) -> None:
    made(tmp_path / "kiosk", house)
    with zipfile.ZipFile(next((tmp_path / "kiosk/wheels").glob("arasha-*.whl"))) as wheel:
        names = wheel.namelist()

    packages = {name.split("/")[1] for name in names if name.startswith("arasha/")}
    assert not packages & {"appeals", "cases", "config", "gateway", "worlds", "journal"}
    assert not [name for name in names if "reader" in name or "officekey" in name]


@pytest.mark.parametrize(
    "words", [["terminal", "--help"], ["kiosk", "verify", "--help"], ["trust", "check", "--help"]]
)
def test_the_program_starts_from_the_build_alone(
    house: Path, tmp_path: Path, words: list[str]
) -> None:
    made(tmp_path / "kiosk", house)
    unpack(tmp_path / "kiosk")

    done = subprocess.run(
        [which("python3.11") or sys.executable, "-I", "-S", tmp_path / "kiosk/bin/arasha", *words],
        cwd="/", env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "usage: arasha" in done.stdout
    assert not list((tmp_path / "kiosk").rglob("*.pyc"))


# Spoken help


@pytest.fixture(scope="module")
def small_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The country's pack with three sounds: a text of a page, title and text of a right."""
    folder = Path(copytree(PACK, tmp_path_factory.mktemp("pack") / "kz"))
    (folder / "texts/help.toml").unlink()
    about = 'author = "A"\nstate = "draft"\ndate = 2026-11-22\n'
    words = 'kk = "Көмек"\nru = "Помощь"\nen = "Help"\n'
    for file, keys in {"terminal": ["about.text"], "rights": ["a.title", "a.text"]}.items():
        texts = "".join(f"\n[{key}]\n{words}" for key in keys)
        (folder / f"texts/{file}.toml").write_text(about + texts, encoding="utf-8")
    return folder


@pytest.mark.skipif(which("espeak-ng") is None, reason="apt-get install espeak-ng opus-tools")
def test_each_text_is_spoken_in_each_language_and_twice_the_same(
    small_pack: Path, tmp_path: Path
) -> None:
    pack = load(small_pack)
    for name in ("one", "two"):
        assert len(audio.speak(tmp_path / name, pack)) == 9

    one, two = (
        {
            p.relative_to(tmp_path / n).as_posix(): p.read_bytes()
            for p in (tmp_path / n).rglob("*.*")
        }
        for n in ("one", "two")
    )
    assert one == two
    assert {path[:2] for path in one} == {"kk", "ru", "en", "in"}
    assert all(data.startswith(b"OggS") for path, data in one.items() if path != "index.json")
    assert audio.speak(tmp_path / "one", pack) == []


def spoken_by_hand(folder: Path, pack: Path, *, state: str, words: str = "") -> Path:
    """A folder of audio as people fill it, with the form of a sound only."""
    texts: dict[str, dict[str, object]] = {}
    for each, _text in audio.texts_of(load(pack)):
        said = {"words": words or each.words, "state": state}
        texts.setdefault(each.language, {})[each.key] = said
        (folder / each.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / each.path).write_bytes(b"OggS")
    (folder / audio.INDEX).write_text(json.dumps({"v": audio.VERSION, "texts": texts}))
    return folder


def test_a_sound_that_says_other_words_than_the_screen_is_refused(
    small_pack: Path, tmp_path: Path
) -> None:
    spoken = spoken_by_hand(tmp_path, small_pack, state="read", words="0" * 64)

    with pytest.raises(KioskRefusedError, match="audio_old"):
        audio.check(spoken, load(small_pack), drafts=True)


def test_a_machine_s_voice_is_a_draft_that_no_real_build_takes(
    small_pack: Path, tmp_path: Path
) -> None:
    spoken = spoken_by_hand(tmp_path, small_pack, state="draft")

    with pytest.raises(KioskRefusedError, match="audio_draft"):
        audio.check(spoken, load(small_pack), drafts=False)
    assert len(audio.check(spoken, load(small_pack), drafts=True)) == 10


def test_what_a_person_has_read_aloud_is_taken_and_a_missing_file_is_told(
    small_pack: Path, tmp_path: Path
) -> None:
    spoken = spoken_by_hand(tmp_path, small_pack, state="read")
    assert len(audio.check(spoken, load(small_pack), drafts=False)) == 10
    next(spoken.rglob("*.ogg")).unlink()

    with pytest.raises(KioskRefusedError, match="no_sound"):
        audio.check(spoken, load(small_pack), drafts=False)
