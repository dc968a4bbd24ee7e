"""What the terminal remembers of the world between two starts: recipient sets, checkpoints."""

import datetime as dt
import json
import logging

from arasha.engines.notes import MalformedError, UntrustedNoteError, VerifierKey, open_note
from arasha.engines.translog import EMPTY_ROOT, Checkpoint
from arasha.programs.terminal.directory import EMPTY, Directory
from arasha.programs.terminal.gateway import Gateway, RefusedError
from arasha.wire.client import AnswerTooLongError, Client, UnreachableError
from arasha.wire.keyfile import Device
from arasha.wire.spool import Spool, SpoolFullError

REFRESH_AFTER = dt.timedelta(minutes=10)

log = logging.getLogger(__name__)


class Knowledge:
    """Kept in the spool's facts, so that a terminal without a line still knows whom it serves."""

    def __init__(self, spool: Spool, device: Device) -> None:
        self._spool = spool
        self._device = device
        self._refreshed_at: dt.datetime | None = None
        noted = spool.noted("directory")
        self.directory = Directory.parse(json.loads(noted)) if noted else EMPTY

    def refresh(self, gateway: Gateway, public: Client, *, at: dt.datetime) -> None:
        """Ask for newer sets and a newer checkpoint, at most every ten minutes; no failure matters."""
        if self._refreshed_at and abs(at - self._refreshed_at) < REFRESH_AFTER:
            return
        try:
            self.learn_sets(gateway)
            self._refreshed_at = at
            self.learn_checkpoint(public, day=at.date())
        except (UnreachableError, AnswerTooLongError, RefusedError, SpoolFullError) as error:
            log.info("nothing new was learned yet, and it will be asked again: %s", error)
        except (MalformedError, UntrustedNoteError) as error:
            log.warning("nothing new was learned: %s", error)

    def learn_sets(self, gateway: Gateway) -> None:
        later = Directory.parse(gateway.sets())
        self.directory = self.directory.followed_by(later, pinned=self._device.roots)
        self._spool.note("directory", self.directory.to_json())

    def learn_checkpoint(self, public: Client, *, day: dt.date) -> None:
        """Remember the log's checkpoint of this day, and the last one of a day before."""
        answer = public.ask("GET", "/log/checkpoint")
        if answer.status != 200:
            return
        newest = _read(answer.body.decode("utf-8", "replace"), self._device.log)
        known_day, known = self._noted("checkpoint")
        if known and newest.size < known.size:
            raise UntrustedNoteError("the log shows a smaller tree than it signed before")
        if known and known_day < day.isoformat():
            self._spool.note("checkpoint before", json.dumps([known_day, str(known)]))
        self._spool.note("checkpoint", json.dumps([day.isoformat(), str(newest)]))

    def checkpoint_before(self, day: dt.date) -> Checkpoint:
        """Return the newest checkpoint seen on a day before `day`; an empty tree if there is none."""
        for name in ("checkpoint", "checkpoint before"):
            seen_on, checkpoint = self._noted(name)
            if checkpoint and seen_on < day.isoformat():
                return checkpoint
        origin = self._device.log.name if self._device.log else "unknown"
        return Checkpoint(origin, 0, EMPTY_ROOT)

    def _noted(self, name: str) -> tuple[str, Checkpoint | None]:
        noted = self._spool.noted(name)
        if noted is None:
            return "", None
        seen_on, text = json.loads(noted)
        return seen_on, Checkpoint.parse(text)


def _read(note: str, log_key: VerifierKey | None) -> Checkpoint:
    if log_key is None:
        raise UntrustedNoteError("the device file pins no log")
    return Checkpoint.parse(open_note(note.encode(), [log_key]))
