"""The loop that brings sealed filings out: it gives nothing up and files nothing twice."""

import datetime as dt
import logging
import math
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

from arasha.programs.terminal.gateway import Gateway, RefusedError
from arasha.wire.client import AnswerTooLongError, UnreachableError, delays
from arasha.wire.clock import Clock
from arasha.wire.spool import Item, Spool, SpoolFullError, State

HELD = "held"  # only in memory, because the disk is full
KEEP_AFTER_PROOF = dt.timedelta(days=30)
FIRST_WAIT, LONGEST_WAIT = 1, 300  # seconds

log = logging.getLogger(__name__)


class Delivery:
    """Keeps filings in the spool, or in memory while the disk is full, and brings them out."""

    def __init__(
        self, spool: Spool, gateway: Gateway, *, clock: Clock, jitter: Callable[[], float]
    ) -> None:
        self._spool = spool
        self._gateway = gateway
        self._clock = clock
        self._jitter = jitter
        self._held: dict[bytes, Item] = {}
        # A call for help goes before its appeal. On the disk there is no order, which would tell who wrote when.
        self._turns: dict[bytes, int] = {}
        self._turn = count()
        self._problems: dict[bytes, str] = {}
        self._line_is_down = False
        self._is_stopped = False
        self._wake = threading.Event()
        self._lock = threading.Lock()  # the page's threads and the loop share what is held

    def keep(self, item: Item) -> Item:
        """Take a filing over, durably if the disk allows it, and send it soon."""
        with self._lock:
            self._turns.setdefault(item.leaf_hash, next(self._turn))
            kept = self._held.get(item.leaf_hash) or self._keep(item)
        self._wake.set()
        return kept

    def status(self, leaf_hash: bytes) -> dict[str, str | None] | None:
        """Return state, problem and proof of a filing; None if it is not known here."""
        with self._lock:
            held = self._held.get(leaf_hash)
        item = held or self._spool.get(leaf_hash)
        if item is None:
            return None
        state = HELD if held and item.state is State.KEPT else item.state.value
        # Somebody is looking at the slip: look for the proof now, but do not hammer a dead line.
        if state == State.ACKNOWLEDGED and not self._line_is_down:
            self._wake.set()
        return {"state": state, "problem": self._problems.get(leaf_hash), "proof": item.proof}

    def run(self, also: Callable[[], None]) -> None:
        """Work until stopped; `also` is done once in each round."""
        waits = self._waits()
        while not self._is_stopped:
            also()
            if self.round():
                waits = self._waits()
            self._wake.wait(next(waits))
            self._wake.clear()

    def stop(self) -> None:
        self._is_stopped = True
        self._wake.set()

    def round(self) -> bool:
        """Try once to bring everything a step further. Returns whether anything moved."""
        self._problems.clear()
        try:
            self._empty_memory()
            moved = [self._file(item) for item in self._waiting()]
            moved += [self._prove(item) for item in self._spool.in_state(State.ACKNOWLEDGED)]
            self._spool.forget(proved_before=self._clock().date() - KEEP_AFTER_PROOF)
        except UnreachableError as error:
            log.info("%s", error)
            self._line_is_down = True
            return False
        except SpoolFullError as error:
            log.warning("%s", error)
            return False
        self._line_is_down = False
        return any(moved)

    def _keep(self, item: Item) -> Item:
        try:
            return self._spool.keep(item)
        except SpoolFullError:
            log.warning("the disk is full: a sealed filing is held in memory")
            self._held[item.leaf_hash] = item
            return item

    def _empty_memory(self) -> None:
        with self._lock:
            for item in list(self._held.values()):
                del self._held[item.leaf_hash]
                self._keep(item)
                if item.ack is not None and item.leaf_hash not in self._held:
                    self._spool.acknowledge(item.leaf_hash, item.ack)

    def _waiting(self) -> list[Item]:
        with self._lock:
            held = [item for item in self._held.values() if item.state is State.KEPT]
            turns = dict(self._turns)
        waiting = [*held, *self._spool.in_state(State.KEPT)]
        # What an earlier start left behind comes last: nobody stands at the terminal for it.
        return sorted(waiting, key=lambda item: turns.get(item.leaf_hash, math.inf))

    def _file(self, item: Item) -> bool:
        ack = self._asked(item, lambda: self._gateway.file(item.body, item.leaf_hash))
        if ack is None:
            return False
        with self._lock:
            self._turns.pop(item.leaf_hash, None)
            if item.leaf_hash in self._held:
                # It stays in memory until the disk takes it: it has to outlive the proof.
                self._held[item.leaf_hash] = replace(item, state=State.ACKNOWLEDGED, ack=ack)
            else:
                self._spool.acknowledge(item.leaf_hash, ack)
        return True

    def _prove(self, item: Item) -> bool:
        proof = self._asked(item, lambda: self._gateway.proof(item.leaf_hash))
        if proof is not None:
            self._spool.prove(item.leaf_hash, proof, day=self._clock().date())
        return proof is not None

    def _asked(self, item: Item, ask: Callable[[], str | None]) -> str | None:
        """One filing that is refused must not keep the others from going out."""
        try:
            return ask()
        except RefusedError as error:
            log.warning("%s", error)
            self._problems[item.leaf_hash] = error.code
        except AnswerTooLongError as error:
            log.warning("%s", error)
            self._problems[item.leaf_hash] = RefusedError.NOT_GENUINE
        return None

    def _waits(self) -> Iterator[float]:
        return delays(first=FIRST_WAIT, most=LONGEST_WAIT, jitter=self._jitter)
