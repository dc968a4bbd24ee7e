"""Shared vectors, and an appeal sealed to three people, for the tests of sealing."""

import base64
import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import pyrage

from arasha.engines.sealing.age import randomness_bytes, seal
from arasha.engines.sealing.card import Card
from arasha.engines.sealing.payload import Appeal, Attachment, Mailbox, pack_payload

HERE = Path(__file__).parent
VECTORS: dict[str, Any] = json.loads((HERE / "vectors.json").read_text(encoding="utf-8"))
TESTKIT: dict[str, Any] = json.loads((HERE / "age_testkit.json").read_text(encoding="utf-8"))

IDENTITIES: list[str] = VECTORS["identities"]
RECIPIENTS: list[str] = VECTORS["recipients"]
APPEALS: list[dict[str, Any]] = VECTORS["appeals"]
# A hybrid recipient, from the age specification's own examples of form.
HYBRID = "age1pq1" + "q" * 1952


def appeal_of(fields: dict[str, Any]) -> Appeal:
    """Return the appeal that a vector's `fields` describe."""
    return Appeal(
        salt=bytes.fromhex(fields["salt"]),
        language=fields["language"],
        written_on=dt.date.fromisoformat(fields["written_on"]),
        text=fields["text"],
        place=fields["place"],
        answers=fields["answers"],
        mailbox=mailbox_of(fields["mailbox"]),
        attachments=tuple(Attachment(**each) for each in fields["attachments"]),
    )


def mailbox_of(fields: dict[str, str] | None) -> Mailbox | None:
    return Mailbox(fields["recipient"], bytes.fromhex(fields["tags"])) if fields else None


def card_of(fields: dict[str, str]) -> Card:
    return Card(
        bytes.fromhex(fields["digest"]),
        *(fields[name] for name in ("title", "language", "topic", "place")),
    )


def randomness(name: str, recipients: int) -> bytes:
    """Return as many bytes as sealing takes, always the same for a name."""
    return hashlib.shake_256(name.encode()).digest(randomness_bytes(recipients))


def sealed(plaintext: bytes | None = None, *, recipients: list[str] = RECIPIENTS) -> bytes:
    """Return an envelope around `plaintext`, or around the first vector's appeal."""
    if plaintext is None:
        plaintext = pack_payload(appeal_of(APPEALS[0]["fields"]))
    drawn = randomness("sample", len(recipients))
    return seal(plaintext, recipients=recipients, randomness=drawn)


def opened(envelope: bytes, identity: str) -> bytes:
    """Open an envelope with the independent implementation."""
    plaintext: bytes = pyrage.decrypt(envelope, [pyrage.x25519.Identity.from_str(identity)])
    return plaintext


def kit_file(name: str) -> bytes:
    return base64.b64decode(TESTKIT["vectors"][name]["file"])
