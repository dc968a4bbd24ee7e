"""The bundle that a terminal sends at its rhythm: always of one size, whatever is in it or not.

What stands in front is for the relay and the gateway: whose bundle it is, and which bundle went
before it. The rest is sealed to the gateway (HPKE, RFC 9180), and noise for everybody else.
"""

import struct
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from arasha.engines.channel.errors import ChannelError, ForgedError

BUNDLE_BYTES = 65_536
TITLE = b"arasha bundle v1"
HEAD = struct.Struct(">16s16sIQ32s16s")
SIGNATURE_BYTES = 64
SEALED_BYTES = BUNDLE_BYTES - HEAD.size - SIGNATURE_BYTES
NONE_BEFORE = bytes(32)

Sign = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Head:
    """`chain` counts enrolments and `seq` bundles, both from 1; `before` is the SHA-256 of the
    bundle before, zeros if there is none; `key_id` names the gateway's key it is sealed to."""

    terminal: uuid.UUID
    chain: int
    seq: int
    before: bytes
    key_id: bytes

    def to_bytes(self) -> bytes:
        """The 92 bytes that the sealing is bound to. Raises ChannelError for a field out of form."""
        check_place(self.chain, self.seq)
        if len(self.before) != 32 or len(self.key_id) != 16:
            raise ChannelError("a bundle names the one before by 32 bytes and its key by 16")
        if (self.before == NONE_BEFORE) != (self.seq == 1):
            raise ChannelError(f"bundle {self.seq}: only the first of a chain has none before it")
        return HEAD.pack(TITLE, self.terminal.bytes, self.chain, self.seq, self.before, self.key_id)

    @classmethod
    def parse(cls, data: bytes) -> "Head":
        """Raises ChannelError unless `data` is what `to_bytes` writes."""
        title, terminal, chain, seq, before, key_id = HEAD.unpack(data)
        if title != TITLE:
            raise ChannelError(f"{title!r} is not the title of a bundle")
        head = cls(uuid.UUID(bytes=terminal), chain, seq, before, key_id)
        head.to_bytes()
        return head


@dataclass(frozen=True, slots=True)
class Bundle:
    head: Head
    sealed: bytes
    signature: bytes

    def to_bytes(self) -> bytes:
        return self._signed() + self.signature

    def sha256(self) -> bytes:
        return sha256(self.to_bytes()).digest()

    def check(self, public_key: bytes) -> None:
        """Raises ForgedError unless the terminal with this Ed25519 key has signed it."""
        check_signature(public_key, self.signature, self._signed())

    def _signed(self) -> bytes:
        return self.head.to_bytes() + self.sealed


def build_bundle(head: Head, sealed: bytes, sign: Sign) -> Bundle:
    """Sign what was sealed under this head. Raises ChannelError if it has another size."""
    if len(sealed) != SEALED_BYTES:
        raise ChannelError(f"sealed are {len(sealed):,} bytes, a bundle has {SEALED_BYTES:,}")
    return Bundle(head, sealed, sign(head.to_bytes() + sealed))


def parse_bundle(data: bytes) -> Bundle:
    """Read a bundle; its signature is checked by `Bundle.check`. Raises ChannelError."""
    if len(data) != BUNDLE_BYTES:
        raise ChannelError(f"{len(data):,} bytes are no bundle: it has {BUNDLE_BYTES:,}")
    head = Head.parse(data[: HEAD.size])
    return Bundle(head, data[HEAD.size : -SIGNATURE_BYTES], data[-SIGNATURE_BYTES:])


def check_place(chain: int, seq: int) -> None:
    # The largest number that databases hold: one beyond it would stop a stick at its bundle.
    if not (1 <= chain < 2**32 and 1 <= seq < 2**63):
        raise ChannelError(f"chains and bundles count from 1, got chain {chain}, bundle {seq}")


def check_signature(public_key: bytes, signature: bytes, signed: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed)
    except InvalidSignature as error:
        raise ForgedError("the signature is not of this key over these bytes") from error
