import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from arasha.actors import Actor
from arasha.appeals.forms.staffing import AbsenceForm
from arasha.appeals.selectors import coverage
from arasha.appeals.selectors import offices as selectors
from arasha.appeals.services import offices as services
from arasha.country import local_day
from arasha.problems import NotFoundProblem, Problem


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Whose keys are live, what does not open, who is away."""
    return _page(request)


@require_POST
def absence(request: HttpRequest) -> HttpResponse:
    """Say that I am away and who stands in."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    people = selectors.may_stand_in(viewer=viewer, at=now)
    form = AbsenceForm(request.POST, people=people)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.set_stand_in(
                user=said["user"],
                from_day=said["from_day"],
                until_day=said["until_day"],
                by=viewer,
                at=now,
            )
            return redirect("offices:home")
        except Problem as problem:
            form.add_error(None, str(problem))
    return _page(request, form)


@require_POST
def back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """I am back earlier."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    found = selectors.absences(viewer=viewer, day=local_day(now)).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    services.end_absence(stand_in=found, by=viewer, at=now)
    return redirect("offices:home")


@require_GET
def lost(request: HttpRequest) -> HttpResponse:
    """What an office does that has lost all its passkeys."""
    return render(request, "appeals/lost_keys.html")


def _page(request: HttpRequest, form: AbsenceForm | None = None) -> HttpResponse:
    viewer, now = Actor.user(request.user.pk), timezone.now()
    people = selectors.may_stand_in(viewer=viewer, at=now)
    context = {
        "offices": selectors.offices(viewer=viewer, at=now),
        "unopenable": coverage.unopenable(viewer=viewer)[:50],
        "absences": selectors.absences(viewer=viewer, day=local_day(now)),
        "form": form or AbsenceForm(people=people),
        "today": local_day(now),
    }
    return render(request, "appeals/offices.html", context, status=422 if form else 200)
