"""What the terminal remembers of the world between two starts: whom to believe, checkpoints, replies."""

import datetime as dt
import json
import logging
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import TypeVar

from arasha.engines.channel.directory import read_directory
from arasha.engines.channel.pages import REPLY_DAYS, TAG_BYTES, Kind, Record
from arasha.engines.notes import MalformedError, UntrustedNoteError, VerifierKey, open_note
from arasha.engines.translog import EMPTY_ROOT, Checkpoint
from arasha.packs import Pack
from arasha.programs.terminal.directory import EMPTY, Directory, Offer
from arasha.programs.terminal.stream import Stream
from arasha.wire.ingest import IngestKey, key_of
from arasha.wire.keyfile import Device
from arasha.wire.spool import Spool, SpoolFullError
from arasha.wire.trust import Held, first, follow
from arasha.wire.trust.errors import TrustRefusedError, Why
from arasha.wire.trust.names import STAMP

REPLY_BYTES = 8_392  # a reply as an age file to a mailbox
REPLIES_LAST = dt.timedelta(days=REPLY_DAYS)
# 70,000 appeals a year with word of five states and two letters each are 537,000 in these days.
MOST_REPLIES = 600_000
A_REPLY_TAKES = 9_000  # bytes of the disk, half of which they may fill
MOST_TRUST_BYTES = 16 * 1024 * 1024
# What people write needs the room more than what comes down, which can be read later.
ROOM_FOR_FILINGS = 256 * 1024 * 1024  # bytes
WHOLE = "read to the end"

log = logging.getLogger(__name__)
T = TypeVar("T")


