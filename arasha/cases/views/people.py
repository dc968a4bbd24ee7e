"""The page "People and events" of a case, and the forms behind it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from arasha.actors import Actor
from arasha.cases import selectors, services
from arasha.cases.forms.people import (
    ActForm,
    CorrectionForm,
    Entry,
    EventForm,
    PartForm,
    PersonForm,
    StateForm,
)
from arasha.cases.models import Case
from arasha.cases.people_panel import choice_of_people, register_of
from arasha.cases.services.correcting import WHAT
from arasha.cases.versions import closed
from arasha.journal import services as journal
from arasha.problems import ChangedMeanwhileProblem, NotFoundProblem, Problem

May = Callable[..., bool]
form_page = require_http_methods(["GET", "POST"])

CORRECTIONS = {
    "account": _("Correct the account"),
    "happened": _("Correct the date"),
    "place": _("Correct the place"),
    "conduct": _("Correct what was done"),
    "capacity": _("Correct who did it"),
}


@require_GET
def page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who did what to whom."""
    viewer = Actor.user(request.user.pk)
    case = selectors.find_case(viewer=viewer, key=key)
    journal.record_reads(viewer=viewer, subjects=[("case", case.key)], at=timezone.now())
    context = {
        "case": case,
        "register": register_of(viewer=viewer, case=case),
        "may_name": selectors.may_name(viewer=viewer, case=case),
        "may_tell": selectors.may_tell(viewer=viewer, case=case),
    }
    return render(request, "cases/people.html", context)


