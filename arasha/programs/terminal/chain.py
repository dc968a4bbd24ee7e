"""The newest bundle of this terminal, on its disk before it is on the line.

Each bundle names the hash of the one before it, and one number may stand for one content only. So
the newest one is kept as it is: after a power cut it is sent again, byte for byte. What is written
is noise of one size, whatever the bundle says; the room for it is taken once, so that a full disk
does not break the chain.
"""

import logging
import os
import uuid
from pathlib import Path

from arasha.engines.channel.bundle import BUNDLE_BYTES, NONE_BEFORE, Bundle, Head, parse_bundle
from arasha.engines.channel.errors import ChannelError
from arasha.wire.keyfile import Device
from arasha.wire.spool import SpoolFullError

SLOTS = 2  # while one is being written, the other one holds the bundle before

log = logging.getLogger(__name__)


class Chain:
    """From enrolment to re-imaging."""

    def __init__(self, path: Path, device: Device) -> None:
        """Go on with the chain in this file, or begin one. Raises SpoolFullError."""
        self._path = path
        self._terminal = uuid.UUID(device.key)
        self._number = device.chain
        self._public = device.signer.verifier.public
        try:
            self._make_room()
            self.newest = self._read()
        except OSError as error:
            raise SpoolFullError(f"{path} cannot be written: {error}") from error

    @property
    def next_seq(self) -> int:
        return self.newest.head.seq + 1 if self.newest else 1

    def head(self, key_id: bytes) -> Head:
        """The head of the next bundle."""
        before = self.newest.sha256() if self.newest else NONE_BEFORE
        return Head(self._terminal, self._number, self.next_seq, before, key_id)

    def add(self, bundle: Bundle) -> None:
        """Make it the newest, durably. Raises SpoolFullError if the disk fails."""
        try:
            with self._path.open("r+b") as file:
                file.seek(bundle.head.seq % SLOTS * BUNDLE_BYTES)
                file.write(bundle.to_bytes())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise SpoolFullError(f"{self._path} cannot be written: {error}") from error
        self.newest = bundle

    def _make_room(self) -> None:
        if self._path.exists() and self._path.stat().st_size == SLOTS * BUNDLE_BYTES:
            return
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.posix_fallocate(handle, 0, SLOTS * BUNDLE_BYTES)
            os.fsync(handle)
            os.fsync(folder)
        finally:
            os.close(handle)
            os.close(folder)

    def _read(self) -> Bundle | None:
        with self._path.open("rb") as file:
            # Who wrote it may have been killed before its sync, and now it is sent again.
            os.fsync(file.fileno())
            data = file.read()
        slots = [data[at : at + BUNDLE_BYTES] for at in range(0, len(data), BUNDLE_BYTES)]
        found = [bundle for slot in slots if any(slot) and (bundle := self._own(slot))]
        if not found and any(data):
            log.warning("%s holds no bundle of chain %d: it begins", self._path, self._number)
        return max(found, key=lambda bundle: bundle.head.seq, default=None)

    def _own(self, slot: bytes) -> Bundle | None:
        """The bundle there, unless a power cut came into its writing or it is of another chain."""
        try:
            bundle = parse_bundle(slot)
            bundle.check(self._public)
        except ChannelError:
            return None
        head = bundle.head
        return bundle if (head.terminal, head.chain) == (self._terminal, self._number) else None
