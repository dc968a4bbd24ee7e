from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from arasha.actors import Actor
from arasha.appeals import selectors
from arasha.appeals.clocks import retention_code
from arasha.country import local_day
from arasha.people.selectors import posts_held
from arasha.rows import LongList


@require_GET
def erasing(request: HttpRequest) -> HttpResponse:
    """What the rules no longer keep, and what waits for a second person or for the system's own job."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    due = selectors.kept_too_long(viewer=viewer, day=local_day(now))
    bodies = [post.institution for post in posts_held(viewer=viewer, at=now)]
    context = {
        "page": LongList(due).get_page(request.GET.get("page")),
        "asked": selectors.erasures(viewer=viewer),
        "rule_known": any(retention_code(body) for body in bodies),
        "viewer_key": request.user.pk,
    }
    return render(request, "appeals/erasing.html", context)
