"""What officers write about an appeal: replies to its writer's mailbox, and notes to one another."""

import datetime as dt
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from arasha.engines.sealing.errors import PayloadError
from arasha.engines.sealing.packing import (
    Form,
    is_day,
    is_language,
    is_line,
    is_text,
    is_written,
    one_of,
)

REPLY_VERSION, FIRST_REPLY_VERSION = "arasha reply v2", "arasha reply v1"
REPLY_BYTES = 8 * 1024
SHOWN = ("safe", "in_person")
FIRST_REPLY_END = f'"v":"{FIRST_REPLY_VERSION}"}}'.encode()  # canonical JSON is sorted by name
TEXT_REPLY, STATE_REPLY = "text", "state"
STATES = ("received", "opened", "checked", "passed_on", "answered")
TAG_DOMAIN = b"arasha reply v1\n"  # also of later versions: a tag tells nobody what lies under it
TAG_BYTES = 16
# To one mailbox, word of states among them: every look asks for so many tags, and finds no later reply.
MOST_REPLIES = 64

NOTE_VERSION = "arasha note v1"
NOTE_SIZES = (1024, 4 * 1024, 16 * 1024)
NOTE_KINDS = ("note", "risk", "accused", "request", "forward")
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to the writer, or word of how far their appeal is.

    `shown`: "safe" on a screen, or only "in_person". `kind` "state": `state` is one of STATES, and
    `text` may be empty; `next_day`: when they may expect more, None if no rule says it.
    """

    text: str
    shown: str
    language: str
    kind: str = TEXT_REPLY
    state: str = ""
    next_day: dt.date | None = None


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
    content = {
        "kind": reply.kind,
        "state": reply.state,
        "text": reply.text,
        "shown": reply.shown,
        "language": reply.language,
        "next_day": reply.next_day.isoformat() if reply.next_day else "",
    }
    _check_kind(content)
    return REPLY_FORM.pack(content)


def unpack_reply(plaintext: bytes) -> Reply:
    """Return the reply in a plaintext that is exactly what `pack_reply` writes. Raises PayloadError.

    The first version, which knew only texts, is still read.
    """
    if plaintext.rstrip(b"\0").endswith(FIRST_REPLY_END):
        return Reply(**FIRST_REPLY_FORM.unpack(plaintext))
    content = REPLY_FORM.unpack(plaintext)
    _check_kind(content)
    day = content.pop("next_day")
    return Reply(next_day=dt.date.fromisoformat(day) if day else None, **content)


def _check_kind(content: Mapping[str, object]) -> None:
    """A text says something and no state; a state may do without words."""
    is_state = content["kind"] == STATE_REPLY
    if is_state != bool(content["state"]) or not (is_state or is_written(content["text"])):
        raise PayloadError("the reply's state, text and kind do not belong together")


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
    fields={
        "kind": one_of(TEXT_REPLY, STATE_REPLY),
        "state": one_of("", *STATES),
        "text": is_text,
        "shown": one_of(*SHOWN),
        "language": is_language,
        "next_day": lambda value: value == "" or is_day(value),
    },
)
FIRST_REPLY_FORM = Form(
    what="reply",
    version=FIRST_REPLY_VERSION,
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
