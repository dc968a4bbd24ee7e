"""age v1 files to X25519 recipients, sealing only (C2SP age). Randomness is an argument.

Terminals seal in the browser; this is for seeded worlds and load generators, and it writes no
`grease` stanza, because the gateway admits exactly one stanza for each recipient.
"""

import hmac
from collections.abc import Iterator, Sequence

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from arasha.engines.sealing.errors import RecipientError
from arasha.engines.sealing.header import VERSION_LINE, base64_unpadded
from arasha.engines.sealing.recipients import Kind, kind_of, parse_recipient

CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16
FILE_KEY_BYTES = NONCE_BYTES = 16
SCALAR_BYTES = 32


def randomness_bytes(recipients: int) -> int:
    """Return how many random bytes `seal` takes for so many recipients."""
    return FILE_KEY_BYTES + NONCE_BYTES + SCALAR_BYTES * recipients


def seal(plaintext: bytes, *, recipients: Sequence[str], randomness: bytes) -> bytes:
    """Return `plaintext` as a binary age v1 file that each of the X25519 `recipients` can open.

    `randomness` is used once and never again: the file key, the payload's nonce, then one
    ephemeral scalar for each recipient in order; `randomness_bytes(n)` long. The same arguments
    give the same bytes. Raises RecipientError, MixedRecipientsError; ValueError for a wrong
    length of `randomness`.
    """
    if len(randomness) != (expected := randomness_bytes(len(recipients))):
        raise ValueError(f"randomness must be {expected} bytes, got {len(randomness)}")
    keys = x25519_keys(recipients)
    file_key, nonce, scalars = randomness[:16], randomness[16:32], randomness[32:]
    stanzas = [
        stanza(file_key, recipient=key, ephemeral=scalars[place : place + SCALAR_BYTES])
        for key, place in zip(keys, range(0, len(scalars), SCALAR_BYTES), strict=True)
    ]
    payload_key = derive(file_key, salt=nonce, info=b"payload")
    return header(file_key, stanzas) + nonce + b"".join(chunks(plaintext, key=payload_key))


def x25519_keys(recipients: Sequence[str]) -> list[bytes]:
    parsed = [parse_recipient(text) for text in recipients]
    if len(set(parsed)) != len(parsed):
        raise RecipientError("the same recipient is named twice")
    if (kind := kind_of(parsed)) is not Kind.X25519:
        raise RecipientError(f"this function seals to X25519 recipients only, got {kind}")
    return [recipient.key for recipient in parsed]


def header(file_key: bytes, stanzas: Sequence[bytes]) -> bytes:
    """Join the stanzas into a header and close it with its MAC (section "Header MAC")."""
    unsigned = VERSION_LINE + b"".join(stanzas) + b"---"
    mac = hmac.digest(derive(file_key, salt=b"", info=b"header"), unsigned, "sha256")
    return unsigned + b" " + base64_unpadded(mac) + b"\n"


def stanza(file_key: bytes, *, recipient: bytes, ephemeral: bytes) -> bytes:
    """Wrap the file key for one X25519 recipient (section "X25519 recipient stanza")."""
    secret = X25519PrivateKey.from_private_bytes(ephemeral)
    share = secret.public_key().public_bytes_raw()
    try:
        shared = secret.exchange(X25519PublicKey.from_public_bytes(recipient))
    except ValueError as error:  # the shared secret is all zero bytes
        raise RecipientError(f"recipient {recipient.hex()} is a point of low order") from error
    wrap_key = derive(shared, salt=share + recipient, info=b"age-encryption.org/v1/X25519")
    body = ChaCha20Poly1305(wrap_key).encrypt(bytes(12), file_key, None)
    return b"-> X25519 %b\n%b\n" % (base64_unpadded(share), base64_unpadded(body))


def chunks(plaintext: bytes, *, key: bytes) -> Iterator[bytes]:
    """Seal 64 KiB at a time; the nonce is a counter and a mark on the last chunk (STREAM)."""
    cipher = ChaCha20Poly1305(key)
    last = max(0, len(plaintext) - 1) // CHUNK_BYTES
    for counter in range(last + 1):
        nonce = counter.to_bytes(11, "big") + bytes([counter == last])
        start = counter * CHUNK_BYTES
        yield cipher.encrypt(nonce, plaintext[start : start + CHUNK_BYTES], None)


def derive(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(secret)


def sealed_payload_bytes(plaintext_bytes: int) -> int:
    """Return the length of an age payload (nonce and chunks) over so many bytes of plaintext."""
    chunk_count = max(1, -(-plaintext_bytes // CHUNK_BYTES))
    return NONCE_BYTES + plaintext_bytes + TAG_BYTES * chunk_count
