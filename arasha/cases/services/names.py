"""The stored foldings of names, after the engine learned another spelling."""

import datetime as dt

from django.db import transaction

from arasha.actors import Actor
from arasha.cases.models import Identity
from arasha.cases.naming import FOLDING, folding_of

AT_ONCE = 2_000


@transaction.atomic
def fold_anew(*, by: Actor, at: dt.datetime) -> int:
    """Fold names that an older engine folded; returns how many. What people said of anybody stays."""
    rows = list(Identity.objects.exclude(folded_by=FOLDING).only("key", "name")[:AT_ONCE])
    for row in rows:
        for field, value in folding_of(row.name).items():
            setattr(row, field, value)
    Identity.objects.bulk_update(rows, ["folded", "folded_by"], batch_size=500)
    return len(rows)
