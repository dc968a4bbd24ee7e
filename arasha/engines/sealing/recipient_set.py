"""Recipient sets: who can open what is sealed, as a text that the body's own keys sign (TUF).

The text, a target `sets/<body>/<set>.txt` of the body's role:

    arasha recipients v1
    set ombudsman-2026-1
    body ombudsman
    version 1
    valid 2026-01-01 2026-12-31
    officer ombudsperson age1… Duty officer, Astana
    officer office-karaganda age1… Duty officer, Karaganda
    stand_in ombudsperson age1… Stands in for Astana
    office age1… Office key

An officer's line names the institution the reader works for: a small body has readers of a second
office in its set, and stand-ins set ahead, because a key that is not in the set opens nothing.
"""

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from arasha.engines.sealing.errors import (
    CommandingBodyError,
    RecipientError,
    SetTextError,
    TooFewRecipientsError,
)
from arasha.engines.sealing.names import NAME
from arasha.engines.sealing.recipients import Kind, kind_of, parse_recipient

TITLE = "arasha recipients v1"
HEAD = ("set", "body", "version", "valid")
FEWEST_OFFICERS = 2
MOST_MEMBERS = 64
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
LABEL = re.compile(r"\S(?:[^\x00-\x1f\x7f]{0,98}\S)?")


class Role(StrEnum):
    """Who holds a key: an officer, whoever stands in for one, or nobody alone (the offline office key)."""

    OFFICER = "officer"
    STAND_IN = "stand_in"
    OFFICE = "office"


ROLES = frozenset(role.value for role in Role)


@dataclass(frozen=True, slots=True)
class Member:
    """One recipient of a set: its role, its age key, and the label that the kiosk shows.

    `office` is the code of the institution a person works for; the office key has none.
    """

    role: Role
    key: str
    label: str
    office: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.role, self.office, self.key, self.label)))


@dataclass(frozen=True, slots=True)
class RecipientSet:
    """Who can open, for which body, in which version; valid on both days and between them."""

    set_id: str
    body: str
    version: int
    valid_from: dt.date
    valid_until: dt.date
    members: tuple[Member, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The age recipients in the set's order: an envelope has one stanza for each."""
        return tuple(member.key for member in self.members)

    @property
    def kind(self) -> Kind:
        """The one kind of all keys. Raises MixedRecipientsError."""
        return kind_of([parse_recipient(key) for key in self.keys])

    @property
    def offices(self) -> tuple[str, ...]:
        """The institutions whose people can open, in the set's order."""
        return tuple(dict.fromkeys(member.office for member in self.members if member.office))

    def is_valid_on(self, day: dt.date) -> bool:
        """Tell whether `day` is in the set's period. A stale set is marked, never refused."""
        return self.valid_from <= day <= self.valid_until


def build_text(recipients: RecipientSet) -> str:
    """Return the text that the body's keys sign. Raises SetTextError for a field out of form."""
    lines = [
        TITLE,
        f"set {recipients.set_id}",
        f"body {recipients.body}",
        f"version {recipients.version}",
        f"valid {recipients.valid_from.isoformat()} {recipients.valid_until.isoformat()}",
        *map(str, recipients.members),
    ]
    text = "".join(f"{line}\n" for line in lines)
    if parse_text(text) != recipients:
        raise SetTextError("the recipient set cannot be written without changing it")
    return text


def parse_text(text: str) -> RecipientSet:
    """Return the set in `text`. Raises SetTextError and says the line that is out of form.

    Whether the set may be used is told by `check_set`.
    """
    title, *lines = text.split("\n")
    if title != TITLE or not lines or lines.pop() != "":
        raise SetTextError(f"a recipient set begins with {TITLE!r} and ends with a newline")
    if len(lines) < len(HEAD):
        raise SetTextError(f"a recipient set has the lines {', '.join(HEAD)}, then its members")
    head = zip(lines, HEAD, strict=False)
    set_id, body, version, period = (value(line, expected) for line, expected in head)
    valid_from, valid_until = days(period)
    return RecipientSet(
        set_id=name(set_id),
        body=name(body),
        version=number(version),
        valid_from=valid_from,
        valid_until=valid_until,
        members=members(lines[len(HEAD) :]),
    )


def check_set(text: str, *, commanding: Collection[str]) -> RecipientSet:
    """Return the recipient set in `text`, or refuse it. Whose keys signed it is told by the root of trust.

    `commanding` are the codes of the bodies that command the place of the terminal. Raises
    RecipientSetError's subclasses; MixedRecipientsError for keys of two kinds is one of them.
    """
    recipients = parse_text(text)
    for code in (recipients.body, *recipients.offices):
        if code in commanding:
            raise CommandingBodyError(f"{code} commands the place this would come from")
    check_members(recipients)
    return recipients


def check_members(recipients: RecipientSet) -> None:
    """Raise unless the set has two officers, one of them the body's own, the office key, and keys of
    one kind, all different."""
    officers = [each.office for each in recipients.members if each.role is Role.OFFICER]
    office_keys = sum(each.role is Role.OFFICE for each in recipients.members)
    if len(officers) < FEWEST_OFFICERS or office_keys != 1:
        raise TooFewRecipientsError(
            f"a set has at least {FEWEST_OFFICERS} officers and one office key,"
            f" got {len(officers)} and {office_keys}"
        )
    if recipients.body not in officers:
        raise TooFewRecipientsError(f"no officer of {recipients.body} itself is in its set")
    if len(set(recipients.keys)) != len(recipients.keys):
        raise TooFewRecipientsError("the same key stands in the set twice")
    kind_of([parse_recipient(key) for key in recipients.keys])


def value(line: str, expected: str) -> str:
    found, space, rest = line.partition(" ")
    if found != expected or not space:
        raise SetTextError(f"expected a line that begins with {expected!r}, got {line[:80]!r}")
    return rest


def name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise SetTextError(f"{text[:80]!r} is not a name: small letters, digits, and . _ - between")
    return text


def number(text: str) -> int:
    if not NUMBER.fullmatch(text):
        raise SetTextError(f"a version is a number from 1, got {text[:80]!r}")
    return int(text)


def days(period: str) -> tuple[dt.date, dt.date]:
    try:
        first, last = (dt.date.fromisoformat(day) for day in period.split(" "))
    except ValueError as error:
        raise SetTextError(f"'valid' takes two days, got {period[:80]!r}") from error
    if f"{first} {last}" != period or last < first:
        raise SetTextError(f"'valid' takes a first and a last day, got {period[:80]!r}")
    return first, last


def members(lines: Sequence[str]) -> tuple[Member, ...]:
    if len(lines) > MOST_MEMBERS:
        raise SetTextError(f"a set has at most {MOST_MEMBERS} members, got {len(lines)}")
    return tuple(member(line) for line in lines)


def member(line: str) -> Member:
    role, _, rest = line.partition(" ")
    if role not in ROLES:
        raise SetTextError(f"expected {', '.join(sorted(ROLES))} and a key, got {line[:80]!r}")
    office = ""
    if role != Role.OFFICE:
        office, _, rest = rest.partition(" ")
        name(office)
    key, _, label = rest.partition(" ")
    if not LABEL.fullmatch(label):
        raise SetTextError(f"expected a key and a label, got {line[:80]!r}")
    try:
        parse_recipient(key)
    except RecipientError as error:
        raise SetTextError(f"the key of {label!r} is wrong: {error}") from error
    return Member(Role(role), key, label, office)
