"""The register of institutions: everybody reads it, a registrar writes it."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from arasha.actors import Actor
from arasha.country import country
from arasha.people import selectors, services
from arasha.people.duties import require_registrar
from arasha.people.forms import CommandForm, EndForm, InstitutionForm, PostForm
from arasha.people.models import Institution
from arasha.people.roles import ROLE_NAMES
from arasha.people.views.answers import form_page
from arasha.places.forms import accepted
from arasha.problems import NotFoundProblem

PAGE = 25
FORM = "institutions/form.html"


@require_GET
def institution_list(request: HttpRequest) -> HttpResponse:
    viewer = Actor.user(request.user.pk)
    kind = request.GET.get("kind", "")
    found = selectors.institutions(viewer=viewer, kind=kind)
    return render(
        request,
        "institutions/list.html",
        {
            "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
            "kind": kind,
            "kinds": country().institution_kinds,
            "registrar": selectors.is_registrar(viewer=viewer, at=timezone.now()),
        },
    )


@require_GET
def institution(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    viewer = Actor.user(request.user.pk)
    found = _institution(viewer, key)
    return render(
        request,
        "institutions/institution.html",
        {
            "institution": found,
            "kind": country().institution_kinds.get(found.kind),
            "posts": selectors.posts_in(viewer=viewer, institution=found),
            "roles": ROLE_NAMES,
            "commands": selectors.commands_of(viewer=viewer, institution=found),
            "registrar": selectors.is_registrar(viewer=viewer, at=timezone.now()),
        },
    )


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    by, at = Actor.user(request.user.pk), timezone.now()
    require_registrar(by=by, at=at)
    form = InstitutionForm(request.POST or None)

    def act() -> None:
        wish = {field: form.cleaned_data[field] for field in ("code", "kind", "region", "parent")}
        services.register_institution(**wish, name=form.names, by=by, at=at)

    if form.is_valid() and accepted(form, act):
        return redirect("institutions:list")
    return form_page(request, FORM, form, title=_("Register an institution"))


@require_http_methods(["GET", "POST"])
def open_post(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by, at = Actor.user(request.user.pk), timezone.now()
    require_registrar(by=by, at=at)
    found = _institution(by, key)
    form = PostForm(request.POST or None)

    def act() -> None:
        fields = ("role", "place", "manages_people", "on_duty")
        wish = {field: form.cleaned_data[field] for field in fields}
        services.open_post(institution=found, **wish, title=form.names, by=by, at=at)

    if form.is_valid() and accepted(form, act):
        return redirect("institutions:institution", found.pk)
    return form_page(
        request, FORM, form, institution=found, about=found.name, title=_("Open a post")
    )


@require_http_methods(["GET", "POST"])
def give_command(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by, at = Actor.user(request.user.pk), timezone.now()
    require_registrar(by=by, at=at)
    found = _institution(by, key)
    form = CommandForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: services.give_command(institution=found, **form.cleaned_data, by=by, at=at)
    ):
        return redirect("institutions:institution", found.pk)
    return form_page(
        request, FORM, form, institution=found, about=found.name, title=_("Enter a command")
    )


@require_http_methods(["GET", "POST"])
def end_command(request: HttpRequest, key: uuid.UUID, command: uuid.UUID) -> HttpResponse:
    by, at = Actor.user(request.user.pk), timezone.now()
    require_registrar(by=by, at=at)
    found = _institution(by, key)
    given = selectors.commands_of(viewer=by, institution=found).filter(pk=command).first()
    if given is None:
        raise NotFoundProblem
    form = EndForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: services.end_command(command=given, **form.cleaned_data, by=by, at=at)
    ):
        return redirect("institutions:institution", found.pk)
    return form_page(
        request, FORM, form, institution=found, about=given.place.name, title=_("End a command")
    )


def _institution(viewer: Actor, key: uuid.UUID) -> Institution:
    found = selectors.institutions(viewer=viewer).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found
