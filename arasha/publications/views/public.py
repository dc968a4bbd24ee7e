import csv
import datetime as dt

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from arasha.actors import ANONYMOUS
from arasha.engines.notes import filing_code
from arasha.problems import NotFoundProblem
from arasha.publications import cohorts, selectors
from arasha.publications.indicators import UNITS
from arasha.publications.models import Release, UptimeMonth
from arasha.publications.telling import told
from arasha.publications.uptime import STEPS

PROTECTED = "c"
MONTHS_SHOWN = 24
COHORT_COLUMNS = (
    *("indicator", "unit", "registered_in"),
    *("conduct", "provision", "wording_from", "ending"),
)


@require_GET
def latest(request: HttpRequest) -> HttpResponse:
    """The newest figures, or a word that there are none yet."""
    found = selectors.latest(viewer=ANONYMOUS)
    return _page(request, found) if found else render(request, "publications/none.html")


@require_GET
def release(request: HttpRequest, number: int) -> HttpResponse:
    """One release, for ever at its own address."""
    return _page(request, selectors.find_release(viewer=ANONYMOUS, number=number))


@require_GET
def as_csv(request: HttpRequest, number: int) -> HttpResponse:
    """One line a number: indicator, unit, year, value, day of the count, release."""
    found = selectors.find_release(viewer=ANONYMOUS, number=number)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="arasha-figures-{number}.csv"'
    lines = csv.writer(response)
    lines.writerow(["indicator", "unit", "year", "value", "as_of", "release"])
    for indicator, row in selectors.rows(viewer=ANONYMOUS, release=found):
        values = [*row.years.items(), ("total", row.total)]
        for year, value in values:
            shown = PROTECTED if value is None else value
            lines.writerow(
                [indicator.code, indicator.unit, year, shown, found.as_of_day, found.number]
            )
    return response


@require_GET
def cohorts_csv(request: HttpRequest, number: int) -> HttpResponse:
    """One line a number of the cohorts: what the case is in law, how it stands, how many."""
    found = selectors.find_release(viewer=ANONYMOUS, number=number)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"arasha-cohorts-{number}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    lines = csv.writer(response)
    lines.writerow([*COHORT_COLUMNS, "value", "as_of", "release"])
    for cell in selectors.cohort_cells(viewer=ANONYMOUS, release=found):
        kind = (cell.group.conduct, cell.group.provision, cell.group.from_day)
        of = (cell.indicator, cell.count.unit, cell.year, *kind, cell.ending)
        lines.writerow([*of, cell.value, found.as_of_day, found.number])
    return response


@require_GET
def as_json(request: HttpRequest, number: int) -> HttpResponse:
    """What the release's leaf commits to, with the salt that opens the commitment."""
    found = selectors.find_release(viewer=ANONYMOUS, number=number)
    response = JsonResponse(selectors.download(viewer=ANONYMOUS, release=found))
    response["Content-Disposition"] = f'attachment; filename="arasha-figures-{number}.json"'
    return response


@require_GET
def uptime(request: HttpRequest) -> HttpResponse:
    """The newest month of uptime, or a word that there is none yet."""
    published = selectors.uptime_months(viewer=ANONYMOUS)
    if not published:
        return render(request, "publications/no_uptime.html")
    return uptime_month(request, f"{published[0]:%Y-%m}")


@require_GET
def uptime_month(request: HttpRequest, month: str) -> HttpResponse:
    """One month, for ever at its own address."""
    found = _month(month)
    rows = selectors.uptimes(viewer=ANONYMOUS, month=found)
    context = {
        "month": found,
        "code": filing_code(bytes(found.leaf_hash)),
        "rows": [(row, STEPS[row.step]) for row in rows],
        "months": selectors.uptime_months(viewer=ANONYMOUS)[:MONTHS_SHOWN],
    }
    return render(request, "publications/uptime.html", context)


@require_GET
def uptime_csv(request: HttpRequest, month: str) -> HttpResponse:
    """One line a place: month, place, step from 0 to 4, days of announced works, day of publication."""
    found = _month(month)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="arasha-uptime-{month}.csv"'
    lines = csv.writer(response)
    lines.writerow(["month", "place", "step", "works_days", "published"])
    for row in selectors.uptimes(viewer=ANONYMOUS, month=found):
        lines.writerow([month, row.place.code, row.step, row.works_days, found.published_day])
    return response


@require_GET
def uptime_json(request: HttpRequest, month: str) -> HttpResponse:
    """What the month's leaf commits to, with the salt that opens the commitment."""
    response = JsonResponse(selectors.uptime_download(viewer=ANONYMOUS, month=_month(month)))
    response["Content-Disposition"] = f'attachment; filename="arasha-uptime-{month}.json"'
    return response


def _month(month: str) -> UptimeMonth:
    try:
        first = dt.date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise NotFoundProblem from error
    return selectors.find_uptime(viewer=ANONYMOUS, month=first)


def _page(request: HttpRequest, found: Release) -> HttpResponse:
    rows = selectors.rows(viewer=ANONYMOUS, release=found)
    years = sorted(rows[0][1].years) if rows else []
    cells = selectors.cohort_cells(viewer=ANONYMOUS, release=found)
    of_cohorts = cohorts.INDICATORS if cells else ()
    context = {
        "release": found,
        "code": filing_code(bytes(found.leaf_hash)),
        "cohorts": told(cells),
        "definitions": [*(indicator for indicator, _row in rows), *of_cohorts],
        "rows": [(indicator, UNITS[indicator.unit], row) for indicator, row in rows],
        "years": years,
    }
    return render(request, "publications/figures.html", context)
