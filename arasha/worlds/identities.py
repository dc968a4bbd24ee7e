"""Demo keys: age identities and signing keys that lie in files. A real build has none of them."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from arasha.engines.notes import NOTE, SignerKey
from arasha.engines.sealing.bech32 import encode
from arasha.wire.keyfile import replace_private


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody's key pair for opening; `secret` is readable by whoever reads this machine."""

    name: str
    email: str
    recipient: str
    secret: str


def new_identity(*, name: str, email: str) -> Identity:
    """An X25519 identity in the spelling of age."""
    private = X25519PrivateKey.generate()
    return Identity(
        name=name,
        email=email,
        recipient=encode("age", private.public_key().public_bytes_raw()),
        secret=encode("age-secret-key-", private.private_bytes_raw()).upper(),
    )


def new_signer(name: str) -> SignerKey:
    return SignerKey(name, NOTE, secrets.token_bytes(32))


def write_identities(path: Path, identities: list[Identity]) -> None:
    """The file that a demo reader takes, marked so that nobody takes it for real keys."""
    content = {
        "demo": True,
        "identities": [
            {"name": i.name, "email": i.email, "recipient": i.recipient, "identity": i.secret}
            for i in identities
        ],
    }
    replace_private(path, json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")
