"""The prison's own evidence: how many of a terminal's bundles were here on a day, as a leaf of the log."""

import datetime as dt

from django.db import transaction

from arasha.channel.evidence import delivery_of
from arasha.channel.models import Arrival, Chain, DeliveryDay
from arasha.country import local_day
from arasha.engines.channel.delivery import LEAF_KIND
from arasha.engines.translog import leaf
from arasha.journal import services as journal

# A bundle that is being noted as the day ends still counts for it.
AFTER_MIDNIGHT = dt.timedelta(minutes=10)
# So long the same number with other bytes is known as two devices with one key.
ARRIVALS_KEPT = dt.timedelta(days=2)


def close_days(*, at: dt.datetime) -> int:
    """Make the leaves of the days that are over, and forget arrivals of long ago. Returns how many."""
    today = local_day(at - AFTER_MIDNIGHT)
    over = DeliveryDay.objects.filter(leaf_hash=None, day__lt=today).order_by("pk")
    return sum(_close(pk) for pk in over.values_list("pk", flat=True))


@transaction.atomic
def _close(pk: int) -> bool:
    # As whoever counts a bundle does: the row is not older than the last one counted, nor closed already.
    chain = Chain.objects.select_for_update().get(days=pk)
    row = DeliveryDay.objects.select_related("chain").filter(pk=pk, leaf_hash=None).first()
    if row is None:
        return False
    text = leaf(LEAF_KIND, delivery_of(row).commitment()).decode()
    made = journal.add_leaf(text=text)
    row.leaf_hash = made.hash
    row.save(update_fields=["leaf_hash"])
    Arrival.objects.filter(chain=chain, day__lt=row.day - ARRIVALS_KEPT).delete()
    return True
