"""What happens by itself: test appeals are looked for in the log, incidents open and close."""

import datetime as dt
import uuid
from collections.abc import Mapping

from arasha.actors import TICK
from arasha.channel.models import Incident
from arasha.channel.upkeep.selectors import faults
from arasha.channel.upkeep.services.canaries import look_into_the_log
from arasha.channel.upkeep.services.incidents import close_incident, open_incident
from arasha.channel.upkeep.words import ALARM_KINDS, GAP, MISSING_CANARY, SILENT
from arasha.places.models import Device

HOW = {SILENT: "heard", GAP: "filled", MISSING_CANARY: "arrived"}
SETTLED, REVOKED = "settled", "revoked"


def tick(*, at: dt.datetime) -> int:
    """Returns how many tests were found in the log and how many incidents opened or closed."""
    done = look_into_the_log(by=TICK, at=at)
    done += _follow(SILENT, faults.silent(viewer=TICK, at=at), at=at)
    done += _follow(GAP, faults.gapped(viewer=TICK, at=at), at=at)
    done += _follow(MISSING_CANARY, faults.missing_canaries(viewer=TICK, at=at), at=at)
    for kind in dict.fromkeys(ALARM_KINDS.values()):
        done += _follow(kind, faults.alarmed(viewer=TICK, kind=kind), at=at)
    return done + _end_of_revoked(at=at)


def _follow(kind: str, now: Mapping[uuid.UUID, dt.date], *, at: dt.datetime) -> int:
    """Open an incident for each terminal of which this is so now, and close those that are over."""
    still = Incident.objects.filter(kind=kind, closed_day=None, device__revoked_at=None)
    over = [each for each in still if each.device_id not in now]
    for incident in over:
        close_incident(incident=incident, how=HOW.get(kind, SETTLED), by=TICK, at=at)
    known = {each.device_id for each in still}
    new = Device.objects.filter(pk__in=now.keys() - known).select_related("place")
    for device in new:
        open_incident(device=device, kind=kind, since_day=now[device.pk], by=TICK, at=at)
    return len(over) + len(new)


def _end_of_revoked(*, at: dt.datetime) -> int:
    """A device that is no longer used hinders nobody."""
    gone = list(Incident.objects.filter(closed_day=None, device__revoked_at__isnull=False))
    for incident in gone:
        close_incident(incident=incident, how=REVOKED, by=TICK, at=at)
    return len(gone)
