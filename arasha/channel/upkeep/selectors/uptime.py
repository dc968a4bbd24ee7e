"""How much of a time the terminals of each place were heard, by the hour: nothing in it depends on use."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from arasha.actors import Actor
from arasha.channel.models import Heartbeat
from arasha.channel.upkeep.minutes import hours_heard
from arasha.channel.upkeep.selectors.register import TERMINAL, works_between
from arasha.country import local_day
from arasha.places.models import Device

HOURS_A_DAY = 24


@dataclass(slots=True)
class Hours:
    """Of all terminals of a place: in how many hours they were heard, of how many in which they were in
    use. Announced works are counted beside, never taken off."""

    heard: int = 0
    due: int = 0
    works_days: int = 0


def hours_by_place(*, viewer: Actor, first: dt.date, last: dt.date) -> dict[uuid.UUID, Hours]:
    """Both days inclusive. Places that no authority admits to are left out."""
    found: defaultdict[uuid.UUID, Hours] = defaultdict(Hours)
    devices = Device.objects.filter(kind=TERMINAL, place__official=True)
    in_use = {each.pk: (each.place_id, *_days_in_use(each, first, last)) for each in devices}
    for place, begin, end in in_use.values():
        if begin <= end:
            found[place].due += ((end - begin).days + 1) * HOURS_A_DAY
    rows = Heartbeat.objects.filter(day__range=(first, last), device__in=devices)
    for device, day, minutes in rows.values_list("device", "day", "minutes").iterator():
        place, begin, end = in_use[device]
        if begin <= day <= end:
            found[place].heard += hours_heard(bytes(minutes))
    for each in works_between(viewer=viewer, first=first, last=last):
        if each.place_id in found:
            days = (min(each.until_day, last) - max(each.from_day, first)).days + 1
            found[each.place_id].works_days += days
    return dict(found)


def first_day_heard(*, viewer: Actor) -> dt.date | None:
    """The day on which any terminal was heard first."""
    return Heartbeat.objects.order_by("day").values_list("day", flat=True).first()


def _days_in_use(device: Device, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """Whole days only: those of enrolment and revocation are left out."""
    begin = local_day(device.enrolled_at) + dt.timedelta(days=1)
    if device.revoked_at is None:
        return max(first, begin), last
    return max(first, begin), min(last, local_day(device.revoked_at) - dt.timedelta(days=1))
