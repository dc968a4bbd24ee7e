"""Test appeals: a monitor begins one and enters its slip, an officer enters that it arrived."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.access.posts import opens
from arasha.actors import Actor
from arasha.channel.upkeep.errors import NotYourTerminalsError
from arasha.channel.upkeep.forms import CodeForm, SlipForm
from arasha.channel.upkeep.numbers import number_in
from arasha.channel.upkeep.selectors import canaries, register
from arasha.channel.upkeep.services import canaries as services
from arasha.country import country, local_day
from arasha.people.views.answers import form_page
from arasha.places.forms import accepted
from arasha.problems import NotFoundProblem
from arasha.rows import LongList


@require_GET
def canary_list(request: HttpRequest) -> HttpResponse:
    """All tests, for monitors."""
    viewer, at = Actor.user(request.user.pk), timezone.now()
    if not opens(viewer=viewer, what="canary", at=at):
        raise NotYourTerminalsError
    page = LongList(canaries.canaries(viewer=viewer, at=at)).get_page(request.GET.get("page"))
    day = local_day(at)
    rows = [(each, canaries.steps(viewer=viewer, canary=each, day=day)) for each in page]
    return render(request, "channel/canaries.html", {"page": page, "rows": rows})


@require_POST
def begin(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by, at = Actor.user(request.user.pk), timezone.now()
    device = register.find_terminal(viewer=by, key=key, at=at)
    canary = services.begin_canary(device=device, by=by, at=at)
    return redirect("terminals:canary", canary.pk)


@require_http_methods(["GET", "POST"])
def canary_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What to write, then the slip, then the whole chain."""
    by, at = Actor.user(request.user.pk), timezone.now()
    canary = canaries.find_canary(viewer=by, key=key, at=at)
    form = SlipForm(request.POST or None, today=local_day(at))
    if form.is_valid() and accepted(
        form,
        lambda: services.enter_slip(canary=canary, **form.cleaned_data, by=by, at=at),
        field="code",
    ):
        return redirect("terminals:canary", canary.pk)
    return form_page(
        request,
        "channel/canary.html",
        form,
        canary=canary,
        steps=canaries.steps(viewer=by, canary=canary, day=local_day(at)),
        proved=canaries.is_proved(viewer=by, canary=canary),
        languages=[each.code for each in country().languages],
    )


@require_http_methods(["GET", "POST"])
def arrived(request: HttpRequest, number: str) -> HttpResponse:
    """An officer found the number of a test in what they opened."""
    by, at = Actor.user(request.user.pk), timezone.now()
    if not number_in(number) or not canaries.opens_appeals(viewer=by, at=at):
        raise NotFoundProblem
    form = CodeForm(request.POST or None)
    if form.is_valid() and accepted(
        form,
        lambda: services.enter_arrival(number=number, code=form.cleaned_data["code"], by=by, at=at),
        field="code",
    ):
        return render(request, "channel/arrived_done.html", {"number": number})
    return form_page(request, "channel/arrived.html", form, number=number)
