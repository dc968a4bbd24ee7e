"""Keys of keepers: a private file sealed with a passphrase, and the public part that is handed in."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from securesystemslib.signer import CryptoSigner, Key, SSlibKey

from arasha.engines.notes import MalformedError

PRIVATE, PUBLIC = "arasha signing key v1", "arasha public key v1"
HOLDER = "x-arasha-holder"  # in the metadata beside the key: who is asked to sign
COST = 2**17  # scrypt: 128 MiB and half a second a guess


class WrongPassphraseError(Exception):
    """The passphrase does not open this key, or the file was changed."""


@dataclass(frozen=True, slots=True)
class KeeperKey:
    """A signing key and who holds it."""

    holder: str
    seed: bytes

    @property
    def signer(self) -> CryptoSigner:
        return CryptoSigner(Ed25519PrivateKey.from_private_bytes(self.seed), self.public)

    @property
    def public(self) -> SSlibKey:
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return _key(self.holder, private.public_key())

    def to_json(self, passphrase: str = "") -> bytes:
        """The private file. Without a passphrase only for a key that a machine uses by itself."""
        content = {"v": PRIVATE, "holder": self.holder, "keyid": self.public.keyid}
        if not passphrase:
            return _pretty(content | {"seed": self.seed.hex()})
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        sealed = _cipher(passphrase, salt).encrypt(nonce, self.seed, self.holder.encode())
        opened_by = {"scrypt": COST, "salt": salt.hex(), "nonce": nonce.hex()}
        return _pretty(content | opened_by | {"sealed": sealed.hex()})


def new_key(holder: str) -> KeeperKey:
    return KeeperKey(holder, secrets.token_bytes(32))


def is_sealed(data: bytes) -> bool:
    """Whether a private file asks for a passphrase. Raises MalformedError."""
    return "sealed" in _content(data, PRIVATE)


def open_key(data: bytes, passphrase: str = "") -> KeeperKey:
    """Read a private file. Raises MalformedError, WrongPassphraseError."""
    content = _content(data, PRIVATE)
    try:
        if "seed" in content:
            return KeeperKey(content["holder"], bytes.fromhex(content["seed"]))
        if content["scrypt"] != COST:
            raise MalformedError(f"a key file with another cost than {COST}")
        salt, nonce, sealed = (bytes.fromhex(content[k]) for k in ("salt", "nonce", "sealed"))
        seed = _cipher(passphrase, salt).decrypt(nonce, sealed, content["holder"].encode())
        return KeeperKey(content["holder"], seed)
    except InvalidTag as error:
        raise WrongPassphraseError from error
    except (KeyError, TypeError, AttributeError) as error:
        raise MalformedError(f"not a signing key: {error!r}") from error


def public_json(key: Key) -> bytes:
    """The public part, to be handed in and compared by its fingerprint."""
    content = {"v": PUBLIC, "holder": holder_of(key), "public": key.to_dict()["keyval"]["public"]}
    return _pretty(content)


def read_public(data: bytes) -> SSlibKey:
    """Read a public part. Raises MalformedError."""
    content = _content(data, PUBLIC)
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(content["public"]))
        return _key(str(content["holder"]), public)
    except (KeyError, TypeError, ValueError) as error:
        raise MalformedError(f"not a public key: {error!r}") from error


def holder_of(key: Key) -> str:
    """Who holds a key, as its metadata says."""
    return str(key.unrecognized_fields.get(HOLDER, key.keyid[:8]))


def fingerprint(key: Key) -> str:
    """The first 20 hex digits of the key's hash in fours, to be read aloud and compared."""
    return " ".join(key.keyid[i : i + 4] for i in range(0, 20, 4))


def _key(holder: str, public: Ed25519PublicKey) -> SSlibKey:
    key = SSlibKey.from_crypto(public)
    key.unrecognized_fields[HOLDER] = holder
    return key


def _cipher(passphrase: str, salt: bytes) -> ChaCha20Poly1305:
    derived = Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode())
    return ChaCha20Poly1305(derived)


def _content(data: bytes, kind: str) -> dict[str, Any]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"not a file of a key: {error}") from error
    if not isinstance(content, dict) or content.get("v") != kind:
        raise MalformedError(f"not a file of the kind {kind!r}")
    return content


def _pretty(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"
