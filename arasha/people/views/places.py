"""Places on the desk. The register lies below people, where nobody can be asked who may write."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.country import country, local_day
from arasha.people import selectors as people
from arasha.people.duties import require_knowing, require_registrar
from arasha.people.forms import DayForm
from arasha.people.views.answers import form_page
from arasha.places import selectors, services
from arasha.places.forms import (
    CorrectPlaceForm,
    DeviceForm,
    PersonsForm,
    PlacesFilter,
    RegisterPlaceForm,
    accepted,
    changed_meanwhile,
    initial_of,
)
from arasha.places.models import Place
from arasha.problems import NotFoundProblem

PAGE = 25
TERMINAL = "terminal"


@require_GET
def place_list(request: HttpRequest) -> HttpResponse:
    viewer = Actor.user(request.user.pk)
    asked = PlacesFilter(request.GET)
    asked.is_valid()
    wish = asked.cleaned_data
    region = wish.get("region")
    found = selectors.places(
        viewer=viewer,
        region=region.pk if region else "",
        kind=wish.get("kind", ""),
        text=wish.get("text", ""),
        unofficial=people.knows_unofficial(viewer=viewer, at=timezone.now()),
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    registrar = people.is_registrar(viewer=viewer, at=timezone.now())
    return render(
        request,
        "places/list.html",
        {"filter": asked, "page": page, "registrar": registrar, "kinds": country().place_kinds},
    )


@require_GET
def place_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A place: why the NPM may enter, how many it holds, who commands it, who was in charge when."""
    place = _place(request, key)
    return render(request, "places/place.html", _about(request, place))


@require_http_methods(["GET", "POST"])
def register_place(request: HttpRequest) -> HttpResponse:
    by, at = Actor.user(request.user.pk), timezone.now()
    require_registrar(by=by, at=at)
    form = RegisterPlaceForm(request.POST or None)

    def register() -> None:
        require_knowing(official=form.cleaned_data["official"], by=by, at=at)
        services.register_place(
            code=form.cleaned_data["code"], name=form.names, **_said(form), by=by, at=at
        )

    if form.is_valid() and accepted(form, register):
        return redirect(f"{reverse('places:list')}?text={quote(form.cleaned_data['code'])}")
    return form_page(request, "places/form.html", form)


