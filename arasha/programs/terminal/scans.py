"""What the scanner at the terminal laid down: shown to the page, and destroyed when it was taken."""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from arasha.wire.loopback import json_answer
from arasha.wire.serving import Answer, Refusal, Request

MEDIA_TYPES = {
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".png": "image/png",
}
LARGEST = 64 * 1024 * 1024  # bytes of one file


class Scans:
    """A folder that a scanner writes into; it belongs on a disk in memory. None: there is no scanner."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def listing(self, _request: Request) -> Answer:
        return json_answer(
            [
                {
                    "name": path.name,
                    "size": path.stat().st_size,
                    "media_type": MEDIA_TYPES[path.suffix.lower()],
                }
                for path in self._files()
            ]
        )

    def one(self, _request: Request, name: str) -> Answer:
        found = next((path for path in self._files() if path.name == name), None)
        if found is None:
            raise Refusal(HTTPStatus.NOT_FOUND, "not_found")
        return Answer(found.read_bytes(), MEDIA_TYPES[found.suffix.lower()])

    def remove(self, _request: Request) -> Answer:
        self.destroy()
        return Answer(b"", "application/json", HTTPStatus.NO_CONTENT)

    def destroy(self) -> None:
        """Whatever lies there, also what no page could show."""
        for path in self._folder.iterdir() if self._folder else ():
            if path.is_file() or path.is_symlink():
                path.unlink()

    def _files(self) -> Iterator[Path]:
        for path in sorted(self._folder.iterdir()) if self._folder else ():
            is_plain = path.is_file() and not path.is_symlink()
            if is_plain and path.suffix.lower() in MEDIA_TYPES and path.stat().st_size <= LARGEST:
                yield path
