import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from arasha.actors import Actor
from arasha.appeals.forms.staffing import ShiftForm
from arasha.appeals.selectors import duty as selectors
from arasha.appeals.services import duty as services
from arasha.people.models import Institution
from arasha.problems import NotFoundProblem, Problem
from arasha.rows import LongList


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Unread calls first, then the roster and its holes."""
    return _page(request, _line(request))


@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Put somebody on the roster."""
    viewer, now, line = Actor.user(request.user.pk), timezone.now(), _line(request)
    people = selectors.members(viewer=viewer, institution=line, at=now)
    form = ShiftForm(request.POST, people=people)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.plan_shift(
                institution=line,
                user=said["user"],
                level=said["level"],
                hours=(said["from_at"], said["until_at"]),
                by=viewer,
                at=now,
            )
            return redirect("duty:line")
        except Problem as problem:
            form.add_error(None, str(problem))
    return _page(request, line, form)


@require_POST
def end(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take somebody off the roster."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    shift = selectors.find_shift(viewer=viewer, key=key, at=now)
    if shift is None or not selectors.may_plan(
        viewer=viewer, institution=shift.institution, at=now
    ):
        raise NotFoundProblem
    services.end_shift(shift=shift, by=viewer, at=now)
    return redirect("duty:line")


def _line(request: HttpRequest) -> Institution:
    lines = selectors.lines(viewer=Actor.user(request.user.pk), at=timezone.now())
    if not lines:
        raise NotFoundProblem
    return lines[0]


def _page(request: HttpRequest, line: Institution, form: ShiftForm | None = None) -> HttpResponse:
    viewer, now = Actor.user(request.user.pk), timezone.now()
    people = selectors.members(viewer=viewer, institution=line, at=now)
    mine = selectors.calls(viewer=viewer).filter(appeal__recipient_set__institution=line)
    context = {
        "line": line,
        "page": LongList(mine).get_page(request.GET.get("page")),
        "gaps": selectors.gaps(viewer=viewer, institution=line, at=now),
        "shifts": selectors.roster(viewer=viewer, institution=line, at=now)[:100],
        "may_plan": selectors.may_plan(viewer=viewer, institution=line, at=now),
        "form": form or ShiftForm(people=people),
        "now": now,
    }
    return render(request, "appeals/duty.html", context, status=422 if form else 200)
