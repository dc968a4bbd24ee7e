"""The line to the gateway: bundles go up in any order, answers, pages and evidence come down."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus

from arasha.engines.channel.bundle import parse_bundle
from arasha.engines.channel.down import ANSWER_BYTES, Answer, Receipt, parse_answer
from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.pages import PAGE_BYTES
from arasha.programs.relay.believing import Believing
from arasha.programs.relay.disk import FullError, ShutError
from arasha.programs.relay.house import Relay
from arasha.programs.relay.rack import Waiting
from arasha.wire.client import AnswerTooLongError, Client, UnreachableError, delays

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds between tries while there is no line
EVIDENCE_EVERY = 900.0  # seconds
TELL_EVERY = 3600.0
MOST_SET_ASIDE = 500
MOST_DAYS_AT_ONCE = 100
REFUSED_FOR_GOOD = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN})

log = logging.getLogger(__name__)


class NoAnswerError(Exception):
    """What came back is no answer to this bundle: it is tried again."""


class RefusedForGoodError(Exception):
    """The gateway says that it will never take this bundle."""


FAILURES = (UnreachableError, AnswerTooLongError, NoAnswerError, FullError, ShutError)


@dataclass(slots=True)
class Counted:
    """All that a relay ever says of what it does."""

    delivered: int = 0
    refused: int = 0
    failed: int = 0


@dataclass
class Forwarding:
    """One line, one bundle after another. `rhythm`: seconds between two looks at the last page."""

    relay: Relay
    client: Client
    jitter: Callable[[], float]
    rhythm: float = 60.0
    clock: Callable[[], float] = time.monotonic
    counted: Counted = field(default_factory=Counted)

    def __post_init__(self) -> None:
        self._something, self._ending = threading.Event(), threading.Event()
        self._has_ended = False
        self._was_heard, self._is_awaited = False, False
        self._aside: set[int] = set()
        self._told_at = self.clock()
        self._evidence_at = self._told_at - EVIDENCE_EVERY

    def wake(self) -> None:
        """There is something to send."""
        self._something.set()

    def stop(self) -> None:
        self._ending.set()
        self.wake()

    @property
    def has_ended(self) -> bool:
        """Whether `run` came to an end by itself, which is a fault."""
        return self._has_ended

    def run(self) -> None:
        """Go on until told to stop; none of the failures that a line and a disk have ends it."""
        try:
            self._go_on()
        finally:
            self._has_ended = not self._ending.is_set()

    def _go_on(self) -> None:
        waits = self._delays()
        while not self._ending.is_set():
            self._something.clear()
            try:
                is_more = self.once()
                self._was_heard, waits = True, self._delays()
            except FAILURES as failure:
                self.counted.failed += 1
                self._say_why(failure)
                self._ending.wait(next(waits))
                continue
            if not is_more:
                self._something.wait(self.rhythm)

    def once(self) -> bool:
        """Send one bundle, or ask for a page if none waits. Returns whether there may be more.

        Raises UnreachableError, AnswerTooLongError, NoAnswerError, FullError, ShutError.
        """
        self._tell()
        if self._is_time_for_evidence():
            self.fetch_evidence()
        waiting = self.relay.rack.next_waiting(but=self._aside)
        if waiting is None:
            self._aside.clear()
            return self._ask_for_page()
        try:
            self._send(waiting)
        except RefusedForGoodError:
            self.relay.rack.drop(waiting)
            self.counted.refused += 1
        except NoAnswerError:
            # One that the gateway cannot take holds up no other.
            if len(self._aside) >= MOST_SET_ASIDE:
                self._aside.clear()
            self._aside.add(waiting.place)
            raise
        return True

    def fetch_evidence(self) -> None:
        """Ask for the leaf of each day that is over. Raises as `once` does."""
        self._evidence_at = self.clock()
        for day in self.relay.receipts.unproved()[-MOST_DAYS_AT_ONCE:]:
            path = f"/v1/deliveries/{day.terminal}/{day.chain}/{day.day.isoformat()}"
            answer = self.client.ask("GET", path)
            if answer.status == HTTPStatus.OK:
                self.relay.prove(answer.body)
        self.relay.receipts.close_old()

    def _send(self, waiting: Waiting) -> None:
        number = self.relay.pages.wanted
        answered = self.client.ask("POST", f"/v1/bundles?page={number}", body=waiting.body)
        if answered.status in REFUSED_FOR_GOOD and answered.problem is not None:
            raise RefusedForGoodError
        if answered.status != HTTPStatus.OK or len(answered.body) != ANSWER_BYTES + PAGE_BYTES:
            raise NoAnswerError
        # First the page: the keys that the answer is signed with may stand on it.
        self.relay.pages.take(number, answered.body[ANSWER_BYTES:])
        self.relay.rack.deliver(
            genuine(answered.body[:ANSWER_BYTES], waiting.body, self.relay.believing)
        )
        self.counted.delivered += 1

    def _ask_for_page(self) -> bool:
        number = self.relay.pages.wanted
        answered = self.client.ask("GET", f"/v1/broadcast/{number}")
        if answered.status != HTTPStatus.OK or len(answered.body) != PAGE_BYTES:
            raise NoAnswerError
        return self.relay.pages.take(number, answered.body)

    def _is_time_for_evidence(self) -> bool:
        return self.clock() - self._evidence_at >= EVIDENCE_EVERY

    def _tell(self) -> None:
        if self.clock() - self._told_at < TELL_EVERY:
            return
        self._told_at = self.clock()
        said = self.counted
        log.info(
            "%s bundles delivered, %s refused, %s tries failed; %s wait, %s spoilt on the disk",
            *(said.delivered, said.refused, said.failed, *self.relay.rack.counts()),
        )

    def _say_why(self, failure: Exception) -> None:
        """A gateway that has not answered since the start may be starting too: that is said once."""
        if isinstance(failure, UnreachableError) and not self._was_heard:
            if not self._is_awaited:
                log.info("the gateway does not answer yet; it is asked until it does")
                self._is_awaited = True
            return
        log.info("%s; %s bundles wait", type(failure).__name__, self._waiting())

    def _waiting(self) -> str:
        try:
            return str(self.relay.rack.counts()[0])
        except (FullError, ShutError):
            return "uncounted"

    def _delays(self) -> Iterator[float]:
        return delays(first=FIRST_WAIT, most=LONGEST_WAIT, jitter=self.jitter)


def genuine(data: bytes, bundle: bytes, believing: Believing) -> Answer:
    """Return the answer to this bundle. Raises NoAnswerError if it is none, or nobody's."""
    try:
        answer = parse_answer(data)
        believing.check(answer)
        expected = Receipt.of(parse_bundle(bundle), day=answer.receipt.day)
    except ChannelError as error:
        raise NoAnswerError from error
    if answer.receipt != expected:
        raise NoAnswerError
    return answer
