"""Whose turn it is, where several machines share one database. A lease that is not renewed falls to others."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Q

from arasha.journal.models import Lease


def take_lease(*, name: str, holder: str, at: dt.datetime, lasts: dt.timedelta) -> bool:
    """Take or renew a lease; False if somebody else holds it still."""
    until = at + lasts
    free = Q(holder=holder) | Q(until_at__lte=at)
    if Lease.objects.filter(free, name=name).update(holder=holder, until_at=until):
        return True
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, holder=holder, until_at=until)
    except IntegrityError:
        return False
    return True


def give_back(*, name: str, holder: str, at: dt.datetime) -> None:
    """End one's own lease, so that the next sequencer need not wait for it."""
    Lease.objects.filter(name=name, holder=holder).update(until_at=at)
