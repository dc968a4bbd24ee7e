"""What people have given to this terminal, and how far it has come: nothing is lost, nothing goes twice."""

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from arasha.engines.channel.down import Became
from arasha.engines.channel.down import State as Told
from arasha.engines.channel.sending import Outgoing, Sending
from arasha.engines.channel.up import NO_LEAF, Kind, Look, Piece
from arasha.programs.terminal.counted import Counted, What
from arasha.programs.terminal.evidence import NotGenuineError, check_ack, check_proof
from arasha.programs.terminal.kept import Kept
from arasha.programs.terminal.order import Order
from arasha.programs.terminal.silence import Silence
from arasha.wire.spool import Item, Listed, Spool, SpoolFullError, State
from arasha.wire.trust import Held

HELD = "held"  # only in memory, because the disk is full
REFUSED, NOT_GENUINE, UNHEARD = "refused", "not_genuine", "unheard"
KEEP_AFTER_PROOF = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Saying:
    """What a bundle says of objects."""

    looks: tuple[Look, ...]
    pieces: tuple[Piece, ...]


class Delivery:
    """Keeps objects until they are proved, and brings them out."""

    def __init__(
        self, spool: Spool, trust: Callable[[], Held], *, is_urgent: Callable[[str], bool]
    ) -> None:
        """`is_urgent` tells of a recipient set's name whether it is that of a duty line."""
        self._kept = Kept(spool)
        self._trust = trust
        self._order = Order(is_urgent)
        self._silence = Silence(spool)
        self._counted = Counted()
        self._sending = Sending()
        self._problems: dict[bytes, str] = {}
        self._settled_by: dict[bytes, int] = {}  # object → the bundle whose answer settled it
        self._unwritten: set[bytes] = set()  # they arrived, and the full disk cannot note it
        self._line_problem: str | None = None
        self._lock = threading.RLock()  # the page's threads and the channel share all this
        for item in self._kept.waiting_filings():
            self._order.put_from_before(item)

    def keep(self, item: Item) -> Item:
        """Take an object over, durably if the disk allows it. Raises NoRoomError."""
        with self._lock:
            kept = self._kept.add(item)
            is_new = kept.state is State.KEPT and self._order.put(kept)
            if is_new and self._kept.is_held(kept.name):
                self._counted.add(What.HELD)
            return kept

    def filing(self, leaf: bytes) -> Item | None:
        with self._lock:
            return self._kept.filing(leaf)

    def files(self, leaf: bytes) -> list[Listed]:
        """The sealed files that follow a filing."""
        with self._lock:
            return self._kept.files(leaf)

    def status(self, leaf: bytes) -> dict[str, Any] | None:
        """Return state, problem and proof of a filing, and its files; None if it is not known here."""
        with self._lock:
            filing = self._kept.filing(leaf)
            if filing is None:
                return None
            return {
                "state": self._state(filing),
                "problem": self._problems.get(filing.name) or self._line_problem_of(filing),
                "proof": filing.proof,
                "attachments": {
                    each.file: self._file_state(each) for each in self._kept.files(leaf)
                },
            }

    def says(self, seq: int, *, room: int) -> Saying:
        """What bundle `seq` says, in at most `room` bytes of frames."""
        with self._lock:
            self._empty_memory()
            listed = self._kept.listed()
            on_the_way = self._offered(listed)
            asked = [*on_the_way, *self._order.asked(listed, aside=self._aside())]
            looks = tuple(_look(each) for each in asked)
            room -= sum(look.to_frame().size for look in looks)
            return Saying(looks, tuple(self._sending.take(seq, room=room)))

    def hear(self, seq: int, states: Iterable[Told]) -> None:
        """Learn what the answer to bundle `seq` tells of objects."""
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
        if (day := self._day()) is None:
            return
        self._silence.look_on(day)
        with self._lock:
            self._counted.tell(day)
            for name in self._kept.forget(proved_before=day - KEEP_AFTER_PROOF):
                self._problems.pop(name, None)
                self._settled_by.pop(name, None)
                self._unwritten.discard(name)
                self._no_longer_send(name)

    def _day(self) -> dt.date | None:
        """The last day that the freshness key has signed for."""
        return self._trust().said_on()

    def _empty_memory(self) -> None:
        try:
            self._kept.bring_to_disk(day=self._day())
        except SpoolFullError:
            self._counted.add(What.DISK_FULL)

    def _offered(self, listed: Sequence[Listed]) -> list[Listed]:
        """Let the first of those that wait go on their way."""
        aside = self._aside()
        waiting = [each for each in listed if each.waits and each.name not in aside]
        offered = self._order.on_the_way(waiting)
        for each in offered:
            if each.name not in self._sending and (item := self._kept.get(each.name)):
                rank = self._order.rank(each.name)
                self._sending.offer(Outgoing(item.name, item.kind, item.body, rank))
        return offered

    def _aside(self) -> set[bytes]:
        """What makes room for others though it waits; it is asked about in turn."""
        refused = {name for name, problem in self._problems.items() if problem == REFUSED}
        return refused | self._unwritten

    def _hear(self, seq: int, told: Told) -> None:
        found = self._kept.find(told.object)
        if found is None or seq < self._settled_by.get(told.object, 0):
            return
        try:
            self._learn(found, seq, told)
        except NotGenuineError:
            self._counted.add(What.NOT_GENUINE)
            self._problems[found.name] = NOT_GENUINE
        except SpoolFullError:
            self._counted.add(What.DISK_FULL)
            self._unwritten.add(found.name)
            self._sending.drop(found.name)  # it makes room for what has not arrived

    def _learn(self, found: Listed, seq: int, told: Told) -> None:
        """Raises NotGenuineError for an acknowledgement or a proof that is none, SpoolFullError."""
        self._unwritten.discard(found.name)
        if told.became in (Became.UNKNOWN, Became.PARTLY):
            self._problems.pop(found.name, None)
            if self._kept.reopen(found):
                self._counted.add(What.LOST)
            self._sending.hear(seq, told)
        elif told.became is Became.REFUSED:
            self._counted.add(What.REFUSED)
            self._problems[found.name] = REFUSED
            self._sending.drop(found.name)
        else:
            self._settle(found, told)
            self._settled_by[found.name] = seq
            self._problems.pop(found.name, None)
            self._no_longer_send(found.name)

    def _settle(self, found: Listed, told: Told) -> None:
        if told.became is Became.KEPT:
            if found.kind is Kind.FILING:
                check_ack(told.content, found.leaf, self._trust())
            self._kept.acknowledge(found.name, day=self._day())
        else:
            is_proved = told.became is Became.PROVED
            proof = check_proof(told.content, found.leaf, self._trust()) if is_proved else None
            self._kept.prove(found.name, proof, day=self._day())

    def _no_longer_send(self, name: bytes) -> None:
        self._order.drop(name)
        self._sending.drop(name)

    def _state(self, filing: Item) -> str:
        if filing.state is State.KEPT and filing.name in self._unwritten:
            return State.ACKNOWLEDGED.value
        is_held = filing.state is State.KEPT and self._kept.is_held(filing.name)
        return HELD if is_held else filing.state.value

    def _file_state(self, file: Listed) -> str:
        if not file.waits or file.name in self._unwritten:
            return "arrived"
        return REFUSED if self._problems.get(file.name) == REFUSED else State.KEPT.value

    def _line_problem_of(self, item: Item) -> str | None:
        if item.state is not State.KEPT or item.name in self._unwritten:
            return None
        return self._line_problem or (UNHEARD if self._silence.is_long else None)


def _look(each: Listed) -> Look:
    return Look(each.leaf if each.kind is Kind.FILING else NO_LEAF, each.name)
