"""A mailbox made in Python from its eight words: the second hand that the browser's is held against."""

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pyrage
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from arasha.engines.sealing import bech32

VERSION = b"arasha mailbox v1"
VECTORS = json.loads(
    Path(__file__).parents[1].joinpath("engines/sealing/mailbox.json").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Mailbox:
    identity: str
    recipient: str
    tags: str


def mailbox_of(words: str) -> Mailbox:
    said = unicodedata.normalize("NFKD", words).lower().encode()
    stretched = hashlib.scrypt(said, salt=VERSION, n=2**16, r=8, p=1, dklen=32, maxmem=2**27)
    identity = bech32.encode("age-secret-key-", part(stretched, b"identity")).upper()
    recipient = str(pyrage.x25519.Identity.from_str(identity).to_public())
    return Mailbox(identity, recipient, part(stretched, b"tags").hex())


def part(stretched: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(stretched)
