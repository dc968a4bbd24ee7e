"""One exchange with the gateway at each beat, whether there is something to say or not.

The bundle is formed ahead of its beat, so that the moment of sending does not tell how much work it
was. It is sent again as it is until somebody has taken it: offline for a day, one bundle waits, and
what people wrote meanwhile goes into the next ones.
"""

import datetime as dt
import logging
import secrets
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

from arasha.engines.channel.bundle import Bundle
from arasha.engines.channel.down import ANSWER_BYTES, parse_answer
from arasha.engines.channel.down import Answer as SealedAnswer
from arasha.engines.channel.errors import ChannelError, ForgedError
from arasha.engines.channel.pages import PAGE_BYTES
from arasha.engines.channel.up import ANSWER_KEY_BYTES, FRAMES_BYTES, MOST_HEALTH, Said
from arasha.programs.terminal.chain import Chain
from arasha.programs.terminal.delivery import REFUSED, Delivery
from arasha.programs.terminal.knowledge import Knowledge
from arasha.wire.client import Answer, AnswerTooLongError, Client, UnreachableError
from arasha.wire.ingest import IngestKey
from arasha.wire.keyfile import Device
from arasha.wire.spool import SpoolFullError

DEVICE_UNKNOWN, SERVER_FULL = "device_unknown", "disk_full"  # as the screen calls them
UNKNOWN_DEVICE = "unknown_device"  # as the gateway calls it
REFUSED_FOR_GOOD = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN})
BYTES = {"Content-Type": "application/octet-stream"}
AHEAD = 1.0  # seconds, or a quarter of a short rhythm
KEYS_KEPT = 20_160  # of bundles whose answers may still come: two weeks of minutes
MOST_REFUSALS = 5  # of one bundle as such; then the next one goes, and its number tells of the gap
MOST_IN_A_ROW = 256  # pages at one beat, 16 MiB: a year of the stream in less than an hour
ROOM_FOR_HEALTH = MOST_HEALTH + 5

log = logging.getLogger(__name__)
Health = Callable[[], dict[str, str | int]]


