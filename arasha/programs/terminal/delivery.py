"""What people have given to this terminal, and how far it has come: nothing is lost, nothing goes twice."""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from arasha.engines.channel.down import Became
from arasha.engines.channel.down import State as Told
from arasha.engines.channel.objects import FilingObject
from arasha.engines.channel.sending import Outgoing, Sending
from arasha.engines.channel.up import MOST_LOOKS, NO_LEAF, Kind, Look, Piece
from arasha.engines.sealing.filing import parse_filing
from arasha.programs.terminal.evidence import NotGenuineError, check_ack, check_proof
from arasha.programs.terminal.silence import Silence
from arasha.wire.spool import Item, Listed, Spool, SpoolFullError, State
from arasha.wire.trust import Held

HELD = "held"  # only in memory, because the disk is full
REFUSED, NOT_GENUINE, UNHEARD = "refused", "not_genuine", "unheard"
KEEP_AFTER_PROOF = dt.timedelta(days=30)
# Rank of an object: a call for help, then filings one after the other, then files in turns.
DANGER, FILINGS, FROM_BEFORE, FILES = 0, 1, 2**30, 2**31
MOST_IN_MEMORY = 16 * 1024 * 1024  # bytes of what is on its way; the next ones follow
# Asked about in one bundle, besides all that is on its way.
ASKED_WAITING, ASKED_SETTLED, ASKED_REFUSED = 16, 1, 4
MOST_ON_THE_WAY = MOST_LOOKS - ASKED_WAITING - ASKED_SETTLED - ASKED_REFUSED

log = logging.getLogger(__name__)


class NoRoomError(Exception):
    """The disk is full, and memory holds as much as it may."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What a bundle says of objects."""

    looks: tuple[Look, ...]
    pieces: tuple[Piece, ...]


