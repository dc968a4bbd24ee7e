import csv

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from arasha.actors import ANONYMOUS
from arasha.engines.notes import filing_code
from arasha.publications import selectors
from arasha.publications.indicators import UNITS
from arasha.publications.models import Release

PROTECTED = "c"


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
def as_json(request: HttpRequest, number: int) -> HttpResponse:
    """What the release's leaf commits to, with the salt that opens the commitment."""
    found = selectors.find_release(viewer=ANONYMOUS, number=number)
    response = JsonResponse(selectors.download(viewer=ANONYMOUS, release=found))
    response["Content-Disposition"] = f'attachment; filename="arasha-figures-{number}.json"'
    return response


def _page(request: HttpRequest, found: Release) -> HttpResponse:
    rows = selectors.rows(viewer=ANONYMOUS, release=found)
    years = sorted(rows[0][1].years) if rows else []
    context = {
        "release": found,
        "code": filing_code(bytes(found.leaf_hash)),
        "rows": [(indicator, UNITS[indicator.unit], row) for indicator, row in rows],
        "years": years,
    }
    return render(request, "publications/figures.html", context)
