"""Counts of what prosecutors and courts decided, by the day of the decision."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.cases.models import Decision, Ruling


def decisions_by_year(*, viewer: Actor, kind: str, until: dt.date) -> Mapping[int, int]:
    rows = _made(viewer, kind, until).annotate(year=ExtractYear("day")).values("year")
    return {row["year"]: row["n"] for row in rows.annotate(n=Count("pk")).order_by("year")}


def decisions(*, viewer: Actor, kind: str, until: dt.date) -> int:
    return _made(viewer, kind, until).count()


def persons_by_year(*, viewer: Actor, kind: str, until: dt.date) -> Mapping[int, int]:
    rows = _made(viewer, kind, until).annotate(year=ExtractYear("day")).values("year")
    return {row["year"]: row["n"] for row in rows.annotate(n=Sum("persons")).order_by("year")}


def persons(*, viewer: Actor, kind: str, until: dt.date) -> int:
    total: int | None = _made(viewer, kind, until).aggregate(n=Sum("persons"))["n"]
    return total or 0


def reliefs_against_the_law(*, viewer: Actor, until: dt.date) -> int:
    """Decisions that granted a way out of punishment which the rules of their day barred."""
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    barred = Q(was_barred=True) | Exists(
        Ruling.objects.filter(decision=OuterRef("pk"), was_barred=True)
    )
    return Decision.objects.filter(may, barred, day__lte=until).count()


def _made(viewer: Actor, kind: str, until: dt.date) -> QuerySet[Decision]:
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    return Decision.objects.filter(may, kind=kind, day__lte=until)
