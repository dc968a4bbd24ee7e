"""The plaintext of an appeal, `arasha/appeal/v1`, as it lies inside the envelope."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from arasha.engines.sealing.packing import (
    DIGEST,
    RECIPIENT,
    Form,
    is_day,
    is_language,
    is_text,
    is_texts,
    is_written,
    matches,
    or_none,
)

VERSION = "arasha/appeal/v1"
BUCKETS = (4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024)
SALT_BYTES = TAGS_BYTES = 32

MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A sealed file that follows on its own: SHA-256 in hex and size of the age file, media type."""

    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where replies go: an age recipient, and the 32 bytes from which each reply's tag follows."""

    recipient: str
    tags: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Appeal:
    """What a person wrote.

    `salt` is 32 bytes that make the leaf unguessable; `place` the pack's key of the place, or
    empty; `answers` the kiosk's questions by their keys; `mailbox` where replies go, if anywhere.
    """

    salt: bytes = field(repr=False)
    language: str
    written_on: dt.date
    text: str
    place: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    mailbox: Mailbox | None = None
    attachments: tuple[Attachment, ...] = ()


def pack_payload(appeal: Appeal) -> bytes:
    """Return the padded plaintext. Raises PayloadError for a bad field and for too long a text."""
    return FORM.pack(
        {
            "salt": appeal.salt.hex(),
            "language": appeal.language,
            "written_on": appeal.written_on.isoformat(),
            "text": appeal.text,
            "place": appeal.place,
            "answers": dict(appeal.answers),
            "mailbox": mailbox_as_json(appeal.mailbox),
            "attachments": [as_json(attachment) for attachment in appeal.attachments],
        }
    )


def unpack_payload(plaintext: bytes) -> Appeal:
    """Return the appeal in a padded plaintext, which must be exactly what `pack_payload` writes.

    Raises PayloadError for another version, another spelling, unknown fields, wrong padding.
    """
    content = FORM.unpack(plaintext)
    attachments = tuple(Attachment(**attachment) for attachment in content.pop("attachments"))
    salt, day = bytes.fromhex(content.pop("salt")), dt.date.fromisoformat(content.pop("written_on"))
    box = content.pop("mailbox")
    mailbox = Mailbox(box["recipient"], bytes.fromhex(box["tags"])) if box else None
    return Appeal(salt=salt, written_on=day, mailbox=mailbox, attachments=attachments, **content)


def mailbox_as_json(mailbox: Mailbox | None) -> dict[str, str] | None:
    return {"recipient": mailbox.recipient, "tags": mailbox.tags.hex()} if mailbox else None


def as_json(attachment: Attachment) -> dict[str, str | int]:
    return {each.name: getattr(attachment, each.name) for each in fields(attachment)}


def is_mailbox(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"recipient", "tags"}
        and matches(RECIPIENT)(value["recipient"])
        and matches(DIGEST)(value["tags"])  # 32 bytes in hex, as a digest is
    )


def is_attachments(value: object) -> bool:
    return isinstance(value, list) and all(is_attachment(each) for each in value)


def is_attachment(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"sha256", "size", "media_type"}
        and matches(DIGEST)(value["sha256"])
        and type(value["size"]) is int
        and value["size"] > 0
        and matches(MEDIA_TYPE)(value["media_type"])
    )


FORM = Form(
    what="payload",
    version=VERSION,
    sizes=BUCKETS,
    fields={
        "salt": matches(DIGEST),  # 32 bytes in hex, as a digest is
        "language": is_language,
        "written_on": is_day,
        "text": is_written,
        "place": is_text,
        "answers": is_texts,
        "mailbox": or_none(is_mailbox),
        "attachments": is_attachments,
    },
)
