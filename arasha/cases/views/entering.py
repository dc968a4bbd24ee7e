"""Clerks enter cases from paper, one page after another, without a mouse."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arasha.actors import Actor
from arasha.cases import selectors, services
from arasha.cases.forms import EntryForm, places_listed
from arasha.cases.forms.entering import KEPT
from arasha.cases.importing.checking import numbers_of
from arasha.cases.importing.lines import Line
from arasha.cases.importing.places import Places
from arasha.cases.models import Case
from arasha.country import local_day
from arasha.engines.names import fold
from arasha.problems import NotFoundProblem, Problem

MOST_LISTED = 500  # places in the list below the field: those of the office's region


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a case, and be asked for the next one; a refusal keeps what was typed."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    offices = selectors.offices_entering(viewer=viewer, at=now).select_related("region", "parent")
    if not offices:
        raise NotFoundProblem
    kept = {name: request.GET[name] for name in KEPT if name in request.GET}
    form = EntryForm(request.POST or None, offices=offices, initial=kept)
    alike: list[Case] = []
    if form.is_valid():
        case, alike = _entered(form, viewer)
        if case is not None:
            messages.success(request, _("Case %(number)s is entered.") % {"number": case.number})
            return redirect(f"{reverse('cases:enter')}?{urlencode(form.kept())}")
    region = offices[0].region_id or ""
    listed = selectors.places_known(viewer=viewer, region=region)[:MOST_LISTED]
    context = {
        "form": form,
        "places": places_listed(listed, get_language() or "en"),
        "alike": alike,
    }
    return render(request, "cases/enter.html", context, status=422 if form.errors or alike else 200)


def _entered(form: EntryForm, viewer: Actor) -> tuple[Case | None, list[Case]]:
    """The case; or none, and what it may be the same as."""
    now, told = timezone.now(), form.cleaned_data
    places = Places(selectors.places_known(viewer=viewer))
    line, _remarks = form.line(places=places, today=local_day(now))
    if form.errors:
        return None, []
    sent = selectors.case_of_sheet(viewer=viewer, sheet=told["sheet"])
    if sent is None:
        _refuse_known(form, line, viewer)
        alike = [] if told["anyway"] else _alike(line, viewer)
        if form.errors or alike:
            return None, alike
    try:
        return services.enter_from_paper(
            line=line, institution=told["institution"], sheet=told["sheet"], by=viewer, at=now
        ), []
    except Problem as problem:
        form.add_error("number", str(problem))
        return None, []


def _refuse_known(form: EntryForm, line: Line, viewer: Actor) -> None:
    numbers = {(each[0], each[1]) for each in numbers_of(line)}
    if selectors.known_numbers(viewer=viewer, numbers=numbers):
        form.say("number", "number_known")


def _alike(line: Line, viewer: Actor) -> list[Case]:
    """Cases with one of these names, at this place, at this time."""
    names = {fold(each.name) for each in line.people if each.name}
    happened = line.happened
    if not (names and line.place and happened.first and happened.last):
        return []
    return selectors.told_before(
        viewer=viewer, names=names, place=line.place, first=happened.first, last=happened.last
    )