@require_http_methods(["GET", "POST"])
def correct_place(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by, at = Actor.user(request.user.pk), timezone.now()
    require_registrar(by=by, at=at)
    place = _place(request, key)
    form = CorrectPlaceForm(request.POST or None, initial=initial_of(place))

    def correct() -> None:
        require_knowing(official=form.cleaned_data["official"], by=by, at=at)
        closed = form.cleaned_data["closed_date"]
        base_version = form.cleaned_data["base_version"]
        services.correct_place(
            place=place,
            base_version=base_version,
            name=form.names,
            closed_date=closed,
            **_said(form),
            by=by,
            at=at,
        )

    if form.is_valid() and accepted(form, correct):
        return redirect("places:place", place.pk)
    meanwhile = changed_meanwhile(form, place)
    return form_page(request, "places/form.html", form, place=place, meanwhile=meanwhile)


@require_POST
def set_capacity(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    def change(day: dt.date, **said: Any) -> None:
        services.set_capacity(from_day=day, **said)

    return _count(request, key, change, prefix="capacity")


@require_POST
def record_headcount(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return _count(request, key, services.record_headcount, prefix="headcount")


@require_POST
def offer_device(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by, at = Actor.user(request.user.pk), timezone.now()
    require_registrar(by=by, at=at)
    place = _place(request, key)
    form = DeviceForm(request.POST)

    def offer() -> None:
        public_key = form.cleaned_data["public_key"]
        services.offer_device(place=place, kind=TERMINAL, public_key=public_key, by=by, at=at)

    if form.is_valid() and accepted(form, offer, field="public_key"):
        return redirect("places:place", place.pk)
    return _place_again(request, place, device_form=form)


@require_POST
def enrol_device(request: HttpRequest, key: uuid.UUID, offer: uuid.UUID) -> HttpResponse:
    by, at = Actor.user(request.user.pk), timezone.now()
    require_registrar(by=by, at=at)
    place = _place(request, key)
    offered = selectors.open_offers(viewer=by, place=place).filter(pk=offer).first()
    if offered is None:
        raise NotFoundProblem
    services.enrol_device(offer=offered, by=by, at=at)
    return redirect("places:place", place.pk)


@require_POST
def revoke_device(request: HttpRequest, key: uuid.UUID, device: uuid.UUID) -> HttpResponse:
    by, at = Actor.user(request.user.pk), timezone.now()
    require_registrar(by=by, at=at)
    place = _place(request, key)
    found = selectors.devices(viewer=by, place=place).filter(pk=device).first()
    if found is None:
        raise NotFoundProblem
    services.revoke_device(device=found, reason_code="by_registrar", by=by, at=at)
    return redirect("places:place", place.pk)


def _place(request: HttpRequest, key: uuid.UUID) -> Place:
    viewer = Actor.user(request.user.pk)
    may_know = people.knows_unofficial(viewer=viewer, at=timezone.now())
    place = selectors.find_place(viewer=viewer, key=key, unofficial=may_know)
    if place is None:
        raise NotFoundProblem
    return place


def _about(request: HttpRequest, place: Place) -> dict[str, Any]:
    viewer, now = Actor.user(request.user.pk), timezone.now()
    day_form = DayForm(request.GET or None)
    day = _day_asked(day_form) or local_day(now)
    heads = people.heads_of(viewer=viewer, place_key=place.pk, day=day)
    return {
        "place": place,
        "kind": country().place_kinds.get(place.kind),
        "authority": country().authorities.get(place.authority),
        "day": day,
        "day_form": day_form if day_form.errors else DayForm(initial={"day": day}),
        "capacity": selectors.capacity_on(viewer=viewer, place=place, day=day),
        "headcounts": selectors.headcounts(viewer=viewer, place=place)[:12],
        "commanders": people.commanders_of(viewer=viewer, place_key=place.pk, day=day),
        "heads": heads,
        "devices": selectors.devices(viewer=viewer, place=place),
        "offers": selectors.open_offers(viewer=viewer, place=place),
        "registrar": people.is_registrar(viewer=viewer, at=now),
        "me": viewer.key,
        "capacity_form": PersonsForm(prefix="capacity"),
        "headcount_form": PersonsForm(prefix="headcount"),
        "device_form": DeviceForm(),
    }


def _day_asked(form: DayForm) -> dt.date | None:
    day: dt.date | None = form.cleaned_data["day"] if form.is_valid() else None
    return day


def _said(form: CorrectPlaceForm) -> dict[str, Any]:
    fields = ("region", "kind", "official", "authority", "opened_date")
    return {field: form.cleaned_data[field] for field in fields}


def _count(
    request: HttpRequest, key: uuid.UUID, enter: Callable[..., object], *, prefix: str
) -> HttpResponse:
    """Enter how many people a place may hold, or holds."""
    by, at = Actor.user(request.user.pk), timezone.now()
    require_registrar(by=by, at=at)
    place = _place(request, key)
    form = PersonsForm(request.POST, prefix=prefix)
    if form.is_valid() and accepted(
        form, lambda: enter(place=place, **form.cleaned_data, by=by, at=at), field="day"
    ):
        return redirect("places:place", place.pk)
    return _place_again(request, place, **{f"{prefix}_form": form})


def _place_again(request: HttpRequest, place: Place, **sent: Form) -> HttpResponse:
    """The place's page with the form that was refused, as it was typed."""
    [form] = sent.values()
    about = _about(request, place) | sent | {"form": form}
    return render(request, "places/place.html", about, status=422)
