import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from arasha.actors import Actor
from arasha.notices import selectors, services
from arasha.notices.pages import page_of, titles
from arasha.problems import NotFoundProblem

ON_A_PAGE = 25


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    viewer = Actor.user(request.user.pk)
    notices = selectors.open_notices(viewer=viewer)
    page = Paginator(notices, ON_A_PAGE).get_page(request.GET.get("page"))
    called = titles(viewer=viewer, notices=page)
    rows = [(notice, called.get(notice.subject_key, "")) for notice in page]
    return render(request, "notices/list.html", {"page": page, "rows": rows})


@require_safe
def follow(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Go to what a notice is about; whether it may be seen is asked there."""
    notice = selectors.find_notice(viewer=Actor.user(request.user.pk), key=key)
    if notice is None:
        raise NotFoundProblem
    page = page_of(subject_kind=notice.subject_kind, subject_key=notice.subject_key)
    return redirect(page or "notices:list")


@require_POST
def put_away(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    services.put_away(notice_key=key, by=Actor.user(request.user.pk), at=timezone.now())
    return redirect("notices:list")


@require_safe
def failed(request: HttpRequest) -> HttpResponse:
    viewer, now = Actor.user(request.user.pk), timezone.now()
    if not selectors.is_administrator(viewer=viewer, at=now):
        raise NotFoundProblem
    tasks = selectors.failed_tasks(viewer=viewer, at=now)
    page = Paginator(tasks, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/failed.html", {"page": page})
