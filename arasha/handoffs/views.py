from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from arasha.actors import Actor
from arasha.handoffs.listing import KINDS, kind_of, line
from arasha.people.selectors import posts_held
from arasha.rows import LongList


@require_GET
def passed_list(request: HttpRequest) -> HttpResponse:
    """What was passed on and received, one kind at a time."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    posts = list(posts_held(viewer=viewer, at=now))
    kind = kind_of(request.GET.get("kind", ""), posts=posts)
    page = LongList(kind.seen(viewer=viewer)).get_page(request.GET.get("page"))
    page.object_list = [line(kind, each, viewer=viewer, at=now) for each in page]
    context = {"kind": kind, "kinds": KINDS, "page": page, "now": now}
    return render(request, "handoffs/list.html", context)
