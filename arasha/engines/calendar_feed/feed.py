"""Terms as iCalendar: own lines, because the part that is needed is smaller than any library's interface.

A feed is read by telephones and by the companies behind them. So it holds no name and no content: a title is
what the caller gives, such as the kind of a term and the number of a case, and an address that asks for a sign-in.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MEDIA_TYPE = "text/calendar; charset=utf-8"
WARN_DAYS = (10, 5, 2, 1)
_OCTETS = 75  # of a line, without its end (3.1)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[\x21-\x7e]+")


class FeedError(ValueError):
    """A term that is no event."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `uid` is the same for ever; `sequence` grows each time the day changes.

    `changed_at` is when somebody last changed it. A term that is met or void is `cancelled`: one that simply
    vanishes stays on some telephones.
    """

    uid: str
    due_at: dt.datetime
    changed_at: dt.datetime
    title: str
    sequence: int = 0
    url: str = ""
    cancelled: bool = False


def feed(
    terms: Iterable[Term], *, name: str, language: str, warn_days: Sequence[int] = WARN_DAYS
) -> bytes:
    """Return a calendar of the terms, by day, each with a reminder that many days before.

    Moments are written in UTC, so that no table of time zones is needed. Equal terms give equal bytes.
    Raises FeedError for a moment without an offset, a uid given twice or empty, an address that is none.
    """
    ordered = sorted(terms, key=lambda term: (term.due_at, term.uid))
    _refuse_doubles(ordered)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Arasha//Terms//EN",
        "CALSCALE:GREGORIAN",
        f"NAME;LANGUAGE={_tag(language)}:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *(line for term in ordered for line in _event(term, language, warn_days)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _refuse_doubles(terms: Sequence[Term]) -> None:
    seen: set[str] = set()
    for term in terms:
        if not term.uid.strip() or term.uid in seen:
            raise FeedError(f"uid {term.uid!r} is empty or given twice")
        seen.add(term.uid)


def _event(term: Term, language: str, warn_days: Sequence[int]) -> Iterator[str]:
    if term.url and not _ADDRESS.fullmatch(term.url):
        raise FeedError(f"url of {term.uid} is no address: {term.url!r}")
    if term.sequence < 0:
        raise FeedError(f"sequence of {term.uid} counts from 0, got {term.sequence}")
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(term.uid)}"
    yield f"DTSTAMP:{_moment(term.changed_at)}"
    yield f"LAST-MODIFIED:{_moment(term.changed_at)}"
    yield f"DTSTART:{_moment(term.due_at)}"
    yield f"SEQUENCE:{term.sequence}"
    yield f"SUMMARY;LANGUAGE={_tag(language)}:{_text(term.title)}"
    if term.url:
        yield f"URL:{term.url}"
    yield f"STATUS:{'CANCELLED' if term.cancelled else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"  # a term takes up nobody's time
    if not term.cancelled:
        for days in warn_days:
            yield from _alarm(term, days)
    yield "END:VEVENT"


def _alarm(term: Term, days: int) -> Iterator[str]:
    if days < 1:
        raise FeedError(f"a reminder comes at least a day before, got {days}")
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"TRIGGER:-P{days}D"
    yield f"DESCRIPTION:{_text(term.title)}"
    yield "END:VALARM"


def _moment(at: dt.datetime) -> str:
    if at.utcoffset() is None:
        raise FeedError(f"{at.isoformat()} has no offset")
    utc = at.astimezone(dt.UTC)
    return f"{utc.year:04d}{utc:%m%dT%H%M%S}Z"


def _text(value: str) -> str:
    """Escaped (3.3.11); what no line can hold is left out."""
    escaped = value.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    escaped = escaped.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return _CONTROL.sub("", escaped)


def _tag(language: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]+", language):
        raise FeedError(f"language {language!r} is no tag")
    return language


def _folded(line: str) -> bytes:
    """At most 75 octets a line, the next begun with a space, never through the middle of a letter (3.1)."""
    parts: list[bytes] = []
    current = b""
    for letter in line:
        encoded = letter.encode()
        if len(current) + len(encoded) > _OCTETS:
            parts.append(current)
            current = b" "
        current += encoded
    return b"\r\n".join((*parts, current)) + b"\r\n"
