"""An institution manages its own people."""

import datetime as dt
import uuid

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.people import selectors, services
from arasha.people.duties import require_manager_of
from arasha.people.errors import ListFaultsError, NotYourPeopleError
from arasha.people.forms import AppointForm, EndForm, InviteForm, InviteListForm
from arasha.people.models import Invitation, Restoration, User
from arasha.people.views.answers import form_page
from arasha.places.forms import accepted
from arasha.problems import NotFoundProblem

PAGE = 25


@require_GET
def people_list(request: HttpRequest) -> HttpResponse:
    viewer, at = _asking(request)
    found = selectors.people_managed(viewer=viewer, at=at, text=request.GET.get("text", "").strip())
    return render(
        request,
        "people/list.html",
        {
            "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
            "text": request.GET.get("text", ""),
            "institutions": selectors.institutions_managed(viewer=viewer, at=at),
            "invitations": selectors.open_invitations(viewer=viewer, at=at),
            "restorations": selectors.restorations_to_confirm(viewer=viewer, at=at),
        },
    )


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    by, at = _asking(request)
    form = InviteForm(request.POST or None, posts=selectors.posts_managed(viewer=by, at=at))
    if form.is_valid() and accepted(
        form, lambda: services.invite(**form.cleaned_data, by=by, at=at)
    ):
        return redirect("people:list")
    return form_page(request, "people/invite.html", form)


@require_http_methods(["GET", "POST"])
def invite_list(request: HttpRequest) -> HttpResponse:
    by, at = _asking(request)
    posts = selectors.posts_managed(viewer=by, at=at)
    form = InviteListForm(request.POST or None, request.FILES or None, posts=posts)
    if not form.is_valid():
        return form_page(request, "people/invite_list.html", form)
    text, post = form.cleaned_data["people"], form.cleaned_data["post"]
    try:
        services.invite_list(text=text, post=post, by=by, at=at)
    except ListFaultsError as problem:
        # What came in a file is shown as text, so that it can be corrected here.
        again = InviteListForm({"people": text, "post": post.pk}, posts=posts)
        again.add_error("people", str(problem))
        return form_page(request, "people/invite_list.html", again, faults=problem.lines)
    return redirect("people:list")


@require_GET
def invitation(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return render(request, "people/invitation.html", {"invitation": _invitation(request, key)})


@require_POST
def confirm_invitation(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by, at = _asking(request)
    invited = _invitation(request, key)
    token = services.confirm_invitation(invitation=invited, by=by, at=at)
    link = settings.ARASHA_DESK_URL + reverse("join", args=[token])
    return render(request, "people/link.html", {"link": link, "name": invited.full_name, "days": 7})


@require_POST
def withdraw_invitation(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by, at = _asking(request)
    services.withdraw_invitation(invitation=_invitation(request, key), by=by, at=at)
    return redirect("people:list")


@require_GET
def person(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    viewer, at = _asking(request)
    form = AppointForm(posts=selectors.posts_managed(viewer=viewer, at=at))
    return _person_page(request, _user(request, key), form)


@require_POST
def appoint(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by, at = _asking(request)
    user = _user(request, key)
    form = AppointForm(request.POST, posts=selectors.posts_managed(viewer=by, at=at))
    if form.is_valid() and accepted(
        form, lambda: services.appoint(user=user, **form.cleaned_data, by=by, at=at)
    ):
        return redirect("people:person", user.pk)
    return _person_page(request, user, form)


@require_http_methods(["GET", "POST"])
def end_appointment(request: HttpRequest, key: uuid.UUID, appointment: uuid.UUID) -> HttpResponse:
    by, at = _asking(request)
    user = _user(request, key)
    found = selectors.appointments_of(viewer=by, user=user).filter(pk=appointment).first()
    if found is None:
        raise NotFoundProblem
    form = EndForm(request.POST or None)
    if form.is_valid() and accepted(
        form,
        lambda: services.end_appointment(appointment=found, **form.cleaned_data, by=by, at=at),
        field="until_day",
    ):
        return redirect("people:person", user.pk)
    return form_page(request, "people/end_appointment.html", form, appointment=found)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by, at = _asking(request)
    user = _user(request, key)
    if request.method == "POST":
        services.leave(user=user, by=by, at=at)
        return redirect("people:list")
    return render(request, "people/leave.html", {"person": user})


@require_POST
def ask_restoration(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by, at = _asking(request)
    services.ask_restoration(user=_user(request, key), by=by, at=at)
    return redirect("people:list")


@require_GET
def restoration(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return render(request, "people/restoration.html", {"restoration": _restoration(request, key)})


@require_POST
def confirm_restoration(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by, at = _asking(request)
    asked = _restoration(request, key)
    token = services.confirm_restoration(restoration=asked, by=by, at=at)
    link = settings.ARASHA_DESK_URL + reverse("restore", args=[token])
    name = asked.user.full_name
    return render(request, "people/link.html", {"link": link, "name": name, "hours": 1})


@require_POST
def withdraw_restoration(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    by, at = _asking(request)
    services.withdraw_restoration(restoration=_restoration(request, key), by=by, at=at)
    return redirect("people:list")


def _asking(request: HttpRequest) -> tuple[Actor, dt.datetime]:
    return Actor.user(request.user.pk), timezone.now()


def _invitation(request: HttpRequest, key: uuid.UUID) -> Invitation:
    viewer, at = _asking(request)
    found = selectors.open_invitations(viewer=viewer, at=at).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def _restoration(request: HttpRequest, key: uuid.UUID) -> Restoration:
    viewer, at = _asking(request)
    found = selectors.restorations_to_confirm(viewer=viewer, at=at).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def _user(request: HttpRequest, key: uuid.UUID) -> User:
    viewer, at = _asking(request)
    found = selectors.find_user(viewer=viewer, key=key)
    if found is None:
        raise NotFoundProblem
    if str(found.pk) == viewer.key:
        return found
    try:
        require_manager_of(user=found, by=viewer, at=at)
    except NotYourPeopleError as error:
        raise NotFoundProblem from error
    return found


def _person_page(request: HttpRequest, user: User, form: AppointForm) -> HttpResponse:
    viewer, _at = _asking(request)
    about = {
        "person": user,
        "appointments": selectors.appointments_of(viewer=viewer, user=user),
        "me": viewer.key,
    }
    return form_page(request, "people/person.html", form, **about)
