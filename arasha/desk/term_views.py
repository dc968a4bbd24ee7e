"""The page "My terms", and the calendar of one person."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from arasha.access.viewing import viewing
from arasha.actors import ANONYMOUS, Actor
from arasha.cases import services
from arasha.cases.forms.terms import FeedForm
from arasha.cases.selectors import feed_behind, feed_of
from arasha.desk.middleware import actor_of
from arasha.desk.terms import calendar, my_terms
from arasha.engines.calendar_feed import MEDIA_TYPE
from arasha.people.limits import limit_tries
from arasha.people.selectors import at_work


@require_GET
def terms(request: HttpRequest) -> HttpResponse:
    """Every term in the viewer's hands, by what comes first."""
    viewer, now = actor_of(request), timezone.now()
    found = my_terms(viewer=viewer, at=now, number=request.GET.get("page"))
    context = {"groups": found.groups, "page": found.page, "now": now}
    return render(request, "desk/terms.html", context)


@require_GET
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Whether the viewer's calendar has an address, and how to make one."""
    return _calendar_page(request, "")


@require_POST
def make_calendar(request: HttpRequest) -> HttpResponse:
    """Make a secret address, which is shown this once."""
    form = FeedForm(request.POST)
    form.is_valid()
    token = services.make_feed(
        has_numbers=form.cleaned_data.get("has_numbers", False),
        language=get_language() or "en",
        by=actor_of(request),
        at=timezone.now(),
    )
    return _calendar_page(request, request.build_absolute_uri(reverse("calendar", args=[token])))


@require_POST
def revoke_calendar(request: HttpRequest) -> HttpResponse:
    services.revoke_feed(by=actor_of(request), at=timezone.now())
    return redirect("my_calendar")


@require_GET
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The calendar once, for whoever is signed in."""
    body = calendar(
        viewer=actor_of(request),
        at=timezone.now(),
        has_numbers=True,
        language=get_language() or "en",
        base=request.build_absolute_uri("/").rstrip("/"),
    )
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'attachment; filename="terms.ics"'
    return response


@require_GET
@never_cache
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program reads without a session: the token alone opens it."""
    limit_tries(request)
    found = feed_behind(viewer=ANONYMOUS, token=token)
    if found is None or not at_work(viewer=ANONYMOUS, keys=[found.user_key]).exists():
        raise Http404
    viewer = Actor.user(found.user_key)
    with viewing(viewer):
        body = calendar(
            viewer=viewer,
            at=timezone.now(),
            has_numbers=found.has_numbers,
            language=found.language,
            base=request.build_absolute_uri("/").rstrip("/"),
        )
    return HttpResponse(body, content_type=MEDIA_TYPE)


def _calendar_page(request: HttpRequest, address: str) -> HttpResponse:
    found = feed_of(viewer=actor_of(request))
    context = {"feed": found, "form": FeedForm(), "address": address}
    return render(request, "desk/calendar.html", context)
