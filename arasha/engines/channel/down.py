"""The gateway's answer to a bundle: always of one size, alike for a real one and a dummy.

In front stands the delivery receipt, for the relay and in the clear: this gateway has this bundle.
What follows is sealed with the key that the bundle brought along, and noise for everybody else.
"""

import datetime as dt
import struct
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from arasha.engines.channel.bundle import (
    SIGNATURE_BYTES,
    Bundle,
    Sign,
    check_place,
    check_signature,
)
from arasha.engines.channel.errors import ChannelError, ForgedError
from arasha.engines.channel.frames import Frame, pack_frames, parse_frames

ANSWER_BYTES = 16_384
TITLE = b"arasha answer v1"
RECEIPT = struct.Struct(">16s16sIQ32s10s")
RECEIPT_BYTES = RECEIPT.size + SIGNATURE_BYTES
# A relay may send a bundle twice, and what is answered may have changed between: each answer has
# a nonce of its own, or two of them side by side would show whether there was anything to tell.
NONCE_BYTES, TAG_BYTES = 12, 16
SEALED_BYTES = ANSWER_BYTES - RECEIPT_BYTES
FRAMES_BYTES = SEALED_BYTES - NONCE_BYTES - TAG_BYTES

STATE = 1
_STATE = struct.Struct(">32sB")


class Became(IntEnum):
    """What became of an object that a terminal looks after; what its state carries with it."""

    UNKNOWN = 0  # nothing has arrived
    PARTLY = 1  # a bit for each piece that is here, the first piece first
    KEPT = 2  # the acknowledgement of a filing, a signed note; nothing for an attachment
    PROVED = 3  # the filing's .tlog-proof
    REFUSED = 4  # the problem's code
    ERASED = 5  # nothing


@dataclass(frozen=True, slots=True)
class State:
    object: bytes
    became: Became
    content: bytes = b""

    def to_frame(self) -> Frame:
        return Frame(STATE, _STATE.pack(self.object, self.became) + self.content)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proves that the gateway had this bundle on this day of the country's calendar."""

    terminal: uuid.UUID
    chain: int
    seq: int
    bundle: bytes
    day: dt.date

    @classmethod
    def of(cls, bundle: Bundle, *, day: dt.date) -> "Receipt":
        head = bundle.head
        return cls(head.terminal, head.chain, head.seq, bundle.sha256(), day)

    def to_bytes(self) -> bytes:
        check_place(self.chain, self.seq)
        day = self.day.isoformat().encode()
        return RECEIPT.pack(TITLE, self.terminal.bytes, self.chain, self.seq, self.bundle, day)

    @classmethod
    def parse(cls, data: bytes) -> "Receipt":
        """Raises ChannelError unless `data` is what `to_bytes` writes."""
        title, terminal, chain, seq, bundle, day = RECEIPT.unpack(data)
        try:
            said = dt.date.fromisoformat(day.decode())
        except ValueError as error:
            raise ChannelError(f"{day!r} is no day") from error
        receipt = cls(uuid.UUID(bytes=terminal), chain, seq, bundle, said)
        if title != TITLE or receipt.to_bytes() != data:
            raise ChannelError("this is no delivery receipt")
        return receipt


@dataclass(frozen=True, slots=True)
class Answer:
    receipt: Receipt
    signature: bytes
    sealed: bytes

    def to_bytes(self) -> bytes:
        return self.receipt.to_bytes() + self.signature + self.sealed

    def check(self, public_key: bytes) -> None:
        """Raises ForgedError unless the gateway with this Ed25519 key gave this receipt."""
        check_signature(public_key, self.signature, self.receipt.to_bytes())

    def open(self, answer_key: bytes) -> list[State]:
        """Return what became of the objects asked for.

        Raises ForgedError if it was sealed with another key (or the gateway could not open the
        bundle), ChannelError if what it says has no form.
        """
        try:
            cipher = ChaCha20Poly1305(answer_key)
            nonce, sealed = self.sealed[:NONCE_BYTES], self.sealed[NONCE_BYTES:]
            plain = cipher.decrypt(nonce, sealed, self.receipt.to_bytes())
        except InvalidTag as error:
            raise ForgedError("the answer is not sealed with the key of its bundle") from error
        return [_state(each.body) for each in parse_frames(plain) if each.type == STATE]


def build_answer(
    receipt: Receipt, states: Iterable[State], *, answer_key: bytes, nonce: bytes, sign: Sign
) -> Answer:
    """Seal as many states as fit, in their order; the terminal asks again for the others.

    `nonce`: 12 random bytes, new for each answer. Raises ChannelError for another length.
    """
    if len(nonce) != NONCE_BYTES:
        raise ChannelError(f"a nonce has {NONCE_BYTES} bytes, got {len(nonce)}")
    plain = pack_frames(_fitting(states), size=FRAMES_BYTES)
    clear = receipt.to_bytes()
    sealed = ChaCha20Poly1305(answer_key).encrypt(nonce, plain, clear)
    return Answer(receipt, sign(clear), nonce + sealed)


def blind_answer(receipt: Receipt, *, noise: bytes, sign: Sign) -> Answer:
    """The answer to a bundle that could not be opened: delivered, and noise. Raises ChannelError."""
    if len(noise) != SEALED_BYTES:
        raise ChannelError(f"noise for an answer has {SEALED_BYTES:,} bytes, got {len(noise):,}")
    return Answer(receipt, sign(receipt.to_bytes()), noise)


def parse_answer(data: bytes) -> Answer:
    """Read an answer; `check` says whether it is genuine. Raises ChannelError."""
    if len(data) != ANSWER_BYTES:
        raise ChannelError(f"{len(data):,} bytes are no answer: it has {ANSWER_BYTES:,}")
    receipt = Receipt.parse(data[: RECEIPT.size])
    return Answer(receipt, data[RECEIPT.size : RECEIPT_BYTES], data[RECEIPT_BYTES:])


def _fitting(states: Iterable[State]) -> Iterable[Frame]:
    left = FRAMES_BYTES
    for frame in (each.to_frame() for each in states):
        if frame.size <= left:
            left -= frame.size
            yield frame


def _state(body: bytes) -> State:
    if len(body) < _STATE.size:
        raise ChannelError(f"{len(body)} bytes are no state")
    name, became = _STATE.unpack_from(body)
    try:
        return State(name, Became(became), body[_STATE.size :])
    except ValueError as error:
        raise ChannelError(f"the state {became} of an object") from error
