"""Which keys open what was addressed to them: tried by the readers, because no server can see it."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.appeals.models import (
    CARD,
    TEXT,
    AddedHeader,
    Appeal,
    Attachment,
    Ciphertext,
    Coverage,
    Liveness,
)
from arasha.appeals.selectors.reading import openable, sets_with
from arasha.engines import sealing
from arasha.trust.models import RecipientSet

LIVE_FOR = dt.timedelta(days=30)
HEADERS_A_PAGE = 500
LOOKED_AT_A_PAGE = 2_000  # appeals: a page must answer soon also where nearly all were tried


@dataclass(frozen=True, slots=True)
class Header:
    """One header that a key should open, and the part of the appeal that it belongs to."""

    appeal: Appeal
    part: str
    header: bytes


@dataclass(frozen=True, slots=True)
class Headers:
    """A page of headers, and behind which appeal the next one begins. It may be empty, and not the last."""

    found: list[Header]
    next: uuid.UUID | None


def uncovered(
    *, viewer: Actor, recipient: str, after: uuid.UUID | None, at: dt.datetime
) -> Headers:
    """Headers of texts addressed to one of the viewer's keys that it was not tried on yet.

    In the order of their appeals' keys, from the one behind `after`. Where the first header is for
    others, the newest added one for the key's sets is given.
    """
    addressed, sets = _addressed(viewer=viewer, recipient=recipient, at=at)
    tried = Coverage.objects.filter(appeal=OuterRef("pk"), recipient=recipient)
    within = openable(viewer=viewer, at=at).filter(addressed)
    page, following = _page(within, Q(~Exists(tried)), after)
    return Headers(list(_headers(page, sets)), following)


def closed_to(
    *, viewer: Actor, recipient: str, after: uuid.UUID | None, at: dt.datetime
) -> Headers:
    """First headers of what the viewer may read and this key cannot open: for the office key.

    Of every part: the text, the title card, each attachment.
    """
    addressed, _sets = _addressed(viewer=viewer, recipient=recipient, at=at)
    page, following = _page(openable(viewer=viewer, at=at), ~addressed, after)
    return Headers(list(_first_headers(page)), following)


def _addressed(*, viewer: Actor, recipient: str, at: dt.datetime) -> tuple[Q, set[str]]:
    """Which appeals have a header for this key, and the codes of the key's sets."""
    sets = {each.code for each in sets_with(viewer=viewer, recipient=recipient, at=at)}
    # EXISTS, not a join: with a join every page would sort all rows to drop the doubled ones.
    added = AddedHeader.objects.filter(appeal=OuterRef("pk"), part=TEXT, recipient_set__in=sets)
    return Q(recipient_set__in=sets) | Q(Exists(added)), sets


def _page(
    within: QuerySet[Appeal], wanted: Q, after: uuid.UUID | None
) -> tuple[list[Appeal], uuid.UUID | None]:
    """What is wanted among the next appeals, and the key behind which to look on."""
    behind = within if after is None else within.filter(pk__gt=after)
    asked = behind.annotate(is_wanted=ExpressionWrapper(wanted, output_field=BooleanField()))
    looked_at = list(asked.order_by("pk").values_list("pk", "is_wanted")[:LOOKED_AT_A_PAGE])
    found = [key for key, is_wanted in looked_at if is_wanted][:HEADERS_A_PAGE]
    page = list(Appeal.objects.filter(pk__in=found).order_by("pk"))
    if len(found) == HEADERS_A_PAGE:
        return page, found[-1]
    return page, looked_at[-1][0] if len(looked_at) == LOOKED_AT_A_PAGE else None


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


def _first_headers(appeals: Collection[Appeal]) -> Iterator[Header]:
    """The header of every part of these appeals, as it was filed."""
    kept = Ciphertext.objects.in_bulk([each.pk for each in appeals])
    files: defaultdict[uuid.UUID, list[Attachment]] = defaultdict(list)
    for each in Attachment.objects.filter(appeal__in=kept).order_by("sha256"):
        files[each.appeal_id].append(each)
    for appeal in appeals:
        if sealed := kept.get(appeal.pk):
            yield Header(appeal, TEXT, sealing.split(bytes(sealed.envelope))[0])
            if sealed.card is not None:
                yield Header(appeal, CARD, sealing.split(bytes(sealed.card))[0])
            yield from (Header(appeal, each.sha256, _beginning(each)) for each in files[appeal.pk])


def _beginning(attachment: Attachment) -> bytes:
    with attachment.file.open() as file:
        beginning = file.read(sealing.LONGEST_HEADER_BYTES)
    return bytes(beginning[: sealing.parse_header(beginning).length])


def _headers(appeals: list[Appeal], sets: set[str]) -> Iterator[Header]:
    keys = [each.pk for each in appeals]
    first = Ciphertext.objects.filter(appeal__in=keys).in_bulk()
    added: dict[uuid.UUID, bytes] = {}
    mine = AddedHeader.objects.filter(appeal__in=keys, part=TEXT, recipient_set__in=sets)
    for each in mine.order_by("added_at", "key"):
        added[each.appeal_id] = bytes(each.header)
    for appeal in appeals:
        if appeal.recipient_set_id in sets and appeal.pk in first:
            yield Header(appeal, TEXT, sealing.split(bytes(first[appeal.pk].envelope))[0])
        elif appeal.pk in added:
            yield Header(appeal, TEXT, added[appeal.pk])
