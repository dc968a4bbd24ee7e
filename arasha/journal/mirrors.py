"""A log as a mirror serves it: the same files as in our own folder, by HTTP. Nothing in it is believed."""

from dataclasses import dataclass, field
from typing import Protocol

from arasha.engines.notes import MalformedError, Note, parse_note
from arasha.engines.translog import Tile, entry_bundle, read_entry_bundle
from arasha.engines.translog.tiles import WIDTH
from arasha.journal.errors import LogDamagedError
from arasha.journal.folder import CHECKPOINT, CODES, CodeLine
from arasha.wire.client import AnswerTooLongError, Client, UnreachableError

FOUND, MISSING = 200, 404


class Published(Protocol):
    """What a folder of the log and a mirror of it have in common."""

    def checkpoint(self) -> Note | None: ...
    def read(self, tile: Tile) -> bytes: ...
    def codes(self, prefix: str) -> list[CodeLine]: ...


@dataclass
class Mirror:
    """The files below an address. Every method raises LogDamagedError if they cannot be had."""

    address: str
    _codes: dict[str, list[CodeLine]] = field(default_factory=dict)

    def checkpoint(self) -> Note | None:
        body = self._fetch(CHECKPOINT)
        try:
            return None if body is None else parse_note(body)
        except MalformedError as error:
            raise LogDamagedError(fault=f"{self.address} shows no checkpoint: {error}") from error

    def read(self, tile: Tile) -> bytes:
        """A bundle of entries, cut from the full one where that has replaced it."""
        for width in (tile.width, WIDTH):
            body = self._fetch(Tile(tile.level, tile.index, width).path)
            if body is not None:
                return entry_bundle(_entries(body, tile)[: tile.width])
        raise LogDamagedError(fault=f"{self.address} has no {tile.path}")

    def codes(self, prefix: str) -> list[CodeLine]:
        if prefix not in self._codes:
            body = self._fetch(f"{CODES}/{prefix}") or b""
            try:
                lines = body.decode("ascii").splitlines()
                self._codes[prefix] = [CodeLine.parse(line) for line in lines]
            except ValueError:
                self._codes[prefix] = []  # only the day is lost: the entries say the rest
        return self._codes[prefix]

    def _fetch(self, name: str) -> bytes | None:
        try:
            answer = Client(self.address).ask("GET", f"/{name}")
        except (UnreachableError, AnswerTooLongError) as error:
            raise LogDamagedError(fault=str(error)) from error
        if answer.status not in (FOUND, MISSING):
            raise LogDamagedError(fault=f"{self.address}/{name} answers {answer.status}")
        return answer.body if answer.status == FOUND else None


def _entries(body: bytes, tile: Tile) -> list[bytes]:
    try:
        entries = read_entry_bundle(body)
    except MalformedError as error:
        raise LogDamagedError(fault=f"{tile.path}: {error}") from error
    if len(entries) < tile.width:
        raise LogDamagedError(fault=f"{tile.path} has {len(entries)} entries")
    return entries
