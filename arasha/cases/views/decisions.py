"""The course of a case: its decisions, and what is entered with them."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from arasha.actors import Actor
from arasha.cases import selectors, services
from arasha.cases.answers import Said, said
from arasha.cases.course import course_of, who
from arasha.cases.deciding.errors import MissingError, ReliefBarredError
from arasha.cases.forms import (
    ChargeForm,
    ClosingForm,
    DecisionForm,
    ProceedingForm,
    StepForm,
    ToldForm,
)
from arasha.cases.models import Case, Decision
from arasha.cases.services.proceedings import kinds_by_decision
from arasha.cases.versions import closed
from arasha.country import country, local_day
from arasha.journal import services as journal
from arasha.problems import NotFoundProblem, Problem


@require_GET
def decisions(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What was decided, proceeding by proceeding, of whom, and who was told."""
    viewer, language = Actor.user(request.user.pk), get_language() or "en"
    case = selectors.find_case(viewer=viewer, key=key)
    journal.record_reads(viewer=viewer, subjects=[("case", case.key)], at=timezone.now())
    context = {
        "case": case,
        "course": course_of(viewer=viewer, case=case, language=language),
        "may_change": selectors.may_change(viewer=viewer, case=case),
        "next_decisions": selectors.kinds_to_decide(viewer=viewer, case=case),
        "has_suspects": selectors.people_who_are(
            viewer=viewer, case=case, means="suspect"
        ).exists(),
    }
    return render(request, "cases/decisions.html", context)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, key: uuid.UUID, kind: str) -> HttpResponse:
    """Enter a dated decision; a refusal keeps what was typed, and a bar is shown with its reasons."""
    viewer = Actor.user(request.user.pk)
    case = selectors.find_case(viewer=viewer, key=key)
    move = country().procedure.kinds.get(kind)
    if move is None:
        raise NotFoundProblem
    if not selectors.may_decide(viewer=viewer, case=case, kind=move):
        raise closed(case)
    form = DecisionForm(request.POST or None, case=case, kind=move, viewer=viewer)
    barred: list[Said] = []
    if form.is_valid():
        try:
            services.decide(case=case, kind=kind, by=viewer, at=timezone.now(), **form.arguments())
            return redirect("cases:decisions" if len(form.people) else "cases:case", key=case.key)
        except Problem as problem:
            barred = _refused(form, problem)
    context = {
        "case": case,
        "form": form,
        "kind": kind,
        "barred": barred,
        "meanwhile": _entered_meanwhile(form, case, viewer),
    }
    return render(request, "cases/decide.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def add_step(request: HttpRequest, key: uuid.UUID, proceeding: uuid.UUID) -> HttpResponse:
    """Enter what was done in a proceeding."""
    case, viewer = _to_change(request, key)
    found = selectors.find_proceeding(viewer=viewer, case=case, key=proceeding)
    form = StepForm(request.POST or None, case=case, today=_today())
    return _entered(request, case, form, STEP, services.add_step, {"proceeding": found})


@require_http_methods(["GET", "POST"])
def open_proceeding(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Enter a proceeding that no decision opens."""
    case, _viewer = _to_change(request, key)
    by_hand = country().vocabularies["proceeding_kinds"].terms.keys() - kinds_by_decision()
    form = ProceedingForm(request.POST or None, case=case, today=_today(), by_hand=list(by_hand))

    def opened(*, day: Any, **said: Any) -> object:
        return services.open_proceeding(opened_day=day, **said)

    return _entered(request, case, form, OPENING, opened, {"case": case})


@require_http_methods(["GET", "POST"])
def close_proceeding(request: HttpRequest, key: uuid.UUID, proceeding: uuid.UUID) -> HttpResponse:
    """Enter that such a proceeding is over."""
    case, viewer = _to_change(request, key)
    found = selectors.find_proceeding(viewer=viewer, case=case, key=proceeding)
    form = ClosingForm(request.POST or None, case=case, today=_today())

    def closed(*, day: Any, **said: Any) -> object:
        return services.close_proceeding(closed_day=day, **said)

    return _entered(request, case, form, CLOSING, closed, {"proceeding": found})


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, key: uuid.UUID, decision: uuid.UUID) -> HttpResponse:
    """Enter that a victim was told of a decision, or could not be."""
    case, viewer = _to_change(request, key)
    found = selectors.find_decision(viewer=viewer, case=case, key=decision)
    victims = {
        str(person.pk): person
        for person in selectors.people_who_are(viewer=viewer, case=case, means="victim")
    }
    form = ToldForm(
        request.POST or None, case=case, today=_today(), victims=_named(case, viewer, victims)
    )

    def told(*, person: str = "", **said: Any) -> object:
        return services.tell_victim(person=victims.get(person), **said)

    return _entered(request, case, form, TELLING, told, {"decision": found})


@require_http_methods(["GET", "POST"])
def charge(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Charge a suspect; the rules name the provision."""
    case, viewer = _to_change(request, key)
    suspects = {
        str(person.pk): person
        for person in selectors.people_who_are(viewer=viewer, case=case, means="suspect")
    }
    form = ChargeForm(
        request.POST or None, case=case, today=_today(), suspects=_named(case, viewer, suspects)
    )

    def charged(*, person: str, **said: Any) -> object:
        return services.charge(person=suspects[person], **said)

    return _entered(request, case, form, CHARGING, charged, {})


@require_http_methods(["GET", "POST"])
def withdraw_charge(request: HttpRequest, key: uuid.UUID, charge: uuid.UUID) -> HttpResponse:
    """Enter that a charge stands no more."""
    case, viewer = _to_change(request, key)
    found = selectors.find_charge(viewer=viewer, case=case, key=charge)
    form = ClosingForm(request.POST or None, case=case, today=_today())
    return _entered(request, case, form, WITHDRAWING, services.withdraw_charge, {"charge": found})


Texts = dict[str, Promise]

STEP: Texts = {"title": _("Enter a step"), "button": _("Enter the step")}
OPENING: Texts = {
    "title": _("Enter another proceeding"),
    "lead": _("A disciplinary or civil one, say. The criminal proceedings follow the decisions."),
    "button": _("Enter the proceeding"),
}
CLOSING: Texts = {"title": _("The proceeding is over"), "button": _("Enter that it is over")}
TELLING: Texts = {
    "title": _("Was the victim told?"),
    "lead": _("Enter also that it was tried in vain: then the decision still counts as not told."),
    "button": _("Enter it"),
}
CHARGING: Texts = {
    "title": _("Enter a charge"),
    "lead": _("Which provision it is, in the wording of the day of the act, the rules say."),
    "button": _("Enter the charge"),
}
WITHDRAWING: Texts = {
    "title": _("Withdraw the charge"),
    "lead": _("It stays in the register, with the day on which it ended."),
    "button": _("Enter that it is withdrawn"),
}


def _entered(
    request: HttpRequest,
    case: Case,
    form: forms.Form,
    texts: Texts,
    do: Callable[..., object],
    known: dict[str, object],
) -> HttpResponse:
    """Do what a valid form asks, and return to the decisions; a refusal keeps what was typed."""
    if form.is_valid():
        try:
            viewer = Actor.user(request.user.pk)
            do(by=viewer, at=timezone.now(), **known, **form.cleaned_data)
            return redirect("cases:decisions", key=case.key)
        except Problem as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "act": texts}
    return render(request, "cases/course_act.html", context, status=422 if form.errors else 200)


def _refused(form: DecisionForm, problem: Problem) -> list[Said]:
    """Show a refusal at its field; returns what the law says of each relief that it bars."""
    field = problem.field if isinstance(problem, MissingError) else None
    form.add_error(field if field in form.fields else None, str(problem))
    if not isinstance(problem, ReliefBarredError):
        return []
    form.fields["in_spite"].required = True
    language = get_language() or "en"
    return [
        said(each.question["ask"][0], each.answer["answers"][0], language)
        for each in problem.granted
    ]


def _entered_meanwhile(form: DecisionForm, case: Case, viewer: Actor) -> list[Decision]:
    """The decisions that came after the version which the writer was looking at."""
    seen = form.cleaned_data.get("base_version") if form.is_bound else None
    if seen is None:
        return []
    return list(selectors.decisions(viewer=viewer, case=case).filter(base_version__gte=seen))


def _to_change(request: HttpRequest, key: uuid.UUID) -> tuple[Case, Actor]:
    """A case that the viewer may change: else as if there were none."""
    viewer = Actor.user(request.user.pk)
    case = selectors.find_case(viewer=viewer, key=key)
    if not selectors.may_change(viewer=viewer, case=case):
        raise closed(case)
    return case, viewer


def _named(case: Case, viewer: Actor, people: dict[str, Any]) -> list[tuple[str, str]]:
    names = selectors.names_by_person(viewer=viewer, case=case)
    return [(key, who(person, names)) for key, person in people.items()]


def _today() -> Any:
    return local_day(timezone.now())
