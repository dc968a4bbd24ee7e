from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_GET

from arasha.desk.agenda import today
from arasha.desk.middleware import actor_of
from arasha.desk.search import find
from arasha.people.selectors import posts_held

PAGE = 25


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What needs me today, by lateness."""
    viewer, now = actor_of(request), timezone.now()
    found = today(viewer=viewer, at=now)
    page = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
    posts = posts_held(viewer=viewer, at=now)
    context = {"page": page, "more": found.more, "now": now, "posts": posts}
    return render(request, "desk/home.html", context)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("text", "")
    hits = find(viewer=actor_of(request), text=text)
    return render(request, "desk/search.html", {"text": text, "hits": hits})


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """For the supervisor and a load balancer: the process answers and its database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form older than the session: it comes back with a fresh token, ready to be sent again."""
    return render(request, "desk/form_too_old.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "desk/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the database or the session: they may be what failed."""
    return HttpResponse(render_to_string("desk/500.html"), status=500)
