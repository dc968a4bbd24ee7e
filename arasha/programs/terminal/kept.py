"""Every object that this terminal was given: on its disk, or in memory while the disk is full."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from arasha.engines.channel.up import Kind
from arasha.wire.spool import Item, Listed, Spool, SpoolFullError, State

MOST_IN_MEMORY = 16 * 1024 * 1024  # bytes that are held besides the disk


class NoRoomError(Exception):
    """The disk is full, and memory holds as much as it may."""


class Kept:
    """One place for both. `day`: the last one that was signed for; what has none is never destroyed."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._held: dict[bytes, Item] = {}

    def add(self, item: Item) -> Item:
        """Keep an object, or find it: durably if the disk allows it. Raises NoRoomError."""
        found = next((each for each in self._held.values() if _is_same(each, item)), None)
        if found:
            return found
        try:
            return self._spool.keep(item)
        except SpoolFullError as error:
            if sum(len(each.body) for each in self._held.values()) > MOST_IN_MEMORY:
                raise NoRoomError from error
            self._held[item.name] = item
            return item

    def get(self, name: bytes) -> Item | None:
        return self._held.get(name) or self._spool.get(name)

    def find(self, name: bytes) -> Listed | None:
        held = self._held.get(name)
        return held.listed if held else self._spool.find(name)

    def filing(self, leaf: bytes) -> Item | None:
        held = (each for each in self._held.values() if each.kind is Kind.FILING)
        return next((each for each in held if each.leaf == leaf), None) or self._spool.filing(leaf)

    def files(self, leaf: bytes) -> list[Listed]:
        """The sealed files that follow a filing."""
        held = [each.listed for each in self._held.values() if each.leaf == leaf]
        listed = [*held, *self._spool.listed_of(leaf)]
        return [each for each in listed if each.kind is Kind.ATTACHMENT]

    def listed(self) -> list[Listed]:
        return [*(each.listed for each in self._held.values()), *self._spool.listed()]

    def waiting_filings(self) -> Iterator[Item]:
        """Those that are to be sent."""
        for each in self.listed():
            if each.waits and each.kind is Kind.FILING and (item := self.get(each.name)):
                yield item

    def is_held(self, name: bytes) -> bool:
        """Whether it is in memory only."""
        return name in self._held

    def bring_to_disk(self, *, day: dt.date | None) -> None:
        """Let the disk take what memory holds. Raises SpoolFullError."""
        for item in list(self._held.values()):
            self._spool.keep(item)
            if item.state is State.ACKNOWLEDGED:
                self._spool.acknowledge(item.name, day=day)
            del self._held[item.name]

    def acknowledge(self, name: bytes, *, day: dt.date | None) -> None:
        """The other side has it. Raises SpoolFullError."""
        if self.is_held(name):
            # It stays in memory until the disk takes it: it has to outlive the proof.
            self._held[name] = replace(self._held[name], state=State.ACKNOWLEDGED)
        else:
            self._spool.acknowledge(name, day=day)

    def prove(self, name: bytes, proof: str | None, *, day: dt.date | None) -> None:
        """Raises SpoolFullError. A proof for what is in memory is asked for again."""
        if self.is_held(name):
            self.acknowledge(name, day=day)
        else:
            self._spool.prove(name, proof, day=day)

    def reopen(self, found: Listed) -> bool:
        """Send it again if it had arrived; returns whether it had. Raises SpoolFullError."""
        if found.waits or self.is_held(found.name):
            return False
        self._spool.reopen(found.name)
        return True

    def forget(self, *, proved_before: dt.date) -> list[bytes]:
        """Destroy what was proved before that day; returns the names. Raises SpoolFullError."""
        return self._spool.forget(proved_before=proved_before)


def _is_same(one: Item, other: Item) -> bool:
    """Sealed again, a filing has another name, and is still the same filing."""
    are_filings = one.kind is other.kind is Kind.FILING
    return one.name == other.name or (are_filings and one.leaf == other.leaf)
