from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from arasha.actors import Actor
from arasha.appeals import selectors
from arasha.appeals.forms import Filter
from arasha.appeals.selectors.inbox import danger_first
from arasha.country import local_day
from arasha.rows import LongList


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """The sealed appeals of the reader's institution: who is in danger, then the latest first."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    today = local_day(now)
    # Whoever types a code looks for it in all states; whoever types nothing wants what waits.
    asked = Filter({"state": "" if request.GET.get("q") else selectors.OPEN, **request.GET.dict()})
    asked.is_valid()
    danger, others = danger_first(
        viewer=viewer,
        text=asked.cleaned_data.get("q", ""),
        state=asked.cleaned_data.get("state", ""),
        narrowed=asked.narrowed(today=today),
    )
    page = LongList(others, first=danger).get_page(request.GET.get("page"))
    standing = selectors.standing(viewer=viewer, appeals=list(page))
    context = {
        "filter": asked,
        "page": page,
        "today": today,
        "standing": standing,
        "may_read": selectors.is_officer(viewer=viewer, at=now),
    }
    return render(request, "appeals/inbox.html", context)
