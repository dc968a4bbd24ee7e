"""The register of terminals. A post opens it (access.policy.BY_POST); a head sees the own place."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from arasha.access.posts import open_to, opens
from arasha.actors import Actor
from arasha.channel.models import (
    Alarm,
    Chain,
    ChainOffer,
    Check,
    Health,
    Heartbeat,
    Incident,
    Works,
)
from arasha.channel.upkeep.minutes import last_minute
from arasha.country import midnight
from arasha.engines.channel.window import Window
from arasha.places.models import Device
from arasha.problems import NotFoundProblem
from arasha.references import findable

TERMINAL = "terminal"
IN_USE, WITH_INCIDENT, REVOKED = "", "incident", "revoked"
HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Heard:
    """When a terminal was heard last, as far as the reader's post may know. `hour` None: only the day."""

    day: dt.date
    hour: dt.datetime | None


def terminals(
    *, viewer: Actor, at: dt.datetime, text: str = "", state: str = IN_USE
) -> QuerySet[Device]:
    """The terminals that the viewer's posts open, each with `heard_day` and `has_incident`."""
    latest = Heartbeat.objects.filter(device=OuterRef("pk")).order_by("-day")
    found = Device.objects.filter(
        open_to(viewer=viewer, what="terminal", at=at), kind=TERMINAL
    ).annotate(
        heard_day=Subquery(latest.values("day")[:1]),
        has_incident=Exists(Incident.objects.filter(device=OuterRef("pk"), closed_day=None)),
    )
    if state == REVOKED:
        found = found.filter(revoked_at__isnull=False)
    else:
        found = found.filter(revoked_at=None)
    if state == WITH_INCIDENT:
        found = found.filter(has_incident=True)
    if text := findable(text):
        found = found.filter(place__words__contains=text.casefold())
    return found.select_related("place__region", "health").order_by("place__code", "enrolled_at")


def find_terminal(*, viewer: Actor, key: uuid.UUID, at: dt.datetime) -> Device:
    """Raises NotFoundProblem, for an unknown terminal as for one that is not the viewer's to see."""
    mine = Device.objects.filter(open_to(viewer=viewer, what="terminal", at=at), kind=TERMINAL)
    found = mine.select_related("place__region").filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def heard(*, viewer: Actor, device: Device, at: dt.datetime) -> Heard | None:
    """When it was heard last; the hour only for who may know it."""
    row = Heartbeat.objects.filter(device=device).order_by("-day").first()
    if row is None:
        return None
    if not opens(viewer=viewer, what="terminal_hour", at=at):
        return Heard(row.day, None)
    minute = last_minute(bytes(row.minutes)) or 0
    return Heard(row.day, midnight(row.day) + minute // 60 * HOUR)


def days_heard(*, viewer: Actor, device: Device, until: dt.date, count: int) -> list[dt.date]:
    """On which of the last `count` days it was heard."""
    since = until - dt.timedelta(days=count - 1)
    rows = Heartbeat.objects.filter(device=device, day__range=(since, until))
    return list(rows.order_by("day").values_list("day", flat=True))


def chain_of(*, viewer: Actor, device: Device) -> Chain | None:
    """Its newest chain."""
    return Chain.objects.filter(device=device).order_by("-number").first()


def gaps_of(*, viewer: Actor, chain: Chain) -> list[tuple[int, int]]:
    """The numbers of bundles that are missing, as (first, last)."""
    return Window.parse(chain.window).gaps()


def alarms_of(*, viewer: Actor, device: Device) -> QuerySet[Alarm]:
    """Alarms that nobody has settled yet."""
    return Alarm.objects.filter(device=device, settled_at=None).order_by("on_day", "kind")


def find_alarm(*, viewer: Actor, device: Device, key: uuid.UUID) -> Alarm:
    """Raises NotFoundProblem."""
    found = Alarm.objects.filter(device=device, pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def open_offer(*, viewer: Actor, device: Device) -> ChainOffer | None:
    """A re-imaging that waits for a second person."""
    offers = ChainOffer.objects.filter(device=device, opened_at=None)
    return offers.order_by("-offered_at").first()


def offers_to_open(*, viewer: Actor, at: dt.datetime) -> QuerySet[ChainOffer]:
    """Re-imagings that wait for a second person, as far as the viewer's posts open their terminals."""
    mine = open_to(viewer=viewer, what="terminal", at=at, field="device__place")
    return ChainOffer.objects.filter(mine, opened_at=None).select_related("device__place")


def health_of(*, viewer: Actor, device: Device) -> Health | None:
    return Health.objects.filter(device=device).first()


def incidents(*, viewer: Actor, at: dt.datetime, open_only: bool = True) -> QuerySet[Incident]:
    """Incidents of the places that the viewer's posts open, those to be mended first coming first."""
    found = Incident.objects.filter(open_to(viewer=viewer, what="incident", at=at))
    if open_only:
        found = found.filter(closed_day=None)
    return found.select_related("place", "device").order_by("mend_by_day", "opened_day", "key")


def find_incident(*, viewer: Actor, key: uuid.UUID, at: dt.datetime) -> Incident:
    """Raises NotFoundProblem."""
    found = incidents(viewer=viewer, at=at, open_only=False).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def incident_titles(*, viewer: Actor, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """By what a bell tells incidents apart: the code of the place."""
    rows = Incident.objects.filter(pk__in=keys).values_list("pk", "place__code")
    return dict(rows)


def last_check(*, viewer: Actor, device: Device, at: dt.datetime) -> Check | None:
    """What a monitor saw last; None also for who may not see it."""
    mine = open_to(viewer=viewer, what="terminal_check", at=at, field="device__place")
    return Check.objects.filter(mine, device=device).order_by("-day", "-key").first()


def works(*, viewer: Actor, place_key: uuid.UUID, day: dt.date) -> QuerySet[Works]:
    """Works at a place that are going on or still to come."""
    return Works.objects.filter(place=place_key, until_day__gte=day).order_by("from_day")


def works_between(*, viewer: Actor, first: dt.date, last: dt.date) -> QuerySet[Works]:
    return Works.objects.filter(Q(from_day__lte=last) & Q(until_day__gte=first))


def enrolled_before(*, viewer: Actor, limit: dt.datetime) -> QuerySet[Device]:
    """Terminals in use since before a moment."""
    return Device.objects.filter(kind=TERMINAL, revoked_at=None, enrolled_at__lt=limit)
