from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from arasha.actors import Actor
from arasha.handoffs.listing import line, tab_of, tabs
from arasha.people.selectors import posts_held


@require_GET
def passed_list(request: HttpRequest) -> HttpResponse:
    """What was passed on and received, one kind at a time."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    posts = list(posts_held(viewer=viewer, at=now))
    found = tabs(viewer=viewer)
    chosen = tab_of(request.GET.get("kind", ""), found, posts=posts)
    page = chosen.rows.get_page(request.GET.get("page"))
    page.object_list = [line(chosen.kind, each, viewer=viewer, at=now) for each in page]
    context = {"kind": chosen.kind, "tabs": found, "page": page, "now": now}
    return render(request, "handoffs/list.html", context)
