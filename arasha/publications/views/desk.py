from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from arasha.actors import Actor
from arasha.country import local_day
from arasha.publications import selectors, services
from arasha.publications.indicators import BY_CODE, UNITS


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
        "latest": selectors.latest(viewer=by),
    }
    return render(request, "publications/desk.html", context)