class Line(NamedTuple):
    """What to speak with, and as whom."""

    client: Client
    device: Device


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`seconds` between two beats; `now` and `wait` are the clock they are counted by."""

    seconds: float
    now: Callable[[], float] = time.monotonic
    wait: Callable[[threading.Event, float], bool] = threading.Event.wait

    @property
    def ahead(self) -> float:
        return min(AHEAD, self.seconds / 4)

    def next_after(self, beat: float, now: float) -> float:
        """The next beat that still can be prepared; beats that were missed are not made up for."""
        missed = max(0.0, now + self.ahead - beat - self.seconds)
        return beat + self.seconds * (1 + -(-missed // self.seconds))


class Exchange:
    """Brings bundles up, and answers and pages down."""

    def __init__(
        self,
        line: Line,
        chain: Chain,
        delivery: Delivery,
        knowledge: Knowledge,
        *,
        health: Health,
        today: Callable[[], dt.date],
    ) -> None:
        """`today` is the day in the country's calendar."""
        self._line = line
        self._terminal = uuid.UUID(line.device.key)
        self._chain = chain
        self._delivery = delivery
        self._knowledge = knowledge
        self._health = health
        self._today = today
        # Whether the newest one was delivered is not written down: it is sent once more.
        self._standing = chain.newest
        self._refusals = 0
        self._answer_keys: dict[int, bytes] = {}
        self._stopped = threading.Event()
        self._has_ended = False

    def run(self, rhythm: Rhythm) -> None:
        """Keep the rhythm until stopped."""
        try:
            self._keep(rhythm)
        finally:
            self._has_ended = not self._stopped.is_set()

    def _keep(self, rhythm: Rhythm) -> None:
        beat = rhythm.now()
        while not self._stopped.is_set():
            bundle = self.formed()
            if rhythm.wait(self._stopped, max(0.0, beat - rhythm.now())):
                return
            self.beat(bundle)
            beat = rhythm.next_after(beat, rhythm.now())
            rhythm.wait(self._stopped, max(0.0, beat - rhythm.ahead - rhythm.now()))

    def stop(self) -> None:
        self._stopped.set()

    @property
    def has_ended(self) -> bool:
        """Whether `run` came to an end by itself, which is a fault."""
        return self._has_ended

    def once(self) -> None:
        """One whole beat, now."""
        self.beat(self.formed())

    def formed(self) -> Bundle | None:
        """The bundle to send, on the disk already. None while it cannot be formed."""
        if self._standing is not None:
            return self._standing
        key = self._knowledge.ingest_key(self._today())
        if key is None or not self._knowledge.is_whole:
            return None
        try:
            bundle = self._form(key)
            self._chain.add(bundle)
        except SpoolFullError as error:
            log.warning("nothing is sent: %s", error)
            return None
        self._standing = bundle
        return bundle

    def beat(self, bundle: Bundle | None) -> None:
        """Exchange this bundle, then read on as long as pages are full; without one only read.

        How much is asked for follows from the stream, which is the same for every terminal.
        """
        try:
            goes_on = self._exchange(bundle) if bundle else True
            pages = MOST_IN_A_ROW
            while goes_on and pages and not self._stopped.is_set():
                goes_on, pages = self._read_a_page(), pages - 1
            self._delivery.tidy()
        except (UnreachableError, AnswerTooLongError) as error:
            log.info("%s", error)
            self._delivery.line_is(None)
        except SpoolFullError as error:
            log.warning("%s", error)

    def _form(self, key: IngestKey) -> Bundle:
        seq = self._chain.next_seq
        saying = self._delivery.says(seq, room=FRAMES_BYTES - ROOM_FOR_HEALTH)
        said = Said(
            answer_key=secrets.token_bytes(ANSWER_KEY_BYTES),
            pieces=saying.pieces,
            looks=saying.looks,
            health=self._health(),
        )
        self._answer_keys[seq] = said.answer_key
        self._answer_keys.pop(seq - KEYS_KEPT, None)
        return key.seal(self._chain.head(key.key_id), said, sign=self._line.device.signer.sign)

    def _exchange(self, bundle: Bundle) -> bool:
        """Returns whether the page that came with the answer was full."""
        path = f"/v1/bundles?page={self._knowledge.stream.page}"
        answer = self._line.client.ask(
            "POST",
            path,
            body=bundle.to_bytes(),
            headers=BYTES,
            most_bytes=ANSWER_BYTES + PAGE_BYTES,
        )
        if answer.status != 200 or len(answer.body) != ANSWER_BYTES + PAGE_BYTES:
            self._was_not_taken(answer)
            return False
        self._standing, self._refusals = None, 0
        self._delivery.line_is(None)
        self._hear(answer.body[:ANSWER_BYTES])
        return self._knowledge.take(answer.body[ANSWER_BYTES:], day=self._today())

    def _read_a_page(self) -> bool:
        """Returns whether it was full, so that there is another one."""
        path = f"/v1/broadcast/{self._knowledge.stream.page}"
        answer = self._line.client.ask("GET", path, most_bytes=PAGE_BYTES)
        if answer.status != 200:
            self._was_not_taken(answer)
            return False
        return self._knowledge.take(answer.body, day=self._today())

    def _was_not_taken(self, answer: Answer) -> None:
        """Only a gateway or relay that refuses this very bundle counts; all else passes."""
        log.warning("the gateway answered %d: %r", answer.status, answer.body[:200])
        refusal = answer.problem if answer.status in REFUSED_FOR_GOOD else None
        if refusal is None:
            is_full = answer.status == HTTPStatus.INSUFFICIENT_STORAGE
            self._delivery.line_is(SERVER_FULL if is_full else None)
        elif refusal == UNKNOWN_DEVICE:
            # No fault of the bundle: once the terminal is known, it is taken.
            self._delivery.line_is(DEVICE_UNKNOWN)
        else:
            self._delivery.line_is(REFUSED)
            self._refusals += 1
            if self._refusals >= MOST_REFUSALS:
                self._standing, self._refusals = None, 0

    def _hear(self, data: bytes) -> None:
        """Noise, an answer to others and one that was changed are passed over: a relay has nothing else."""
        try:
            answer = parse_answer(data)
            receipt = answer.receipt
            if receipt.terminal != self._terminal or not self._is_signed(answer):
                return
            self._delivery.heard_on(receipt.day)
            if (key := self._answer_keys.get(receipt.seq)) is None:
                return
            states = answer.open(key)
        except ForgedError:
            return  # the gateway could not open the bundle, or it is not ours
        except ChannelError as error:
            log.debug("no answer: %s", error)
            return
        self._delivery.hear(receipt.seq, states)

    def _is_signed(self, answer: SealedAnswer) -> bool:
        keys, receipt = self._knowledge.trust.acknowledging_keys(), answer.receipt.to_bytes()
        return any(key.verifies(answer.signature, receipt) for key in keys)
