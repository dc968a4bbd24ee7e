"""Counts of sealed appeals: by the day they were received, and nothing that is inside them."""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.appeals.models import Appeal

# All that figures ever see of what an appeal says.
Seen = Literal["category", "urgency", "place", "outcome", "channel"]


def received_by_year(*, viewer: Actor, until: dt.date) -> Mapping[int, int]:
    rows = _received(viewer, until).annotate(year=ExtractYear("received_day")).values("year")
    return {row["year"]: row["n"] for row in rows.annotate(n=Count("pk")).order_by("year")}


def received(*, viewer: Actor, until: dt.date) -> int:
    return _received(viewer, until).count()


def leaves_received(*, viewer: Actor, until: dt.date) -> Mapping[bytes, dt.date]:
    """The leaf of each appeal that is counted, and the day on which it was received."""
    rows = _received(viewer, until).values_list("leaf_hash", "received_day")
    return {bytes(leaf): day for leaf, day in rows.iterator()}


def received_by(*, viewer: Actor, field: Seen, until: dt.date) -> Mapping[str, int]:
    """Appeals by what an officer recorded; the empty code: not recorded (yet)."""
    column = "place__code" if field == "place" else field
    rows = _received(viewer, until).values(column).annotate(n=Count("pk")).order_by(column)
    return {row[column] or "": row["n"] for row in rows}


def _received(viewer: Actor, until: dt.date) -> QuerySet[Appeal]:
    may = visible(viewer=viewer, kind="appeal", compartment="summary")
    return Appeal.objects.filter(may, received_day__lte=until)
