"""New headers for sealed appeals: the same payload, opened by more keys, nothing taken back."""

import hmac
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from arasha.engines.sealing.age import SCALAR_BYTES, derive, stanza, x25519_keys
from arasha.engines.sealing.age import header as build_header
from arasha.engines.sealing.errors import EnvelopeError
from arasha.engines.sealing.header import SHARE_BYTES, decode_base64, parse_header
from arasha.engines.sealing.recipients import Kind
from arasha.programs.officekey.sheets import Key

SHARE, BODY = "the share", "the wrapped key"


class NotOursError(Exception):
    """The office key opens no stanza of this header."""


class FalseHeaderError(Exception):
    """The header's own MAC is false: somebody changed it."""


def rewrap(header: bytes, *, key: Key, recipients: Sequence[str]) -> bytes:
    """Return an age header with the file key of `header`, sealed to `recipients` in their order.

    Raises NotOursError, FalseHeaderError; EnvelopeError for bytes that are no header;
    RecipientError and MixedRecipientsError for the recipients.
    """
    if parse_header(header).length != len(header):
        raise EnvelopeError("there is more than a header")
    file_key = unwrap(header, key)
    stanzas = [
        stanza(file_key, recipient=recipient, ephemeral=secrets.token_bytes(SCALAR_BYTES))
        for recipient in x25519_keys(recipients)
    ]
    return build_header(file_key, stanzas)


def unwrap(header: bytes, key: Key) -> bytes:
    """Return the 16-byte file key in a header (C2SP age, "X25519 recipient stanza")."""
    lines = header.split(b"\n")
    stanzas = [place for place, line in enumerate(lines) if line.startswith(b"-> X25519 ")]
    for place in stanzas:
        file_key = _opened(lines[place].split(b" ")[2], lines[place + 1], key)
        if file_key is not None:
            _check_mac(header, file_key)
            return file_key
    raise NotOursError


def _opened(share_text: bytes, body_text: bytes, key: Key) -> bytes | None:
    share = decode_base64(share_text, SHARE_BYTES[Kind.X25519], SHARE)
    body = decode_base64(body_text, 32, BODY)
    secret = X25519PrivateKey.from_private_bytes(key.secret)
    shared = secret.exchange(X25519PublicKey.from_public_bytes(share))
    salt = share + secret.public_key().public_bytes_raw()
    wrap_key = derive(shared, salt=salt, info=b"age-encryption.org/v1/X25519")
    try:
        return ChaCha20Poly1305(wrap_key).decrypt(bytes(12), body, None)
    except InvalidTag:
        return None


def _check_mac(header: bytes, file_key: bytes) -> None:
    unsigned, _, mac = header.rstrip(b"\n").rpartition(b" ")
    expected = hmac.digest(derive(file_key, salt=b"", info=b"header"), unsigned, "sha256")
    if not hmac.compare_digest(decode_base64(mac, 32, "the header's MAC"), expected):
        raise FalseHeaderError
