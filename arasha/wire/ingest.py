"""The outer seal of the channel: HPKE (RFC 9180) to the gateway's key of the time.

It hides from the relay and the line what a bundle holds, and whether it holds anything. The private
halves are destroyed as they run out, so that bundles somebody hoarded stay closed for ever. The KEM
is the hybrid of ML-KEM-768 and X25519 (draft-ietf-hpke-pq): a hoard outlives today's machines.
"""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from arasha.engines.channel.bundle import Bundle, Head, Sign, build_bundle
from arasha.engines.channel.errors import ForgedError
from arasha.engines.channel.objects import COVER
from arasha.engines.channel.up import Said, pack_said, parse_said
from arasha.engines.notes import MalformedError, b64, canonical_json

SUITE_NAME = "MLKEM768-X25519, HKDF-SHA256, ChaCha20Poly1305"
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
VERSION = "arasha ingest key v1"
MARK_INFO = b"arasha mark v1\n"
FIELDS = {"v", "suite", "key", "from", "until"}
MLKEM_BYTES, X25519_BYTES = 1_184, 32
SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class IngestKey:
    """The public half, as the root of trust names it, and the first and last day of its use."""

    public: bytes
    from_day: dt.date
    until_day: dt.date

    @property
    def key_id(self) -> bytes:
        """16 bytes that bundles name it by."""
        return hashlib.sha256(self.public).digest()[:16]

    def to_json(self) -> bytes:
        content = {
            "v": VERSION,
            "suite": SUITE_NAME,
            "key": b64.encode(self.public),
            "from": self.from_day.isoformat(),
            "until": self.until_day.isoformat(),
        }
        return canonical_json(content)

    @classmethod
    def parse(cls, data: bytes) -> "IngestKey":
        """Read what `to_json` writes, and nothing else. Raises MalformedError."""
        try:
            content = json.loads(data)
            key = cls(
                b64.decode(content["key"], "an ingest key"),
                dt.date.fromisoformat(content["from"]),
                dt.date.fromisoformat(content["until"]),
            )
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise MalformedError(f"no ingest key: {error!r}") from error
        if key.to_json() != data or len(key.public) != MLKEM_BYTES + X25519_BYTES:
            raise MalformedError(f"not in the form of {VERSION} for {SUITE_NAME}")
        if key.from_day > key.until_day:
            raise MalformedError(f"it ends on {key.until_day}, before it begins")
        return key

    def seal(self, head: Head, said: Said, *, sign: Sign) -> Bundle:
        """Return the bundle that says this. Raises ChannelError if it is too much for one."""
        sealed = SUITE.encrypt(pack_said(said), self._key(), info=head.to_bytes())
        return build_bundle(head, sealed, sign)

    def seal_mark(self, mark: bytes, *, leaf_hash: bytes) -> bytes:
        """Return `MARK_BYTES` that say only to the gateway what this filing is."""
        return SUITE.encrypt(mark, self._key(), info=MARK_INFO + leaf_hash)

    def _key(self) -> MLKEM768X25519PublicKey:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(self.public[:MLKEM_BYTES]),
            X25519PublicKey.from_public_bytes(self.public[MLKEM_BYTES:]),
        )


@dataclass(frozen=True, slots=True, repr=False)
class IngestSecret:
    """The private half: a seed of 32 bytes, stretched as the draft says."""

    seed: bytes

    def public(self, *, from_day: dt.date, until_day: dt.date) -> IngestKey:
        mlkem, x25519 = self._parts()
        public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        return IngestKey(public, from_day, until_day)

    def open(self, bundle: Bundle) -> Said:
        """Return what a bundle says.

        Raises ForgedError if it was sealed to another key or with another head, ChannelError if
        what it says has no form.
        """
        try:
            plain = SUITE.decrypt(bundle.sealed, self._key(), info=bundle.head.to_bytes())
        except InvalidTag as error:
            raise ForgedError("the bundle is not sealed to this key under this head") from error
        return parse_said(plain)

    def is_cover(self, sealed: bytes, *, leaf_hash: bytes) -> bool:
        """Whether a mark says cover. One that cannot be opened is an appeal's: none may be lost."""
        try:
            return SUITE.decrypt(sealed, self._key(), info=MARK_INFO + leaf_hash) == COVER
        except InvalidTag:
            return False

    def _key(self) -> MLKEM768X25519PrivateKey:
        return MLKEM768X25519PrivateKey(*self._parts())

    def _parts(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        stretched = hashlib.shake_256(self.seed).digest(96)
        return (
            MLKEM768PrivateKey.from_seed_bytes(stretched[:64]),
            X25519PrivateKey.from_private_bytes(stretched[64:]),
        )


def new_secret() -> IngestSecret:
    return IngestSecret(secrets.token_bytes(SEED_BYTES))


def key_of(keys: Iterable[IngestKey], *, day: dt.date) -> IngestKey | None:
    """The key to seal to on this day: of those in use the one that lasts longest.

    With none in use the newest there is, so that a clock that is wrong stops nothing; None only if
    there are no keys.
    """
    known = sorted(keys, key=lambda each: each.until_day)
    in_use = [each for each in known if each.from_day <= day <= each.until_day]
    return (in_use or known)[-1] if known else None
