"""Whom a person at this terminal may write to: sets that are genuine, of bodies that are free."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from arasha.engines.notes import MalformedError, VerifierKey, parse_note
from arasha.engines.sealing.errors import RecipientSetError, SetTextError
from arasha.engines.sealing.recipient_set import RecipientSet, check_set, parse_text

Root = Mapping[str, Any]  # {"body", "name", "vkeys", "threshold"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A body that can be written to, and who would read."""

    recipients: RecipientSet
    name: Mapping[str, str]

    def is_stale_on(self, day: dt.date) -> bool:
        return not self.recipients.is_valid_on(day)


@dataclass(frozen=True, slots=True)
class Directory:
    """What the terminal knows, also while the line is down. `sets` are signed notes."""

    place: Mapping[str, Any]
    commanders: tuple[str, ...]
    sets: tuple[str, ...]
    roots: tuple[Root, ...]

    @classmethod
    def parse(cls, content: Mapping[str, Any]) -> "Directory":
        """Read the gateway's answer. Raises MalformedError."""
        try:
            return cls(
                place=dict(content["place"]),
                commanders=tuple(map(str, content["commanders"])),
                sets=tuple(map(str, content["sets"])),
                roots=tuple(dict(root) for root in content["roots"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise MalformedError(f"the gateway's list of recipient sets: {error!r}") from error

    def to_json(self) -> str:
        fields = (self.place, self.commanders, self.sets, self.roots)
        names = ("place", "commanders", "sets", "roots")
        return json.dumps(dict(zip(names, fields, strict=True)), ensure_ascii=False)

    def offers(self) -> list[Offer]:
        """Return one offer for each body: its newest genuine set. What is not genuine is left out."""
        newest: dict[str, Offer] = {}
        for note in self.sets:
            offer = _offer(note, self.roots, self.commanders)
            if offer and _is_newer(offer, newest.get(offer.recipients.body)):
                newest[offer.recipients.body] = offer
        return list(newest.values())

    def followed_by(self, later: "Directory", *, pinned: Sequence[Root] = ()) -> "Directory":
        """Return what to believe once the gateway said `later`.

        Roots never come from the network: they are the pinned ones, or else the first that this
        terminal ever saw. Sets that were known stay known, so an old one cannot replace a new one.
        """
        roots = tuple(pinned) or self.roots or later.roots
        kept = tuple(note for note in self.sets if note not in later.sets)
        return Directory(later.place, later.commanders, later.sets + kept, roots).pruned()

    def pruned(self) -> "Directory":
        """Return the same without the sets that are older than the offered ones."""
        offered = {(offer.recipients.body, offer.recipients.version) for offer in self.offers()}
        current = tuple(note for note in self.sets if _label(note) in offered)
        return Directory(self.place, self.commanders, current, self.roots)


EMPTY = Directory({}, (), (), ())


def _offer(note: str, roots: Sequence[Root], commanders: Sequence[str]) -> Offer | None:
    label = _label(note)
    root = next((root for root in roots if label and root.get("body") == label[0]), None)
    if root is None:
        return None
    try:
        keys = [VerifierKey.parse(str(text)) for text in root["vkeys"]]
        recipients = check_set(
            note.encode(), keys=keys, threshold=root["threshold"], commanding=commanders
        )
        return Offer(recipients, dict(root["name"]))
    except (RecipientSetError, MalformedError, KeyError, TypeError, ValueError):
        return None


def _label(note: str) -> tuple[str, int] | None:
    try:
        claimed = parse_text(parse_note(note.encode()).text)
    except (MalformedError, SetTextError):
        return None
    return claimed.body, claimed.version


def _is_newer(offer: Offer, than: Offer | None) -> bool:
    return than is None or offer.recipients.version > than.recipients.version
