"""What registrars and monitors do at a terminal's page."""

import uuid

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from arasha.access.posts import opens
from arasha.actors import Actor
from arasha.channel.services import issue_token
from arasha.channel.upkeep.errors import NotYourTerminalsError
from arasha.channel.upkeep.forms import CheckForm, SettleForm, WorksForm
from arasha.channel.upkeep.selectors import register
from arasha.channel.upkeep.services import checks, keeping
from arasha.channel.upkeep.views.register import terminal_again
from arasha.country import local_day
from arasha.people.views.answers import form_page
from arasha.places.forms import accepted
from arasha.places.models import Device
from arasha.problems import NotFoundProblem


@require_POST
def settle_alarm(request: HttpRequest, key: uuid.UUID, alarm: uuid.UUID) -> HttpResponse:
    by, at = Actor.user(request.user.pk), timezone.now()
    device = _terminal(request, key)
    found = register.find_alarm(viewer=by, device=device, key=alarm)
    form = SettleForm(request.POST)
    if form.is_valid():
        keeping.settle_alarm(alarm=found, finding=form.cleaned_data["finding"], by=by, at=at)
        return redirect("terminals:terminal", device.pk)
    return terminal_again(request, device, settle_form=form)


@require_POST
def announce_image(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    device = _terminal(request, key)
    keeping.announce_image(device=device, by=Actor.user(request.user.pk), at=timezone.now())
    return redirect("terminals:terminal", device.pk)


@require_POST
def confirm_image(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by = Actor.user(request.user.pk)
    device = _terminal(request, key)
    offer = register.open_offer(viewer=by, device=device)
    if offer is None:
        raise NotFoundProblem
    keeping.confirm_image(offer=offer, by=by, at=timezone.now())
    return redirect("terminals:terminal", device.pk)


@require_POST
def announce_works(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by, at = Actor.user(request.user.pk), timezone.now()
    device = _terminal(request, key)
    form = WorksForm(request.POST)
    if form.is_valid() and accepted(
        form,
        lambda: keeping.announce_works(place=device.place, **form.cleaned_data, by=by, at=at),
        field="from_day",
    ):
        return redirect("terminals:terminal", device.pk)
    return terminal_again(request, device, works_form=form)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Fill in the check-list at a visit; a refusal keeps what was typed."""
    by, at = Actor.user(request.user.pk), timezone.now()
    if not opens(viewer=by, what="canary", at=at):
        raise NotYourTerminalsError
    device = _terminal(request, key)
    form = CheckForm(request.POST or None, initial={"day": local_day(at)})
    if form.is_valid() and accepted(
        form,
        lambda: checks.enter_check(
            device=device,
            day=form.cleaned_data["day"],
            answers=form.answers,
            camera_m=form.camera_m,
            by=by,
            at=at,
        ),
    ):
        return redirect("terminals:terminal", device.pk)
    return form_page(request, "channel/check.html", form, device=device)


@require_http_methods(["GET", "POST"])
def stick(request: HttpRequest) -> HttpResponse:
    """Make the token of one stick, and show it once."""
    by, at = Actor.user(request.user.pk), timezone.now()
    if not opens(viewer=by, what="terminal_check", at=at):
        raise NotYourTerminalsError
    if request.method == "GET":
        return render(request, "channel/stick.html")
    token = issue_token(by=by, at=at)
    qr = segno.make(token, micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True
    )
    response = render(request, "channel/token.html", {"token": token, "qr": qr})
    response.headers["Cache-Control"] = "no-store"
    return response


def _terminal(request: HttpRequest, key: uuid.UUID) -> Device:
    viewer, at = Actor.user(request.user.pk), timezone.now()
    return register.find_terminal(viewer=viewer, key=key, at=at)
