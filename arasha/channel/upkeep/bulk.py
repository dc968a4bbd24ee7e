"""The past of invented worlds, in bulk."""

import datetime as dt
from collections.abc import Iterable

from arasha.channel.models import Heartbeat
from arasha.places.models import Device

WHOLE_DAY = bytes([255] * 180)


def heard_on(*, device: Device, days: Iterable[dt.date]) -> None:
    """The terminal was heard in every minute of these days."""
    Heartbeat.objects.bulk_create(
        Heartbeat(device=device, day=day, minutes=WHOLE_DAY) for day in days
    )
