"""The evidence of one day: how many bundles of a chain the gateway had, as a leaf of the log.

It is the prison's own: nobody can say later that its terminals were silent. The hash of the day's
newest bundle stands in it, so that nobody finds the leaf by guessing.
"""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from hashlib import sha256

from arasha.engines.channel.bundle import check_place
from arasha.engines.channel.errors import ChannelError
from arasha.engines.notes import canonical_json

LEAF_KIND = "delivery"
TITLE = b"arasha delivery v1\n"
MOST_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of a chain on `day`; `head` is the SHA-256 of the bundle `last_seq`.

    Bundles come in any order: `count` need not be what lies from the first to the last.
    """

    terminal: uuid.UUID
    chain: int
    day: dt.date
    count: int
    first_seq: int
    last_seq: int
    head: bytes

    def to_bytes(self) -> bytes:
        """Canonical JSON. Raises ChannelError for a field out of form."""
        if {type(each) for each in (self.chain, self.count, self.first_seq, self.last_seq)} != {
            int
        }:
            raise ChannelError("a delivery counts in whole numbers")
        check_place(self.chain, self.first_seq)
        if self.first_seq > self.last_seq or self.count < 1 or len(self.head) != 32:
            raise ChannelError(f"{self.count} bundles from {self.first_seq} to {self.last_seq}")
        return canonical_json(self._content())

    def commitment(self) -> bytes:
        """The 32 bytes that its leaf of the kind `delivery` holds; there is no salt."""
        return sha256(TITLE + self.to_bytes()).digest()

    def _content(self) -> dict[str, str | int]:
        return {
            "terminal": str(self.terminal),
            "chain": self.chain,
            "day": self.day.isoformat(),
            "count": self.count,
            "first_seq": self.first_seq,
            "last_seq": self.last_seq,
            "head": self.head.hex(),
        }


@dataclass(frozen=True, slots=True)
class ProvedDelivery:
    """The gateway's answer: a day, the hash of its leaf, and the `.tlog-proof` once it is published."""

    delivery: Delivery
    leaf: bytes
    proof: str = ""

    def to_json(self) -> bytes:
        """Raises ChannelError for a field out of form."""
        self.delivery.to_bytes()
        if len(self.leaf) != 32 or not isinstance(self.proof, str):
            raise ChannelError("a delivery names its leaf by 32 bytes, and its proof is a text")
        return canonical_json(
            {**self.delivery._content(), "leaf": self.leaf.hex(), "proof": self.proof}
        )

    @classmethod
    def parse(cls, data: bytes) -> "ProvedDelivery":
        """Read what `to_json` writes, and nothing else. Raises ChannelError."""
        if len(data) > MOST_BYTES:
            raise ChannelError(f"{len(data):,} bytes are no delivery: at most {MOST_BYTES:,}")
        try:
            content = json.loads(data)
            delivery = Delivery(
                uuid.UUID(content["terminal"]),
                content["chain"],
                dt.date.fromisoformat(content["day"]),
                content["count"],
                content["first_seq"],
                content["last_seq"],
                bytes.fromhex(content["head"]),
            )
            proved = cls(delivery, bytes.fromhex(content["leaf"]), content["proof"])
            if proved.to_json() != data:
                raise ChannelError("not as it is written: other fields, or another spelling")
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise ChannelError(f"no delivery: {error}") from error
        return proved