class Knowledge:
    """Kept in the spool, so that a terminal without a line still knows whom it serves."""

    def __init__(self, spool: Spool, device: Device, *, demo: bool) -> None:
        """Raises TrustRefusedError if the device pins a demo's root and this is none."""
        self._spool = spool
        self._device = device
        self._demo = demo
        self._missing = ""
        pinned = first(device.root, demo=demo)
        pin = sha256(device.root).hexdigest()
        self.stream = Stream(spool)
        # Whoever pins another root begins anew, and so does whoever lost what it knew.
        is_same = spool.noted("pin") == pin
        self.trust = self._remembered("trust", Held.parse_whole, pinned) if is_same else pinned
        self.directory = self._remembered("directory", self._directory, EMPTY) if is_same else EMPTY
        if pinned == self.trust or self.directory is EMPTY:
            spool.note(WHOLE, "")
            self.stream.read_again()
        self.is_whole = bool(spool.noted(WHOLE))
        if not is_same:  # a full disk keeps no terminal from starting
            spool.note("pin", pin)

    def ingest_key(self, day: dt.date) -> IngestKey | None:
        """The key to seal to, or None while the root of trust has named none.

        A clock that was set back does not bring back an old key, which may be destroyed.
        """
        return key_of(self.trust.ingest_keys(), day=max(day, self.trust.said_on() or day))

    def take(self, page: bytes, *, day: dt.date) -> bool:
        """Learn from the page that was asked for. Nothing is believed because it stands there.

        Returns whether it was full, so that there is another one.
        """
        if self._spool.free_bytes() < ROOM_FOR_FILINGS and self.is_whole:
            log.warning("the disk is nearly full: what comes down is read later")
            return False
        start, number = self.stream.position, self.stream.page
        records = self.stream.read(page)
        try:
            self._learn(records, start, day)
            if self.stream.page == number:
                self._came_to_the_end()
            self.stream.remember()
        except SpoolFullError as error:
            log.warning("%s", error)
            self.stream.forget_since()
        return self.stream.page > number

    def offers(self, pack: Pack, *, today: dt.date) -> list[Offer]:
        """Whom one can write to, also while the line is down; nobody until the stream was read to its end."""
        if not self.is_whole:
            return []
        return self.directory.offers(self.trust, pack, day=self.rules_day(today))

    def replies(self, tags: Iterable[bytes]) -> dict[bytes, bytes]:
        """The sealed replies that came down with these tags."""
        return self._spool.replies(tags)

    def is_duty_line(self, set_id: str, pack: Pack) -> bool:
        """Whether this is the set of a duty line."""
        return self.directory.is_duty_line(set_id, self.trust, pack)

    def rules_day(self, today: dt.date) -> dt.date:
        """The day whose rules count: the last one that was signed for, whatever this clock says."""
        return self.trust.said_on() or today

    def is_old(self, offer: Offer, *, at: dt.datetime, today: dt.date) -> bool:
        """Whether an offer is to be marked: its days are over, or nobody has confirmed it lately."""
        return not (offer.recipients.is_valid_on(today) and self.trust.is_fresh_at(at))

    def checkpoint_before(self, day: dt.date) -> Checkpoint:
        """Return the newest checkpoint seen on a day before `day`; an empty tree if there is none."""
        for name in ("checkpoint", "checkpoint before"):
            seen_on, checkpoint = self._noted(name)
            if checkpoint and seen_on < day.isoformat():
                return checkpoint
        origin = next((key.name for key in self.trust.log_keys()), "unknown")
        return Checkpoint(origin, 0, EMPTY_ROOT)

    def _came_to_the_end(self) -> None:
        """What is known is what is in force: keys and readers of before were replaced on the way here."""
        self._look_for_what_is_missing()
        if not self.is_whole and self.trust.ingest_keys() and self.directory is not EMPTY:
            self._spool.note(WHOLE, "yes")
            self.is_whole = True

    def _learn(self, records: list[Record], start: int, day: dt.date) -> None:
        by_kind: dict[int, list[bytes]] = {}
        for record in records:
            by_kind.setdefault(record.kind, []).append(record.body)
        if files := dict(map(_named, by_kind.get(Kind.TRUST, []))):
            self._learn_trust(files, start)
        self._learn_replies(by_kind.get(Kind.REPLY, []), day)
        for note in by_kind.get(Kind.DIRECTORY, [])[-1:]:
            self._learn_directory(note)
        for note in by_kind.get(Kind.CHECKPOINT, [])[-1:]:
            self._learn_checkpoint(note, day)

    def _learn_trust(self, files: dict[str, bytes], position: int) -> None:
        """Follow the root of trust. What is refused is logged, and what was held stands."""
        self._spool.keep_trust_files(files, position=position)
        followed = follow(self.trust, self._spool.trust_file, demo=self._demo)
        self._say(followed.refused)
        if followed.held != self.trust:
            self._spool.note("trust", followed.held.to_json())
            self.trust = followed.held
        others = (each for each in followed.refused if each.why is not Why.ROLLED_BACK)
        self._missing = "; ".join(map(str, others))
        if not followed.refused and files.get(STAMP) == self.trust.timestamp:
            self._spool.forget_trust_files(before=position)
        elif self._spool.trust_file_bytes() > MOST_TRUST_BYTES:
            self._spool.forget_trust_files(before=position + 1)
            self._missing += "; more files than any root of trust has"

    def _say(self, refused: Iterable[TrustRefusedError]) -> None:
        """What is on its way, on the next page, is no refusal: that it is waited for is said once."""
        for refusal in refused:
            if refusal.why is not Why.MISSING:
                log.warning("not believed: %s", refusal)
            elif str(refusal) not in self._missing:
                log.info("reading on, for what is still to come: %s yet", refusal.detail)

    def _look_for_what_is_missing(self) -> None:
        """What is not believed stood perhaps on a page that was spoilt: all is read again, once for each fault."""
        if self._missing and self._missing != self._spool.noted("read again for"):
            self._spool.note("read again for", self._missing)
            self.stream.read_again()

    def _learn_replies(self, bodies: list[bytes], day: dt.date) -> None:
        replies = [
            (body[:TAG_BYTES], body[TAG_BYTES:])
            for body in bodies
            if len(body) == TAG_BYTES + REPLY_BYTES
        ]
        if replies:
            self._spool.keep_replies(replies, day=self.rules_day(day))
            self._forget_replies()

    def _forget_replies(self) -> None:
        """By signed days alone: this machine's clock, once wrong, would take away what people wait for."""
        said = self.trust.said_on()
        self._spool.forget_replies(
            came_before=said and said - REPLIES_LAST,
            most=min(MOST_REPLIES, self._spool.all_bytes() // 2 // A_REPLY_TAKES),
        )

    def _learn_directory(self, note: bytes) -> None:
        """An older one, which was read again, does not replace a newer one."""
        try:
            content = read_directory(note, self.trust.acknowledging_keys())
            found = Directory.parse(content, device=self._device.key)
        except (MalformedError, UntrustedNoteError) as error:
            log.warning("not believed: the directory: %s", error)
            return
        if found.said < self.directory.said:
            return
        self.directory = found
        self._spool.note("directory", json.dumps(content, ensure_ascii=False))

    def _learn_checkpoint(self, note: bytes, day: dt.date) -> None:
        """Remember the log's checkpoint of this day, and the last one of a day before."""
        try:
            newest = _read(note, self.trust.log_keys())
        except (MalformedError, UntrustedNoteError) as error:
            log.warning("not believed: a checkpoint: %s", error)
            return
        known_day, known = self._noted("checkpoint")
        if known and newest.size < known.size:
            return  # one that was read again
        if known and known_day < day.isoformat():
            self._spool.note("checkpoint before", json.dumps([known_day, str(known)]))
        self._spool.note("checkpoint", json.dumps([day.isoformat(), str(newest)]))

    def _directory(self, noted: str) -> Directory:
        return Directory.parse(json.loads(noted), device=self._device.key)

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


def _named(body: bytes) -> tuple[str, bytes]:
    """The name of a file of the root of trust, and the file."""
    end = 1 + body[0]
    return body[1:end].decode("utf-8", "replace"), body[end:]


def _seen(noted: str) -> tuple[str, Checkpoint | None]:
    seen_on, text = json.loads(noted)
    return dt.date.fromisoformat(seen_on).isoformat(), Checkpoint.parse(text)


def _read(note: bytes, log_keys: list[VerifierKey]) -> Checkpoint:
    if not log_keys:
        raise UntrustedNoteError("the root of trust names no log yet")
    return Checkpoint.parse(open_note(note, log_keys))
