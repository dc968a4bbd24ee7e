"""The plaintext of an appeal, `arasha/appeal/v1`: canonical JSON, padded with zero bytes.

age shows the exact length of what it seals, so an appeal is padded to one of a few sizes.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields

from arasha.engines.notes import canonical_json
from arasha.engines.sealing.errors import PayloadError

VERSION = "arasha/appeal/v1"
BUCKETS = (4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024)
SALT_BYTES = 32

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
DIGEST = re.compile(r"[0-9a-f]{64}")
MAILBOX = re.compile(r"age1(pq1[02-9ac-hj-np-z]{1952}|[02-9ac-hj-np-z]{58})")
WRITTEN = re.compile(r"[^ \t\r\n]")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A sealed file that follows on its own: its SHA-256 in hex, its bytes, its media type."""

    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """What a person wrote, as it lies inside the envelope.

    `salt` is 32 bytes that make the leaf unguessable; `place` the pack's key of the place, or
    empty; `answers` the kiosk's questions by their keys; `card` the title card and `mailbox` the
    key for replies, if there are any.
    """

    salt: bytes = field(repr=False)
    language: str
    written_on: dt.date
    text: str
    place: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    card: Mapping[str, str] | None = None
    mailbox: str | None = None
    attachments: tuple[Attachment, ...] = ()


def pack_payload(appeal: Appeal) -> bytes:
    """Return the padded plaintext. Raises PayloadError for a bad field and for too long a text."""
    content = {
        "v": VERSION,
        "salt": appeal.salt.hex(),
        "language": appeal.language,
        "written_on": appeal.written_on.isoformat(),
        "text": appeal.text,
        "place": appeal.place,
        "answers": dict(appeal.answers),
        "card": None if appeal.card is None else dict(appeal.card),
        "mailbox": appeal.mailbox,
        "attachments": [as_json(attachment) for attachment in appeal.attachments],
    }
    check_fields(content)
    return pad(canonical(content))


def unpack_payload(plaintext: bytes) -> Appeal:
    """Return the appeal in a padded plaintext, which must be exactly what `pack_payload` writes.

    Raises PayloadError for another version, another spelling, unknown fields, wrong padding.
    """
    packed = unpad(plaintext)
    try:
        content = json.loads(packed)
    except (ValueError, RecursionError) as error:
        raise PayloadError(f"the payload is not JSON: {error}") from error
    check_fields(content)
    if canonical(content) != packed:
        raise PayloadError("the payload is not in canonical JSON")
    attachments = tuple(Attachment(**attachment) for attachment in content.pop("attachments"))
    salt, day = bytes.fromhex(content.pop("salt")), dt.date.fromisoformat(content.pop("written_on"))
    del content["v"]
    return Appeal(salt=salt, written_on=day, attachments=attachments, **content)


def as_json(attachment: Attachment) -> dict[str, str | int]:
    return {each.name: getattr(attachment, each.name) for each in fields(attachment)}


def canonical(content: object) -> bytes:
    try:
        return canonical_json(content)
    except (TypeError, ValueError) as error:
        raise PayloadError(f"the payload has no canonical JSON form: {error}") from error


def pad(packed: bytes) -> bytes:
    for bucket in BUCKETS:
        if len(packed) <= bucket:
            return packed.ljust(bucket, b"\0")
    raise PayloadError(f"the appeal takes {len(packed):,} bytes, at most {BUCKETS[-1]:,} fit")


def unpad(plaintext: bytes) -> bytes:
    packed = plaintext.rstrip(b"\0")
    if len(packed) > BUCKETS[-1] or len(pad(packed)) != len(plaintext):
        raise PayloadError(f"{len(plaintext):,} bytes are not the padded size of this payload")
    return packed


def check_fields(content: object) -> None:
    """Raise PayloadError unless `content` has exactly the fields of the version, each in form."""
    if not isinstance(content, dict) or content.get("v") != VERSION:
        raise PayloadError(f"the payload is not of the version {VERSION}")
    if content.keys() != FORMS.keys():
        raise PayloadError(
            f"the payload's fields differ by {sorted(content.keys() ^ FORMS.keys())}"
        )
    for name, has_form in FORMS.items():
        if not has_form(content[name]):
            raise PayloadError(f"the payload's field {name} is not in the form of {VERSION}")


def is_text(value: object) -> bool:
    return isinstance(value, str)


def is_written(value: object) -> bool:
    return isinstance(value, str) and WRITTEN.search(value) is not None


def matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(is_text(each) for each in value.values())


def or_none(has_form: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or has_form(value)


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


FORMS: Mapping[str, Callable[[object], bool]] = {
    "v": is_text,
    "salt": matches(DIGEST),  # 32 bytes in hex, as a digest is
    "language": matches(LANGUAGE),
    "written_on": is_day,
    "text": is_written,
    "place": is_text,
    "answers": is_texts,
    "card": or_none(is_texts),
    "mailbox": or_none(matches(MAILBOX)),
    "attachments": is_attachments,
}
