"""The terms of a case, and every act about them."""

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
from arasha.cases.clocks import first_term, reckon
from arasha.cases.course import who
from arasha.cases.forms.terms import (
    GRANTED,
    MotionAnswerForm,
    MotionForm,
    ResumeForm,
    SuspendForm,
    TermAnswerForm,
    TermRequestForm,
)
from arasha.cases.models import Case
from arasha.cases.motions import MEDIA_TYPE, drafted_motion
from arasha.cases.term_panels import clocks_of
from arasha.cases.versions import closed
from arasha.country import country, local_day
from arasha.journal import services as journal
from arasha.problems import NotFoundProblem, Problem

Texts = dict[str, Promise]

SUSPENDING: Texts = {"title": _("Let the term stand"), "button": _("Let it stand")}
RESUMING: Texts = {"title": _("Let the term go on"), "button": _("Let it go on")}
ASKING: Texts = {
    "title": _("Motion for more time"),
    "lead": _("A motion after its last day is taken too, and the register says that it was late."),
    "button": _("Enter the motion"),
}
ANSWERING: Texts = {"title": _("Answer to the motion"), "button": _("Enter the answer")}
REQUESTING: Texts = {
    "title": _("A victim asks for a term"),
    "lead": _("A victim may ask that a term be set. Somebody must answer."),
    "button": _("Enter the request"),
}
REPLYING: Texts = {"title": _("Answer to the victim"), "button": _("Enter the answer")}


@require_GET
def terms_of(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every clock of a case with its history, and what can be done about it."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    case = selectors.find_case(viewer=viewer, key=key)
    journal.record_reads(viewer=viewer, subjects=[("case", case.key)], at=now)
    language = get_language() or "en"
    context = {
        "case": case,
        "clocks": clocks_of(viewer=viewer, case=case, at=now, language=language),
        "requests": selectors.term_requests(viewer=viewer, case=case),
        "may_change": selectors.may_change(viewer=viewer, case=case),
        "languages": country().languages,
        "today": local_day(now),
    }
    return render(request, "cases/terms.html", context)


@require_http_methods(["GET", "POST"])
def suspend(request: HttpRequest, key: uuid.UUID, clock: int) -> HttpResponse:
    case, viewer = _to_change(request, key)
    deadline = selectors.find_clock(viewer=viewer, case=case, key=clock)
    form = SuspendForm(request.POST or None, case=case, today=_today())
    return _entered(request, case, form, SUSPENDING, services.suspend_term, {"deadline": deadline})


@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest, key: uuid.UUID, clock: int) -> HttpResponse:
    case, viewer = _to_change(request, key)
    deadline = selectors.find_clock(viewer=viewer, case=case, key=clock)
    form = ResumeForm(request.POST or None, case=case, today=_today())
    return _entered(request, case, form, RESUMING, services.resume_term, {"deadline": deadline})


@require_http_methods(["GET", "POST"])
def file_motion(request: HttpRequest, key: uuid.UUID, clock: int) -> HttpResponse:
    case, viewer = _to_change(request, key)
    deadline = selectors.find_clock(viewer=viewer, case=case, key=clock)
    rung = reckon(deadline, day=_today()).rung
    form = MotionForm(
        request.POST or None,
        case=case,
        today=_today(),
        unit_words=str(_UNITS[first_term(deadline).unit]),
        most=rung.up_to.amount if rung and rung.up_to else None,
    )
    return _entered(request, case, form, ASKING, services.file_motion, {"deadline": deadline})


@require_http_methods(["GET", "POST"])
def answer_motion(request: HttpRequest, key: uuid.UUID, motion: uuid.UUID) -> HttpResponse:
    case, viewer = _to_change(request, key)
    extension = selectors.find_motion(viewer=viewer, case=case, key=motion)
    form = MotionAnswerForm(
        request.POST or None, case=case, today=_today(), initial={"amount": extension.amount}
    )

    def answered(*, answer: str, **said: Any) -> object:
        return services.answer_motion(granted=answer == GRANTED, **said)

    return _entered(request, case, form, ANSWERING, answered, {"extension": extension})


@require_http_methods(["GET", "POST"])
def ask_for_term(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    case, viewer = _to_change(request, key)
    victims = {
        str(person.pk): person
        for person in selectors.people_who_are(viewer=viewer, case=case, means="victim")
    }
    names = selectors.names_by_person(viewer=viewer, case=case)
    form = TermRequestForm(
        request.POST or None,
        case=case,
        today=_today(),
        victims=[(pk, who(person, names)) for pk, person in victims.items()],
    )

    def asked(*, person: str = "", **said: Any) -> object:
        return services.ask_for_term(person=victims.get(person), **said)

    return _entered(request, case, form, REQUESTING, asked, {"case": case})


@require_http_methods(["GET", "POST"])
def answer_request(request: HttpRequest, key: uuid.UUID, asked: uuid.UUID) -> HttpResponse:
    case, viewer = _to_change(request, key)
    found = selectors.term_requests(viewer=viewer, case=case).filter(pk=asked).first()
    if found is None:
        raise NotFoundProblem
    form = TermAnswerForm(request.POST or None, case=case, today=_today())
    return _entered(request, case, form, REPLYING, services.answer_request, {"request": found})


@require_GET
def motion_draft(request: HttpRequest, key: uuid.UUID, clock: int, language: str) -> HttpResponse:
    """The drafted motion for more time as a .docx, filled from the case."""
    case, viewer = _to_change(request, key)
    deadline = selectors.find_clock(viewer=viewer, case=case, key=clock)
    if language not in country().forms["extension_motion"].name:
        raise NotFoundProblem
    body = drafted_motion(
        viewer=viewer, case=case, deadline=deadline, language=language, at=timezone.now()
    )
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{case.number}-{language}.docx"'
    return response


_UNITS: Texts = {
    "months": _("In months, counted from the first day of the term."),
    "days": _("In days, counted from the first day of the term."),
    "working_days": _("In working days, counted from the first day of the term."),
    "hours": _("In hours, counted from the first moment of the term."),
}


def _entered(
    request: HttpRequest,
    case: Case,
    form: forms.Form,
    texts: Texts,
    do: Callable[..., object],
    known: dict[str, object],
) -> HttpResponse:
    """Do what a valid form asks, and return to the terms; a refusal keeps what was typed."""
    if form.is_valid():
        try:
            viewer = Actor.user(request.user.pk)
            do(by=viewer, at=timezone.now(), **known, **form.cleaned_data)
            return redirect("cases:terms_of", key=case.key)
        except Problem as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "act": texts}
    return render(request, "cases/term_act.html", context, status=422 if form.errors else 200)


def _to_change(request: HttpRequest, key: uuid.UUID) -> tuple[Case, Actor]:
    """A case that the viewer may change: else as if there were none."""
    viewer = Actor.user(request.user.pk)
    case = selectors.find_case(viewer=viewer, key=key)
    if not selectors.may_change(viewer=viewer, case=case):
        raise closed(case)
    return case, viewer


def _today() -> Any:
    return local_day(timezone.now())
