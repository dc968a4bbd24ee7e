"""Makes the folder from which a terminal runs: the same bytes whoever builds it, and wherever."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from arasha.packs import load
from arasha.packs.files import folder_of
from arasha.programs.kiosk import audio, wheels
from arasha.programs.kiosk.folder import manifest_of, mode_of
from arasha.programs.kiosk.refusals import KioskRefusedError
from arasha.programs.terminal.texts import SHOWN
from arasha.wire.image import MANIFEST, Manifest

DEVICE = Path(__file__).parent / "device"
EARLIEST = 315_532_800  # 1980, the first second that every file system and archive knows


def build(
    folder: Path,
    *,
    version: int,
    pack: str,
    wheelhouse: Path,
    lock: Path = wheels.LOCK,
    audio_folder: Path | None = None,
    drafts: bool = False,
    epoch: int = EARLIEST,
) -> Manifest:
    """Write the folder and its manifest; nothing of it is signed yet. Raises KioskRefusedError.

    `drafts`: take texts and voices that no native speaker has read, for a demo. `epoch`: the time
    that all files bear.
    """
    if folder.exists() and any(folder.iterdir()):
        raise KioskRefusedError("not_empty", folder=folder)
    beside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    for path, data in _files(pack, wheelhouse, lock, audio_folder, drafts=drafts):
        _write(beside / path, data)
    manifest = manifest_of(beside, version=version)
    _write(beside / MANIFEST, manifest.to_json())
    _settle(beside, epoch)
    if folder.exists():
        folder.rmdir()
    beside.rename(folder)
    return manifest


def _files(
    pack: str, wheelhouse: Path, lock: Path, audio_folder: Path | None, *, drafts: bool
) -> Iterator[tuple[str, bytes]]:
    loaded = load(pack)
    unread = [text.key for text in loaded.drafts() if text.key.startswith(SHOWN)]
    if unread and not drafts:
        raise KioskRefusedError("text_drafts", count=len(unread), one=unread[0])
    for name, data in (wheels.own_wheel(), *wheels.chosen(wheelhouse, wheels.read_lock(lock))):
        yield f"wheels/{name}", data
    yield from _tree(folder_of(pack), "pack/")
    yield from _tree(DEVICE, "")
    if audio_folder is not None:
        for path, data in audio.check(audio_folder, loaded, drafts=drafts).items():
            yield f"audio/{path}", data


def _tree(folder: Path, into: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield into + path.relative_to(folder).as_posix(), path.read_bytes()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _settle(folder: Path, epoch: int) -> None:
    """Rights and times say nothing of who built it."""
    for path in sorted(folder.rglob("*"), reverse=True):
        name = path.relative_to(folder).as_posix()
        path.chmod(0o755 if path.is_dir() else mode_of(name))
        os.utime(path, (epoch, epoch))
    folder.chmod(0o755)
    os.utime(folder, (epoch, epoch))
