"""The folder of sealed files. Another storage of Django's is a setting away, without code."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class DurableFolder(FileSystemStorage):
    """A file appears whole, stays after a power cut, and does not say at which minute it came.

    A name stands for one content: whoever saves it again changes nothing.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File[bytes]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as beside:
            try:
                for piece in content.chunks():
                    beside.write(piece)
                beside.flush()
                os.utime(beside.fileno(), (0, 0))
                os.fsync(beside.fileno())
            except BaseException:
                Path(beside.name).unlink()
                raise
        Path(beside.name).replace(target)
        os.utime(target.parent, (0, 0))
        for folder in (target.parent, target.parent.parent):
            _sync(folder)
        return name


def _sync(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