class Delivery:
    """Keeps objects in the spool, or in memory while the disk is full, until they are proved."""

    def __init__(
        self,
        spool: Spool,
        trust: Callable[[], Held],
        *,
        is_urgent: Callable[[str], bool],
    ) -> None:
        """`is_urgent` tells of a recipient set's name whether it is that of a duty line."""
        self._spool = spool
        self._trust = trust
        self._is_urgent = is_urgent
        self._silence = Silence(spool)
        self._sending = Sending()
        self._held: dict[bytes, Item] = {}
        # On the disk there is no order, which would tell who wrote when.
        self._ranks: dict[bytes, int] = {}
        self._turn = count(FILINGS)
        self._looked = 0
        self._problems: dict[bytes, str] = {}
        self._settled_by: dict[bytes, int] = {}  # object → the bundle whose answer settled it
        self._line_problem: str | None = None
        self._lock = threading.RLock()  # the page's threads and the channel share all this
        self._begin_again()

    def keep(self, item: Item) -> Item:
        """Take an object over, durably if the disk allows it. Raises NoRoomError."""
        with self._lock:
            found = [each for each in self._held.values() if _is_same(each, item)]
            kept = found[0] if found else self._keep(item)
            if kept.name not in self._ranks:
                self._ranks[kept.name] = self._rank(kept)
            return kept

    def filing(self, leaf: bytes) -> Item | None:
        with self._lock:
            held = (each for each in self._held.values() if each.kind is Kind.FILING)
            found = next((each for each in held if each.leaf == leaf), None)
        return found or self._spool.filing(leaf)

    def files(self, leaf: bytes) -> list[Listed]:
        """The sealed files that follow a filing."""
        with self._lock:
            held = [each.listed for each in self._held.values() if each.leaf == leaf]
        listed = [*held, *self._spool.listed_of(leaf)]
        return [each for each in listed if each.kind is Kind.ATTACHMENT]

    def status(self, leaf: bytes) -> dict[str, Any] | None:
        """Return state, problem and proof of a filing, and its files; None if it is not known here."""
        filing = self.filing(leaf)
        if filing is None:
            return None
        with self._lock:
            is_held = filing.name in self._held and filing.state is State.KEPT
            return {
                "state": HELD if is_held else filing.state.value,
                "problem": self._problems.get(filing.name) or self._line_problem_of(filing),
                "proof": filing.proof,
                "attachments": {each.file: self._file_state(each) for each in self.files(leaf)},
            }

    def says(self, seq: int, *, room: int) -> Saying:
        """What bundle `seq` says, in at most `room` bytes of frames."""
        with self._lock:
            self._empty_memory()
            listed = [*(each.listed for each in self._held.values()), *self._spool.listed()]
            on_the_way = self._offered(listed)
            asked = [*on_the_way, *self._asked(listed)]
            looks = tuple(_look(each) for each in asked)
            room -= sum(look.to_frame().size for look in looks)
            return Saying(looks, tuple(self._sending.take(seq, room=room)))

    def hear(self, seq: int, states: Iterable[Told]) -> None:
        """Learn what the answer to bundle `seq` tells of objects. Raises SpoolFullError."""
        with self._lock:
            for told in states:
                self._hear(seq, told)

    def heard_on(self, day: dt.date) -> None:
        """A gateway signed on that day that it has a bundle of ours, whatever it says of objects."""
        self._silence.end_on(day)

    def line_is(self, problem: str | None) -> None:
        """Everything that waits has this problem, or none."""
        self._line_problem = problem

    def tidy(self) -> None:
        """Destroy what was proved long ago, by days that were signed for. Raises SpoolFullError.

        This machine's clock may be years ahead, and what is destroyed does not come back.
        """
        if (day := self._day()) is not None:
            self._silence.look_on(day)
            self._spool.forget(proved_before=day - KEEP_AFTER_PROOF)

    def _day(self) -> dt.date | None:
        """The last day that the freshness key has signed for."""
        return self._trust().said_on()

    def _keep(self, item: Item) -> Item:
        try:
            return self._spool.keep(item)
        except SpoolFullError as error:
            if sum(len(each.body) for each in self._held.values()) > MOST_IN_MEMORY:
                raise NoRoomError from error
            log.warning("the disk is full: a sealed object is held in memory")
            self._held[item.name] = item
            return item

    def _empty_memory(self) -> None:
        for item in list(self._held.values()):
            try:
                self._spool.keep(item)
            except SpoolFullError as error:
                log.warning("%s", error)
                return
            del self._held[item.name]
            if item.state is State.ACKNOWLEDGED:
                self._spool.acknowledge(item.name, day=self._day())

    def _begin_again(self) -> None:
        """Nobody stands here any more for what an earlier start left behind, but a cry is a cry."""
        for each in self._spool.listed():
            if each.waits and each.kind is Kind.FILING:
                item = self._spool.get(each.name)
                is_cry = item is not None and self._rank(item) == DANGER
                self._ranks[each.name] = DANGER if is_cry else FROM_BEFORE

    def _rank(self, item: Item) -> int:
        if item.kind is not Kind.FILING:
            return FILES
        filing = parse_filing(FilingObject.parse(item.body).filing)
        return DANGER if self._is_urgent(filing.set_id) else next(self._turn)

    def _offered(self, listed: Iterable[Listed]) -> list[Listed]:
        """Let the first of those that wait go on their way, as many as memory holds."""
        waiting = [
            each for each in listed if each.waits and self._problems.get(each.name) != REFUSED
        ]
        waiting.sort(key=lambda each: (self._ranks.get(each.name, FILES), each.size, each.name))
        offered, room = list[Listed](), MOST_IN_MEMORY
        for each in waiting[:MOST_ON_THE_WAY]:
            room -= each.size
            if room < 0 and offered:
                break
            self._offer(each)
            offered.append(each)
        return offered

    def _offer(self, each: Listed) -> None:
        if each.name in self._sending:
            return
        item = self._held.get(each.name) or self._spool.get(each.name)
        if item is not None:
            rank = self._ranks.get(each.name, FILES)
            self._sending.offer(Outgoing(item.name, item.kind, item.body, rank))

    def _asked(self, listed: Sequence[Listed]) -> list[Listed]:
        """Of all others some in turn: is the proof there, is it lost, is it taken now?"""
        self._looked += 1
        arrived = [e for e in listed if e.state is State.ACKNOWLEDGED and e.kind is Kind.FILING]
        settled = [e for e in listed if not e.waits and e not in arrived]
        refused = [e for e in listed if self._problems.get(e.name) == REFUSED]
        return [
            *_in_turn(arrived, ASKED_WAITING, self._looked),
            *_in_turn(refused, ASKED_REFUSED, self._looked),
            *_in_turn(settled, ASKED_SETTLED, self._looked),
        ]

    def _hear(self, seq: int, told: Told) -> None:
        held = self._held.get(told.object)
        found = held.listed if held else self._spool.find(told.object)
        if found is None or seq < self._settled_by.get(told.object, 0):
            return
        try:
            self._learn(found, seq, told)
        except NotGenuineError as error:
            log.warning("%s", error)
            self._problems[found.name] = NOT_GENUINE

    def _learn(self, found: Listed, seq: int, told: Told) -> None:
        """Raises NotGenuineError for an acknowledgement or a proof that is none."""
        if told.became in (Became.UNKNOWN, Became.PARTLY):
            self._problems.pop(found.name, None)
            self._reopen(found)
            self._sending.hear(seq, told)
        elif told.became is Became.REFUSED:
            log.warning("the gateway refuses something: %r", told.content[:80])
            self._problems[found.name] = REFUSED
            self._sending.drop(found.name)
        else:
            self._settle(found, told)
            self._settled_by[found.name] = seq
            self._problems.pop(found.name, None)
            self._ranks.pop(found.name, None)
            self._sending.drop(found.name)

    def _settle(self, found: Listed, told: Told) -> None:
        day, proof = self._day(), None
        if told.became is Became.KEPT and found.kind is Kind.FILING:
            check_ack(told.content, found.leaf, self._trust())
        elif told.became is Became.PROVED:
            proof = check_proof(told.content, found.leaf, self._trust())
        if (held := self._held.get(found.name)) is not None:
            # It stays in memory until the disk takes it: it has to outlive the proof.
            self._held[found.name] = replace(held, state=State.ACKNOWLEDGED)
        elif told.became is Became.KEPT:
            self._spool.acknowledge(found.name, day=day)
        else:
            self._spool.prove(found.name, proof, day=day)

    def _reopen(self, found: Listed) -> None:
        if not found.waits and found.name not in self._held:
            log.warning("the gateway has lost something that it had: it is sent again")
            self._spool.reopen(found.name)

    def _file_state(self, file: Listed) -> str:
        if not file.waits:
            return "arrived"
        return REFUSED if self._problems.get(file.name) == REFUSED else State.KEPT.value

    def _line_problem_of(self, item: Item) -> str | None:
        if item.state is not State.KEPT:
            return None
        return self._line_problem or (UNHEARD if self._silence.is_long else None)


def _is_same(one: Item, other: Item) -> bool:
    """Sealed again, a filing has another name, and is still the same filing."""
    are_filings = one.kind is other.kind is Kind.FILING
    return one.name == other.name or (are_filings and one.leaf == other.leaf)


def _look(each: Listed) -> Look:
    return Look(each.leaf if each.kind is Kind.FILING else NO_LEAF, each.name)


def _in_turn(listed: Sequence[Listed], most: int, turn: int) -> Sequence[Listed]:
    """Others each time, until all had their turn."""
    if len(listed) <= most:
        return listed
    start = turn * most % len(listed)
    return [*listed[start:], *listed[:start]][:most]
