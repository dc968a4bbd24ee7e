"""What is wrong with terminals now: for the tick that opens incidents and closes them."""

import datetime as dt
import uuid

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery

from arasha.actors import Actor
from arasha.channel.models import Alarm, Canary, Chain, DeliveryDay, Heartbeat
from arasha.channel.upkeep.minutes import last_minute
from arasha.channel.upkeep.selectors.register import TERMINAL, enrolled_before
from arasha.channel.upkeep.words import ALARM_KINDS
from arasha.country import country, local_day, midnight
from arasha.engines.channel.window import Window

Since = dict[uuid.UUID, dt.date]  # terminal -> the day from which on it is so

PROVED = ~Q(code="") & Q(
    logged_day__isnull=False, arrived_day__isnull=False, arrived_code=F("code")
)


def silent(*, viewer: Actor, at: dt.datetime) -> Since:
    """Terminals that nobody has heard for longer than the pack allows, since they were heard last."""
    limit = at - dt.timedelta(hours=country().upkeep.silent_hours)
    latest = Heartbeat.objects.filter(device=OuterRef("pk")).order_by("-day")
    devices = enrolled_before(viewer=viewer, limit=limit).annotate(
        heard_day=Subquery(latest.values("day")[:1]),
        heard_minutes=Subquery(latest.values("minutes")[:1]),
    )
    perhaps = devices.filter(Q(heard_day=None) | Q(heard_day__lte=local_day(limit)))
    return {
        each.pk: each.heard_day or local_day(each.enrolled_at)
        for each in perhaps
        if each.heard_day is None or _moment(each.heard_day, bytes(each.heard_minutes)) < limit
    }


def gapped(*, viewer: Actor, at: dt.datetime) -> Since:
    """Terminals of whose bundles some have been missing for longer than the pack allows."""
    limit = local_day(at) - dt.timedelta(days=country().upkeep.gap_days)
    chains = Chain.objects.filter(closed_at=None, device__kind=TERMINAL, device__revoked_at=None)
    found: Since = {}
    for chain in chains:
        gaps = Window.parse(chain.window).gaps()
        since = _known_since(chain, gaps[0][1]) if gaps else None
        if since is not None and since <= limit:
            found[chain.device_id] = since
    return found


def alarmed(*, viewer: Actor, kind: str) -> Since:
    """Terminals with unsettled alarms that open this kind of incident."""
    kinds = [alarm for alarm, opened in ALARM_KINDS.items() if opened == kind]
    rows = Alarm.objects.filter(settled_at=None, kind__in=kinds, device__revoked_at=None)
    return dict(rows.values_list("device_id").annotate(since=Min("on_day")))


def missing_canaries(*, viewer: Actor, at: dt.datetime) -> Since:
    """Terminals of which a test appeal is missing, and no later one has arrived."""
    rows = overdue_canaries(viewer=viewer, day=local_day(at)).filter(device__revoked_at=None)
    later = Canary.objects.filter(
        PROVED, device=OuterRef("device"), begun_day__gte=OuterRef("begun_day")
    )
    rows = rows.exclude(Exists(later))
    return dict(rows.values_list("device_id").annotate(since=Min("begun_day")))


def overdue_canaries(*, viewer: Actor, day: dt.date) -> QuerySet[Canary]:
    """Tests whose slip says that they were filed, and of which a step is missing after its day."""
    unlogged = Q(logged_day=None, promised_day__lt=day)
    unopened = Q(arrived_day=None, answer_by_day__lt=day)
    other = Q(arrived_day__isnull=False) & ~Q(arrived_code=F("code"))
    return Canary.objects.filter(unlogged | unopened | other).exclude(code="")


def _moment(day: dt.date, minutes: bytes) -> dt.datetime:
    return midnight(day) + dt.timedelta(minutes=last_minute(minutes) or 0)


def _known_since(chain: Chain, last_missing: int) -> dt.date | None:
    """The day on which a bundle behind the gap arrived: from then on it was known to be one."""
    days = DeliveryDay.objects.filter(chain=chain, last_seq__gt=last_missing)
    return days.order_by("day").values_list("day", flat=True).first()
