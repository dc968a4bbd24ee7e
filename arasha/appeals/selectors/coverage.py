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
    sets = {each.code for each in sets_with(viewer=viewer, recipient=recipient, at=at)}
    tried = Coverage.objects.filter(appeal=OuterRef("pk"), recipient=recipient)
    addressed = Q(recipient_set__in=sets) | Q(added_headers__recipient_set__in=sets)
    waiting = openable(viewer=viewer, at=at).filter(addressed, ~Exists(tried)).order_by("pk")
    if after is not None:
        waiting = waiting.filter(pk__gt=after)
    return list(_headers(list(waiting.distinct()[:HEADERS_A_PAGE]), sets))


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
