"""What the terminal remembers of the world between two starts: whom to believe, checkpoints."""

import datetime as dt
import json
import logging
from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from arasha.engines.notes import MalformedError, UntrustedNoteError, VerifierKey, open_note
from arasha.engines.translog import EMPTY_ROOT, Checkpoint
from arasha.packs import Pack
from arasha.programs.terminal.directory import EMPTY, Directory, Offer
from arasha.programs.terminal.gateway import Gateway, RefusedError
from arasha.wire.client import AnswerTooLongError, Client, UnreachableError
from arasha.wire.keyfile import Device
from arasha.wire.spool import Spool, SpoolFullError
from arasha.wire.trust import Held, first, follow

REFRESH_AFTER = dt.timedelta(minutes=10)

log = logging.getLogger(__name__)
T = TypeVar("T")


class Knowledge:
    """Kept in the spool's facts, so that a terminal without a line still knows whom it serves."""

    def __init__(self, spool: Spool, device: Device, *, demo: bool) -> None:
        """Raises TrustRefusedError if the device pins a demo's root and this is none."""
        self._spool = spool
        self._demo = demo
        self._refreshed_at: dt.datetime | None = None
        pinned = first(device.root, demo=demo)
        pin = sha256(device.root).hexdigest()
        # Whoever pins another root begins anew.
        is_same = spool.noted("pin") == pin
        self.trust = self._remembered("trust", Held.parse_whole, pinned) if is_same else pinned
        spool.note("pin", pin)
        self.directory = self._remembered("directory", _directory, EMPTY)

    def refresh(self, gateway: Gateway, public: Client, *, at: dt.datetime) -> None:
        """Ask for newer sets and a newer checkpoint, at most every ten minutes; no failure matters."""
        if self._refreshed_at and abs(at - self._refreshed_at) < REFRESH_AFTER:
            return
        try:
            self.learn_trust(gateway)
            self.learn_place(gateway)
            self._refreshed_at = at
            self.learn_checkpoint(public, day=at.date())
        except (UnreachableError, AnswerTooLongError, RefusedError, SpoolFullError) as error:
            log.info("nothing new was learned yet, and it will be asked again: %s", error)
        except (MalformedError, UntrustedNoteError) as error:
            log.warning("nothing new was learned: %s", error)

    def learn_trust(self, gateway: Gateway) -> None:
        """Follow the root of trust. What is refused is logged, and what was held stands."""
        followed = follow(self.trust, gateway.trust_file, demo=self._demo)
        for refusal in followed.refused:
            log.warning("not believed: %s", refusal)
        if followed.held != self.trust:
            self._spool.note("trust", followed.held.to_json())
            self.trust = followed.held

    def learn_place(self, gateway: Gateway) -> None:
        self.directory = Directory.parse(gateway.sets())
        self._spool.note("directory", self.directory.to_json())

    def offers(self, pack: Pack, *, today: dt.date) -> list[Offer]:
        """Whom one can write to, also while the line is down."""
        return self.directory.offers(self.trust, pack, day=self.rules_day(today))

    def rules_day(self, today: dt.date) -> dt.date:
        """The day whose rules count: the last one that was signed for, whatever this clock says."""
        return self.trust.said_on() or today

    def is_old(self, offer: Offer, *, at: dt.datetime, today: dt.date) -> bool:
        """Whether an offer is to be marked: its days are over, or nobody has confirmed it lately."""
        return not (offer.recipients.is_valid_on(today) and self.trust.is_fresh_at(at))

    def learn_checkpoint(self, public: Client, *, day: dt.date) -> None:
        """Remember the log's checkpoint of this day, and the last one of a day before."""
        answer = public.ask("GET", "/log/checkpoint")
        if answer.status != 200:
            return
        newest = _read(answer.body.decode("utf-8", "replace"), self.trust.log_keys())
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
        origin = next((key.name for key in self.trust.log_keys()), "unknown")
        return Checkpoint(origin, 0, EMPTY_ROOT)

    def _noted(self, name: str) -> tuple[str, Checkpoint | None]:
        unseen: tuple[str, Checkpoint | None] = ("", None)
        return self._remembered(name, _seen, unseen)

    def _remembered(self, fact: str, read: Callable[[str], T], otherwise: T) -> T:
        """What was noted; where the disk spoilt it, what a new terminal has: it learns anew."""
        noted = self._spool.noted(fact)
        if noted is None:
            return otherwise
        try:
            return read(noted)
        except (KeyError, TypeError, ValueError, RecursionError, AttributeError) as error:
            log.warning("what was noted as %r is spoilt: %r", fact, error)
            return otherwise


def _directory(noted: str) -> Directory:
    return Directory.parse(json.loads(noted))


def _seen(noted: str) -> tuple[str, Checkpoint | None]:
    seen_on, text = json.loads(noted)
    return dt.date.fromisoformat(seen_on).isoformat(), Checkpoint.parse(text)


def _read(note: str, log_keys: list[VerifierKey]) -> Checkpoint:
    if not log_keys:
        raise UntrustedNoteError("the root of trust names no log yet")
    return Checkpoint.parse(open_note(note.encode(), log_keys))
