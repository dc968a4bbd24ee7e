"""Which keys open what was addressed to them: tried by the readers, because no server can see it."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.appeals.models import (
    AddedHeader,
    Appeal,
    Ciphertext,
    Coverage,
    Liveness,
    RecipientSet,
)
from arasha.appeals.selectors.reading import openable, sets_with
from arasha.engines import sealing

LIVE_FOR = dt.timedelta(days=30)
HEADERS_A_PAGE = 500


@dataclass(frozen=True, slots=True)
class Header:
    """One header that a key should open."""

    appeal: Appeal
    header: bytes


def uncovered(
    *, viewer: Actor, recipient: str, after: uuid.UUID | None, at: dt.datetime
) -> list[Header]:
    """Headers addressed to one of the viewer's keys that it was not tried on yet, at most a page.

    In the order of their appeals' keys, from the one behind `after`. Where the first header is for
    others, the newest added one for the key's sets is given.
    """
    addressed, sets = _addressed(viewer=viewer, recipient=recipient, at=at)
    tried = Coverage.objects.filter(appeal=OuterRef("pk"), recipient=recipient)
    waiting = openable(viewer=viewer, at=at).filter(addressed, ~Exists(tried))
    return list(_headers(_page(waiting, after), sets))


def closed_to(
    *, viewer: Actor, recipient: str, after: uuid.UUID | None, at: dt.datetime
) -> list[Header]:
    """First headers of what the viewer may read and this key cannot open: for the office key."""
    addressed, _sets = _addressed(viewer=viewer, recipient=recipient, at=at)
    shut = openable(viewer=viewer, at=at).exclude(addressed)
    found = _page(shut, after)
    return list(_headers(found, {each.recipient_set_id for each in found}))


def _addressed(*, viewer: Actor, recipient: str, at: dt.datetime) -> tuple[Q, set[str]]:
    """Which appeals have a header for this key, and the codes of the key's sets."""
    sets = {each.code for each in sets_with(viewer=viewer, recipient=recipient, at=at)}
    # EXISTS, not a join: with a join every page would sort all rows to drop the doubled ones.
    added = AddedHeader.objects.filter(appeal=OuterRef("pk"), recipient_set__in=sets)
    return Q(recipient_set__in=sets) | Q(Exists(added)), sets


def _page(found: QuerySet[Appeal], after: uuid.UUID | None) -> list[Appeal]:
    behind = found if after is None else found.filter(pk__gt=after)
    return list(behind.order_by("pk")[:HEADERS_A_PAGE])


def unopenable(*, viewer: Actor) -> QuerySet[Coverage]:
    """The trials that failed: somebody sealed to another key, or changed a header. An alarm."""
    may = visible(viewer=viewer, kind="appeal", compartment="correspondence", field="appeal_id")
    return (
        Coverage.objects.filter(may, opens__in=(False,), appeal__erased_day__isnull=True)
        .select_related("appeal__recipient_set__institution")
        .order_by("on_day", "appeal")
    )


def live_officers(*, viewer: Actor, recipient_set: RecipientSet, day: dt.date) -> int:
    """How many officers of a set have shown within thirty days that their key still opens."""
    keys = [
        one["recipient"]
        for one in recipient_set.officers
        if one["role"] != sealing.Role.OFFICE.value
    ]
    return Liveness.objects.filter(recipient__in=keys, live_day__gt=day - LIVE_FOR).count()


def _headers(appeals: list[Appeal], sets: set[str]) -> Iterator[Header]:
    keys = [each.pk for each in appeals]
    first = Ciphertext.objects.filter(appeal__in=keys).in_bulk()
    added: dict[uuid.UUID, bytes] = {}
    mine = AddedHeader.objects.filter(appeal__in=keys, recipient_set__in=sets)
    for each in mine.order_by("added_at", "key"):
        added[each.appeal_id] = bytes(each.header)
    for appeal in appeals:
        if appeal.recipient_set_id in sets and appeal.pk in first:
            yield Header(appeal, sealing.split(bytes(first[appeal.pk].envelope))[0])
        elif appeal.pk in added:
            yield Header(appeal, added[appeal.pk])
