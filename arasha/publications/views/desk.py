from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from arasha.actors import Actor
from arasha.country import local_day
from arasha.papers.tables import PangoMissingError
from arasha.publications import selectors, services
from arasha.publications.errors import NoPrinterError
from arasha.publications.form import Filled, as_csv, as_pdf, as_xlsx, lines, method
from arasha.publications.forms import FormToFill
from arasha.publications.indicators import BY_CODE, UNITS
from arasha.publications.telling import told

WRITTEN = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "pdf": ("application/pdf", as_pdf),
}


@require_GET
def national_form(request: HttpRequest) -> HttpResponse:
    """The form of the national statistics, for a day and an office: as a page, and to take along."""
    by, now = Actor.user(request.user.pk), timezone.now()
    offices = selectors.offices_to_count(viewer=by, at=now)
    asked = FormToFill(request.GET, offices=offices, today=local_day(now))
    if not asked.is_valid():
        return render(request, "publications/form.html", {"asked": asked}, status=422)
    until, office = asked.cleaned_data["until"] or local_day(now), asked.cleaned_data["office"]
    filled = services.fill_form(until=until, office=office, by=by, at=now)
    if (kind := asked.cleaned_data["as_file"]) in WRITTEN:
        return _file(filled, kind)
    form = FormToFill(
        initial={"until": until, "office": office}, offices=offices, today=local_day(now)
    )
    context = {
        "asked": form,
        "filled": filled,
        "lines": list(lines(filled)),
        "method": method(filled),
        "office": office.code if office else "",
    }
    return render(request, "publications/form.html", context)


def _file(filled: Filled, kind: str) -> HttpResponse:
    media_type, write = WRITTEN[kind]
    try:
        content = write(filled)
    except PangoMissingError as error:
        raise NoPrinterError from error
    response = HttpResponse(content, content_type=media_type)
    name = f"form-{filled.until.isoformat()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
def figures(request: HttpRequest) -> HttpResponse:
    """What would be published today: for analysts, who release it."""
    by, now = Actor.user(request.user.pk), timezone.now()
    if request.method == "POST":
        services.release(by=by, at=now)
        return redirect("publications:figures")
    counted = services.count(until=local_day(now), by=by, at=now)
    rows = [(BY_CODE[code], UNITS[BY_CODE[code].unit], row) for code, row in counted.items()]
    context = {
        "rows": rows,
        "years": sorted(rows[0][2].years) if rows else [],
        "cohorts": told(services.count_cohorts(until=local_day(now), by=by, at=now)),
        "latest": selectors.latest(viewer=by),
    }
    return render(request, "publications/desk.html", context)
