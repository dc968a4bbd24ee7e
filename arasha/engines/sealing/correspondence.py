"""What officers write about an appeal: replies to its writer's mailbox, and notes to one another."""

import datetime as dt
import hmac
from dataclasses import dataclass

from arasha.engines.sealing.packing import (
    Form,
    is_day,
    is_language,
    is_line,
    is_written,
    one_of,
)

REPLY_VERSION = "arasha reply v1"
REPLY_BYTES = 8 * 1024
SHOWN = ("safe", "in_person")
TAG_DOMAIN = b"arasha reply v1\n"
TAG_BYTES = 16

NOTE_VERSION = "arasha note v1"
NOTE_SIZES = (1024, 4 * 1024, 16 * 1024)
NOTE_KINDS = ("note", "risk", "accused", "request", "forward")
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to the writer. `shown`: "safe" on a screen, or only "in_person"."""

    text: str
    shown: str
    language: str


@dataclass(frozen=True, slots=True)
class Note:
    """What an officer noted for the others; `by` is their name as they signed, `on` the day."""

    kind: str
    text: str
    by: str
    on: dt.date


def reply_tag(tags: bytes, number: int) -> bytes:
    """Return the 16 bytes under which reply `number` (from 0) lies, from the mailbox's 32 bytes.

    Only the writer and whoever opened the appeal can compute it, and no two tags look related.
    Raises ValueError for a negative number.
    """
    if number < 0:
        raise ValueError(f"replies are numbered from 0, got {number}")
    return hmac.digest(tags, TAG_DOMAIN + str(number).encode(), "sha256")[:TAG_BYTES]


def pack_reply(reply: Reply) -> bytes:
    """Return the plaintext of exactly 8,192 bytes. Raises PayloadError."""
    content = {"text": reply.text, "shown": reply.shown, "language": reply.language}
    return REPLY_FORM.pack(content)


def unpack_reply(plaintext: bytes) -> Reply:
    """Return the reply in a plaintext that is exactly what `pack_reply` writes. Raises PayloadError."""
    return Reply(**REPLY_FORM.unpack(plaintext))


def pack_note(note: Note) -> bytes:
    """Return the plaintext, padded to 1, 4 or 16 KiB. Raises PayloadError."""
    content = {"kind": note.kind, "text": note.text, "by": note.by, "on": note.on.isoformat()}
    return NOTE_FORM.pack(content)


def unpack_note(plaintext: bytes) -> Note:
    """Return the note in a plaintext that is exactly what `pack_note` writes. Raises PayloadError."""
    content = NOTE_FORM.unpack(plaintext)
    return Note(on=dt.date.fromisoformat(content.pop("on")), **content)


REPLY_FORM = Form(
    what="reply",
    version=REPLY_VERSION,
    sizes=(REPLY_BYTES,),
    fields={"text": is_written, "shown": one_of(*SHOWN), "language": is_language},
)
NOTE_FORM = Form(
    what="note",
    version=NOTE_VERSION,
    sizes=NOTE_SIZES,
    fields={
        "kind": one_of(*NOTE_KINDS),
        "text": is_written,
        "by": is_line(LONGEST_NAME),
        "on": is_day,
    },
)
