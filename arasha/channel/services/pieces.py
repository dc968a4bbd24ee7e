"""Pieces of sealed objects, until an object is whole. Nothing here knows of whom it comes."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.db.models import Count

from arasha.actors import ANONYMOUS
from arasha.channel.models import Piece, Refusal, Taken
from arasha.channel.selectors import arriving
from arasha.engines.channel import up

# Nobody looks for a piece any more, and what a refusal was for may have passed.
FORGOTTEN_AFTER = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Whole:
    """An object all of whose pieces are here, and whose bytes are what its name says.

    `since`: the day on which its first piece came.
    """

    name: bytes
    kind: up.Kind
    data: bytes
    since: dt.date


@transaction.atomic
def keep_pieces(*, pieces: Iterable[up.Piece], day: dt.date) -> set[bytes]:
    """Keep what is not here yet; returns the names of the objects that may have become whole."""
    given = list(pieces)
    named = {each.object for each in given}
    names = named - arriving.settled(viewer=ANONYMOUS, names=named) if named else set()
    Piece.objects.bulk_create(
        [_row(each, day) for each in given if each.object in names], ignore_conflicts=True
    )
    return names


def whole_objects(*, names: Collection[bytes], kind: up.Kind) -> Iterator[Whole]:
    """Those of these objects that are whole. Pieces that do not make up what was named are thrown away."""
    for name, total in list(_complete(names, kind)):
        rows = Piece.objects.filter(object=name, total=total).order_by("number")
        parts, days = zip(*rows.values_list("data", "came_day"), strict=True)
        data = b"".join(map(bytes, parts))
        if sha256(data).digest() == name:
            yield Whole(name, kind, data, since=min(days))
        else:
            rows.delete()


def drop(*, names: Collection[bytes]) -> None:
    """The objects were handed over: nothing of them stays here."""
    if names:
        Piece.objects.filter(object__in=names).delete()


@transaction.atomic
def refuse(*, name: bytes, problem: str, day: dt.date) -> None:
    """Keep nothing of an object but why it could not be taken."""
    drop(names=[name])
    Refusal.objects.get_or_create(pk=name, defaults={"problem": problem, "on_day": day})


@transaction.atomic
def take(*, name: bytes, day: dt.date) -> None:
    """Note that an attachment lies where it belongs."""
    drop(names=[name])
    Taken.objects.get_or_create(pk=name, defaults={"on_day": day})


def forget_abandoned(*, day: dt.date) -> int:
    """Throw away pieces of objects that never became whole, and old refusals. Returns how many rows.

    A terminal that still asks for what was refused is told that it is not here, and sends it again:
    a body may receive by now, or a list be known.
    """
    pieces, _ = Piece.objects.filter(came_day__lt=day - FORGOTTEN_AFTER).delete()
    refusals, _ = Refusal.objects.filter(on_day__lt=day - FORGOTTEN_AFTER).delete()
    return pieces + refusals


def _row(piece: up.Piece, day: dt.date) -> Piece:
    return Piece(
        object=piece.object,
        kind=piece.kind,
        total=piece.total,
        number=piece.number,
        data=piece.data,
        came_day=day,
    )


def _complete(names: Collection[bytes], kind: up.Kind) -> Iterator[tuple[bytes, int]]:
    pieces = Piece.objects.filter(object__in=names, kind=kind)
    counted = pieces.values_list("object", "total")
    for name, total, count in counted.annotate(count=Count("number")):
        if count == up.pieces_of(total):
            yield bytes(name), total
