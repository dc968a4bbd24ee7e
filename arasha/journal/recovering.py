"""Brings back the leaves that were published and that this database has lost.

The largest state that this log's key signed, wherever it is found, is the goal: the entries come from our own
folder or a mirror, and are taken only if they lead from what the database knows to that signed root.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby

from django.db import transaction

from arasha.engines.notes import MalformedError
from arasha.engines.translog import leaf_hash, root_of
from arasha.journal.epochs import take_turn
from arasha.journal.errors import (
    CannotRecoverError,
    LogContradictsError,
    NothingToRecoverError,
)
from arasha.journal.history import FOLDER, RECORD, known_size
from arasha.journal.lastcheckpoint import State
from arasha.journal.log import Log
from arasha.journal.models import Epoch, Leaf, Witness
from arasha.journal.outside import look_around
from arasha.journal.sequencer import finish
from arasha.wire.client import AnswerTooLongError, UnreachableError
from arasha.wire.published import NotPublishedError, Published, code_file, published_at

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was brought back: `leaves` in all, and how many of them came without their record."""

    source: str
    size: int
    leaves: int
    without_record: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A published entry, with the day that its code file names."""

    text: bytes
    day: dt.date


def recover(log: Log, *, mirrors: Sequence[str] = (), at: dt.datetime) -> Recovered:
    """Bring the database up to the largest signed state, then publish that state again.

    `mirrors` are asked before those of the settings. Raises NothingToRecoverError, CannotRecoverError,
    LogContradictsError.
    """
    log = replace(log, mirrors=(*mirrors, *log.mirrors))
    goal = largest_state(log)
    if goal.size <= known_size():
        raise NothingToRecoverError(known=known_size())
    source, entries = _proved(log, goal, at)
    missing = bring_back(log, goal, entries, at=at)
    Witness.objects.update(trouble="")
    finish(log, at=at)
    return Recovered(source, goal.size, len(entries), missing)


def largest_state(log: Log) -> State:
    """The largest state that was signed, as our record, our folder, witnesses and mirrors know it.

    Raises LogContradictsError if two of them name different roots of one size.
    """
    states = {str(RECORD): log.last.read(), str(FOLDER): log.folder.state()}
    states |= {seen.source: seen.state for seen in look_around(log) if seen is not None}
    goal = max(states.values(), key=lambda state: state.size)
    for source, state in states.items():
        if state.size == goal.size and state != goal:
            raise LogContradictsError(source=source, size=state.size)
    return goal


def _proved(log: Log, goal: State, at: dt.datetime) -> tuple[str, list[Entry]]:
    """The missing entries from the first place that has them all, and no other ones."""
    known = _known_hashes()
    places = [str(log.folder.path), *log.mirrors]
    faults = []
    for where in places:
        place = published_at(where)
        try:
            texts = list(place.entries(len(known), goal.size))
            if root_of(known + [leaf_hash(text) for text in texts]) == goal.root:
                return where, _with_days(log, place, texts, first=len(known), at=at)
            faults.append(f"{where}: its entries do not lead to the signed root")
        except (NotPublishedError, UnreachableError, AnswerTooLongError, MalformedError) as error:
            faults.append(f"{where}: {error}")
    raise CannotRecoverError(source=", ".join(places), fault="; ".join(faults))


def _known_hashes() -> list[bytes]:
    placed = Leaf.objects.exclude(index=None).order_by("index").values_list("hash", flat=True)
    return [bytes(each) for each in placed]


def _with_days(
    log: Log, place: Published, texts: Sequence[bytes], *, first: int, at: dt.datetime
) -> list[Entry]:
    """Each entry with its day; where no code file tells it, the day of the one before it."""
    newest = Epoch.objects.order_by("-number").first()
    today, days = log.day_of(at), _days_of(place, texts)
    day = log.day_of(newest.at) if newest else dt.date.min
    entries = []
    for index, text in enumerate(texts, first):
        told = days.get((leaf_hash(text), index))
        day = max(day, min(told, today)) if told else day
        entries.append(Entry(text, today if day == dt.date.min else day))
    return entries


def _days_of(place: Published, texts: Sequence[bytes]) -> dict[tuple[bytes, int], dt.date]:
    """The days that the code files of these entries tell, by leaf hash and place."""
    days = {}
    for name in {code_file(leaf_hash(text)) for text in texts}:
        # Of a damaged file only the days are lost: the entries say the rest.
        with suppress(MalformedError):
            for line in place.code_lines(name):
                days[line.leaf_hash, line.index] = line.day
    return days


@transaction.atomic
def bring_back(log: Log, goal: State, entries: Sequence[Entry], *, at: dt.datetime) -> int:
    """Write the entries as leaves in their places, an epoch for each day. Returns how many had no row.

    A leaf that waits here already, with its record, only gets its place. All or nothing.
    """
    take_turn()
    hashes = _known_hashes()
    if root_of(hashes + [leaf_hash(each.text) for each in entries]) != goal.root:
        raise CannotRecoverError(source="here", fault="the database has changed meanwhile")
    missing = 0
    for day, of_day in groupby(entries, key=lambda entry: entry.day):
        own, first = list(of_day), len(hashes)
        hashes += [leaf_hash(each.text) for each in own]
        epoch = _epoch(log, day, hashes, at)
        missing += sum(_place(epoch, begin, part) for begin, part in _chunks(own, first))
    return missing


def _chunks(entries: Sequence[Entry], first: int) -> Iterator[tuple[int, Sequence[Entry]]]:
    for begin in range(0, len(entries), ROWS_AT_ONCE):
        yield first + begin, entries[begin : begin + ROWS_AT_ONCE]


def _epoch(log: Log, day: dt.date, hashes: Sequence[bytes], at: dt.datetime) -> Epoch:
    last = Epoch.objects.order_by("-number").first()
    moment = min(_moment_of(log, day), at)
    return Epoch.objects.create(
        number=last.number + 1 if last else 1,
        size=len(hashes),
        root=root_of(hashes),
        at=max(moment, last.at) if last else moment,
    )


def _moment_of(log: Log, day: dt.date) -> dt.datetime:
    """The first full hour of that calendar day, wherever the country lies."""
    begin = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC) - dt.timedelta(hours=14)
    hours = (begin + dt.timedelta(hours=hour) for hour in range(28))
    return next(moment for moment in hours if log.day_of(moment) == day)


def _place(epoch: Epoch, first: int, entries: Sequence[Entry]) -> int:
    hashes = [leaf_hash(each.text) for each in entries]
    waiting = {bytes(row.hash): row for row in Leaf.objects.filter(hash__in=hashes)}
    new = []
    for index, (hashed, entry) in enumerate(zip(hashes, entries, strict=True), first):
        if hashed in waiting:
            Leaf.objects.filter(pk=waiting[hashed].pk).update(epoch=epoch, index=index)
        else:
            text = entry.text.decode()
            new.append(Leaf(hash=hashed, text=text, epoch=epoch, index=index, record_missing=True))
    Leaf.objects.bulk_create(new)
    return len(new)
