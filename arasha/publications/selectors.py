import datetime as dt
from collections import defaultdict

from django.db.models import Q, QuerySet

from arasha.actors import Actor
from arasha.cases.cohorts import Group
from arasha.people.models import Institution
from arasha.people.selectors import posts_held, prosecutors
from arasha.problems import NotFoundProblem
from arasha.publications.cohorts import INDICATORS as COHORT_INDICATORS
from arasha.publications.cohorts import Cell, CohortIndicator
from arasha.publications.indicators import INDICATORS, Indicator
from arasha.publications.models import Release, Uptime, UptimeMonth
from arasha.publications.table import STATISTICS, Row, as_data
from arasha.publications.uptime import as_data as uptime_data


def latest(*, viewer: Actor) -> Release | None:
    """Releases are public: everybody sees all of them."""
    return Release.objects.order_by("-number").first()


def is_analyst(*, viewer: Actor, at: dt.datetime) -> bool:
    """Whether the viewer holds a post that releases figures."""
    return posts_held(viewer=viewer, at=at).filter(role="analyst").exists()


def offices_to_count(*, viewer: Actor, at: dt.datetime) -> QuerySet[Institution]:
    """Prosecutors' offices whose form the viewer may make: an analyst every one, who leads one its own."""
    offices = prosecutors(viewer=viewer)
    if is_analyst(viewer=viewer, at=at):
        return offices
    leads = posts_held(viewer=viewer, at=at).filter(role="supervisor").values("institution_id")
    return offices.filter(Q(pk__in=leads) | Q(parent__in=leads))


def find_release(*, viewer: Actor, number: int) -> Release:
    found = Release.objects.filter(number=number).first()
    if found is None:
        raise NotFoundProblem
    return found


def rows(*, viewer: Actor, release: Release) -> list[tuple[Indicator, Row]]:
    """The release's rows in the order of the indicators."""
    years: dict[str, dict[int, int | None]] = defaultdict(dict)
    for cell in release.cells.order_by("indicator", "year"):
        years[cell.indicator][cell.year] = cell.value
    totals = {total.indicator: total.value for total in release.totals.all()}
    return [
        (indicator, Row(years[indicator.code], totals[indicator.code]))
        for indicator in INDICATORS
        if indicator.code in totals
    ]


def download(*, viewer: Actor, release: Release) -> dict[str, object]:
    """The release as data, with what is needed to recompute its leaf, and what each number means."""
    found = rows(viewer=viewer, release=release)
    figures = as_data(
        number=release.number,
        as_of=release.as_of_day,
        rows={indicator.code: row for indicator, row in found},
        cohorts=_cohorts(viewer, release),
    )
    told: list[Indicator | CohortIndicator] = [indicator for indicator, _row in found]
    told += COHORT_INDICATORS if release.cohort_rule else ()
    definitions = {
        indicator.code: {
            "name": str(indicator.name),
            "unit": indicator.unit,
            "rule": str(indicator.rule),
        }
        for indicator in told
    }
    return {
        "figures": figures,
        "salt": bytes(release.salt).hex(),
        "leaf_kind": STATISTICS,
        "definitions": definitions,
    }


def cohort_cells(*, viewer: Actor, release: Release) -> list[Cell]:
    """The release's numbers of cohorts, in their order."""
    rows = release.cohort_cells.values_list(
        "indicator", "year", "conduct", "provision", "provision_from_day", "ending", "value"
    )
    return sorted(
        Cell(code, year, Group(conduct, provision, str(since or "")), ending, value)
        for code, year, conduct, provision, since, ending, value in rows
    )


def _cohorts(viewer: Actor, release: Release) -> dict[str, object] | None:
    if not release.cohort_rule:
        return None
    cells = cohort_cells(viewer=viewer, release=release)
    return {"rule": release.cohort_rule, "cells": [cell.as_data() for cell in cells]}


def uptime_months(*, viewer: Actor) -> list[dt.date]:
    """The months whose uptime is published, newest first."""
    return list(UptimeMonth.objects.order_by("-month").values_list("month", flat=True))


def find_uptime(*, viewer: Actor, month: dt.date) -> UptimeMonth:
    """Raises NotFoundProblem."""
    found = UptimeMonth.objects.filter(month=month).first()
    if found is None:
        raise NotFoundProblem
    return found


def uptimes(*, viewer: Actor, month: UptimeMonth) -> QuerySet[Uptime]:
    """Its places in the order of their codes."""
    return month.rows.select_related("place__region").order_by("place__code")


def uptime_download(*, viewer: Actor, month: UptimeMonth) -> dict[str, object]:
    """A month as data, with what is needed to recompute its leaf."""
    rows = uptimes(viewer=viewer, month=month)
    places = {each.place.code: (each.step, each.works_days) for each in rows}
    figures = uptime_data(month=month.month, published_day=month.published_day, places=places)
    return {"figures": figures, "salt": bytes(month.salt).hex(), "leaf_kind": STATISTICS}
