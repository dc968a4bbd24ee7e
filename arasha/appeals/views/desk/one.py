import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from arasha.actors import Actor
from arasha.appeals import selectors, services
from arasha.appeals.forms import CategoryForm, Filter
from arasha.appeals.models import Appeal
from arasha.country import local_day
from arasha.journal import services as journal
from arasha.problems import NotFoundProblem
from arasha.rows import LongList


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """The sealed appeals of the reader's institution, most urgent first."""
    viewer = Actor.user(request.user.pk)
    # Whoever types a code looks for it in all states; whoever types nothing wants what waits.
    asked = Filter({"state": "" if request.GET.get("q") else selectors.OPEN, **request.GET.dict()})
    asked.is_valid()
    found = selectors.appeals(
        viewer=viewer,
        text=asked.cleaned_data.get("q", ""),
        state=asked.cleaned_data.get("state", ""),
    )
    page = LongList(found).get_page(request.GET.get("page"))
    today = local_day(timezone.now())
    return render(request, "appeals/inbox.html", {"filter": asked, "page": page, "today": today})


@require_GET
def appeal_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What the server may know of one appeal, and the way into the reader."""
    viewer = Actor.user(request.user.pk)
    appeal = selectors.find_appeal(viewer=viewer, key=key)
    journal.record_reads(viewer=viewer, subjects=[("appeal", appeal.key)], at=timezone.now())
    return render(request, "appeals/appeal.html", _about(request, appeal))


@require_POST
def open_in_reader(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Send the officer to their own reader with a one-time token behind the #."""
    viewer = Actor.user(request.user.pk)
    appeal = selectors.find_appeal(viewer=viewer, key=key)
    token = services.begin_opening(appeal=appeal, by=viewer, at=timezone.now())
    return redirect(f"{settings.ARASHA_READER_URL}/#open={token}")


@require_POST
def classify(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note what the appeal is about, after reading it."""
    viewer = Actor.user(request.user.pk)
    appeal = selectors.find_appeal(viewer=viewer, key=key)
    form = CategoryForm(request.POST)
    if not selectors.may_open(viewer=viewer, appeal=appeal):
        raise NotFoundProblem
    if form.is_valid():
        services.classify(
            appeal=appeal, category=form.cleaned_data["category"], by=viewer, at=timezone.now()
        )
        return redirect("appeals:appeal", key=appeal.key)
    context = _about(request, appeal) | {"category_form": form}
    return render(request, "appeals/appeal.html", context, status=422)


def _about(request: HttpRequest, appeal: Appeal) -> dict[str, object]:
    viewer = Actor.user(request.user.pk)
    return {
        "appeal": appeal,
        "today": local_day(timezone.now()),
        "may_open": selectors.may_open(viewer=viewer, appeal=appeal),
        "category_form": CategoryForm(initial={"category": appeal.category}),
    }