@form_page
def add_person(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    _viewer, case = _writer(request, key, may=selectors.may_name)
    form = PersonForm(request.POST or None, initial={"base_version": case.version})

    def act(**said: Any) -> object:
        return services.add_person(case=case, about=form.about(), who=form.who(), **said)

    return _entered(request, case, form, act, title=_("Add a person"))


@form_page
def correct_person(request: HttpRequest, key: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    viewer, case = _writer(request, key, may=selectors.may_name)
    row = selectors.find_person(viewer=viewer, case=case, key=person)
    known = selectors.identities(viewer=viewer, case=case).get(row.key)
    form = PersonForm(
        request.POST or None,
        initial={"base_version": case.version, **PersonForm.of(row, known)},
    )

    def act(**said: Any) -> object:
        return services.correct_person(person=row, about=form.about(), who=form.who(), **said)

    return _entered(request, case, form, act, title=_("Correct a person"), of=row.code)


@form_page
def add_event(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    _viewer, case = _writer(request, key, may=selectors.may_tell)
    place = case.place.code if case.place else None
    form = EventForm(request.POST or None, initial={"base_version": case.version, "place": place})

    def act(**said: Any) -> object:
        return services.add_event(case=case, happened=form.says(), **said)

    return _entered(request, case, form, act, title=_("Add an event"))


@form_page
def correct_event(request: HttpRequest, key: uuid.UUID, event: uuid.UUID) -> HttpResponse:
    viewer, case = _writer(request, key, may=selectors.may_tell)
    row = selectors.find_event(viewer=viewer, case=case, key=event)
    form = EventForm(
        request.POST or None, initial={"base_version": case.version, **EventForm.of(row)}
    )

    def act(**said: Any) -> object:
        return services.correct_event(event=row, happened=form.says(), **said)

    return _entered(request, case, form, act, title=_("Correct an event"))


@form_page
def add_act(request: HttpRequest, key: uuid.UUID, event: uuid.UUID) -> HttpResponse:
    viewer, case = _writer(request, key, may=selectors.may_tell)
    row = selectors.find_event(viewer=viewer, case=case, key=event)
    form = ActForm(
        request.POST or None,
        people=choice_of_people(viewer=viewer, case=case),
        initial={"base_version": case.version},
    )

    def act(**said: Any) -> object:
        return services.add_act(event=row, done=form.says(), **said)

    return _entered(request, case, form, act, title=_("Add an act"))


@form_page
def correct_act(request: HttpRequest, key: uuid.UUID, act: uuid.UUID) -> HttpResponse:
    viewer, case = _writer(request, key, may=selectors.may_tell)
    row = selectors.find_act(viewer=viewer, case=case, key=act)
    form = ActForm(
        request.POST or None,
        people=choice_of_people(viewer=viewer, case=case),
        initial={"base_version": case.version, **ActForm.of(row)},
    )

    def correct(**said: Any) -> object:
        return services.correct_act(act=row, done=form.says(), **said)

    return _entered(request, case, form, correct, title=_("Correct an act"))


@form_page
def involve(request: HttpRequest, key: uuid.UUID, act: uuid.UUID) -> HttpResponse:
    viewer, case = _writer(request, key, may=selectors.may_tell)
    row = selectors.find_act(viewer=viewer, case=case, key=act)
    form = PartForm(
        request.POST or None,
        people=choice_of_people(viewer=viewer, case=case),
        initial={"base_version": case.version},
    )

    def enter(**said: Any) -> object:
        given = form.cleaned_data
        parts = {name: given[name] for name in ("degree", "capacity", "state", "since_day")}
        return services.involve(act=row, person=form.people[given["person"]], **parts, **said)

    return _entered(request, case, form, enter, title=_("Add somebody's part"))


@form_page
def change_state(request: HttpRequest, key: uuid.UUID, part: uuid.UUID) -> HttpResponse:
    viewer, case = _writer(request, key, may=selectors.may_tell)
    row = selectors.find_part(viewer=viewer, case=case, key=part)
    form = StateForm(
        request.POST or None, initial={"base_version": case.version, **StateForm.of(row)}
    )

    def act(**said: Any) -> object:
        given = form.cleaned_data
        return services.change_state(
            part=row, state=given["state"], since_day=given["since_day"], **said
        )

    return _entered(request, case, form, act, title=_("Change how a part is regarded"))


@form_page
def correct_allegation(
    request: HttpRequest, key: uuid.UUID, allegation: uuid.UUID, what: str
) -> HttpResponse:
    viewer, case = _writer(request, key, may=selectors.may_tell)
    row = selectors.allegations(viewer=viewer, case=case).filter(pk=allegation).first()
    if row is None or what not in WHAT:
        raise NotFoundProblem
    form = CorrectionForm(request.POST or None, what=what, initial={"base_version": case.version})

    def act(**said: Any) -> object:
        return services.correct_allegation(allegation=row, **form.says(), **said)

    return _entered(request, case, form, act, title=CORRECTIONS[what], back="cases:case")


def _writer(request: HttpRequest, key: uuid.UUID, *, may: May) -> tuple[Actor, Case]:
    """Who writes, and on which case. Unknown and forbidden look the same."""
    viewer = Actor.user(request.user.pk)
    case = selectors.find_case(viewer=viewer, key=key)
    if not may(viewer=viewer, case=case):
        raise closed(case)
    return viewer, case


def _entered(
    request: HttpRequest,
    case: Case,
    form: Entry,
    act: Callable[..., object],
    *,
    title: str | Promise,
    of: str = "",
    back: str = "cases:people",
) -> HttpResponse:
    """Do what a form says, and go back; a refusal keeps what was typed, and shows what changed."""
    viewer, context = Actor.user(request.user.pk), {"case": case, "form": form, "title": title}
    if form.is_valid():
        try:
            act(base_version=form.cleaned_data["base_version"], by=viewer, at=timezone.now())
        except Problem as problem:
            form.add_error(None, str(problem))
            if isinstance(problem, ChangedMeanwhileProblem):
                context["now"] = register_of(viewer=viewer, case=case)
        else:
            return redirect(back, key=case.key)
    status = 422 if form.errors else 200
    return render(request, "cases/entry.html", context | {"of": of, "back": back}, status=status)
