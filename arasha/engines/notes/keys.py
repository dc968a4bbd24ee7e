"""Keys of signed notes: names, key IDs, and their text forms (C2SP signed-note)."""

import re
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from arasha.engines.notes import b64
from arasha.engines.notes.errors import MalformedError

NOTE = 0x01  # Ed25519 over the text of a note
COSIGNATURE = 0x04  # Ed25519 with a timestamp over a checkpoint
KINDS = frozenset({NOTE, COSIGNATURE})

_PRIVATE = "PRIVATE+KEY+"
_KEY_ID = re.compile("[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key that can check one kind of signature under one name."""

    name: str
    kind: int
    public: bytes

    def __post_init__(self) -> None:
        check_name(self.name)
        _check_material(self.kind, self.public)

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read a vkey: `<name>+<key ID in hex>+<base 64 of kind and public key>`."""
        name, key_id, material = _three_parts(text, "verifier key")
        key = cls(name, *_kind_and_bytes(material, "verifier key"))
        if key.key_id.hex() != key_id:
            raise MalformedError(f"verifier key {name}: ID {key_id} should be {key.key_id.hex()}")
        return key

    @property
    def key_id(self) -> bytes:
        """Four bytes that, with the name, tell which key made a signature."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64.encode(bytes([self.kind]) + self.public)}"

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Tell whether `signature` (64 bytes, RFC 8032) is this key's over `message`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SignerKey:
    """A private key, as the 32-byte seed of RFC 8032; its text form is a secret too."""

    name: str
    kind: int
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_name(self.name)
        _check_material(self.kind, self.seed)

    @classmethod
    def parse(cls, text: str) -> "SignerKey":
        """Read an skey: `PRIVATE+KEY+<name>+<key ID in hex>+<base 64 of kind and seed>`."""
        if not text.startswith(_PRIVATE):
            raise MalformedError(f"a signing key starts with {_PRIVATE}")
        name, key_id, material = _three_parts(text.removeprefix(_PRIVATE), "signing key")
        key = cls(name, *_kind_and_bytes(material, "signing key"))
        if key.verifier.key_id.hex() != key_id:
            raise MalformedError(f"signing key {name}: its ID does not match its seed")
        return key

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return VerifierKey(self.name, self.kind, public)

    def reveal(self) -> str:
        """Return the skey text; whoever reads it can sign in this name."""
        material = b64.encode(bytes([self.kind]) + self.seed)
        return f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{material}"

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature over `message`."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)


def check_name(name: str) -> None:
    """Raise MalformedError unless `name` can stand in a signature line."""
    if not name:
        raise MalformedError("the name of a key is empty")
    if any(sign.isspace() or sign == "+" or sign < " " for sign in name):
        raise MalformedError(f"the name of a key has no space, plus or control character: {name!r}")
    if not _is_unicode(name):
        raise MalformedError(f"the name of a key is not UTF-8: {name!r}")


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _check_material(kind: int, material: bytes) -> None:
    if kind not in KINDS:
        raise MalformedError(f"signature type 0x{kind:02x} is not supported, only 0x01 and 0x04")
    if len(material) != 32:
        raise MalformedError(f"an Ed25519 key has 32 bytes, got {len(material)}")


def _three_parts(text: str, what: str) -> tuple[str, str, str]:
    parts = text.split("+", 2)
    if len(parts) != 3 or not _KEY_ID.fullmatch(parts[1]):
        raise MalformedError(f"a {what} has a name, an ID of 8 hex digits and a key, joined by '+'")
    return parts[0], parts[1], parts[2]


def _kind_and_bytes(material: str, what: str) -> tuple[int, bytes]:
    data = b64.decode(material, what)
    if not data:
        raise MalformedError(f"a {what} without a key")
    return data[0], data[1:]
