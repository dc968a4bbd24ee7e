"""A terminal, a gateway and what they send, for the tests of the channel."""

import datetime as dt
import uuid
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from arasha.engines.channel.bundle import NONE_BEFORE, SEALED_BYTES, Bundle, Head, build_bundle
from arasha.engines.channel.sending import Outgoing
from arasha.engines.channel.up import Kind

TERMINAL = uuid.UUID("7e4f33d8-1111-4222-8333-444455556666")
TERMINAL_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
GATEWAY_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
KEY_ID = bytes(range(16))
DAY = dt.date(2026, 11, 20)


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def bundle(seq: int = 1, before: bytes = NONE_BEFORE, *, fill: bytes = b"\x07") -> Bundle:
    head = Head(TERMINAL, 1, seq, before, KEY_ID)
    return build_bundle(head, fill * SEALED_BYTES, TERMINAL_KEY.sign)


def chained(count: int) -> list[Bundle]:
    """The first bundles of a chain."""
    made, before = [], NONE_BEFORE
    for seq in range(1, count + 1):
        made.append(bundle(seq, before))
        before = made[-1].sha256()
    return made


def outgoing(data: bytes, *, rank: int = 1) -> Outgoing:
    return Outgoing(sha256(data).digest(), Kind.FILING, data, rank)
