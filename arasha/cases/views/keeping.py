"""Keeping a case: holds, its class, notes, and the codes of those whom it concerns."""

import uuid
from collections.abc import Callable

import segno
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.cases import selectors, services
from arasha.cases.forms.keeping import CodeForm, HoldForm, NoteForm, RetentionForm, WhyForm
from arasha.cases.models import Case, LegalHold, ViewCode
from arasha.cases.services.view_codes import MadeCode
from arasha.cases.versions import closed
from arasha.engines.notes import grouped
from arasha.journal import services as journal
from arasha.problems import NotFoundProblem, Problem
from arasha.rows import LongList


@require_GET
def keeping(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What hinders that a case is destroyed, and how long it is kept."""
    viewer, case = _case(request, key)
    found = list(selectors.holds(viewer=viewer, case=case))
    context = {
        "case": case,
        "holds": found,
        "names": selectors.names_of(viewer=viewer, keys=_signers(found)),
        "term": selectors.term_of(viewer=viewer, case=case),
        "may_change": selectors.may_change(viewer=viewer, case=case),
    }
    return render(request, "cases/keeping.html", context)


@require_http_methods(["GET", "POST"])
def place_hold(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    viewer, case = _case(request, key, to_change=True)
    form = HoldForm(request.POST or None)

    def place() -> object:
        return services.place_hold(case=case, by=viewer, at=timezone.now(), **form.cleaned_data)

    if _done(form, place):
        return redirect("cases:keeping", case.key)
    return _form(request, "cases/hold.html", form, case=case)


@require_http_methods(["GET", "POST"])
def lift_hold(request: HttpRequest, key: uuid.UUID, hold_key: uuid.UUID) -> HttpResponse:
    viewer, case = _case(request, key, to_change=True)
    hold = selectors.holds(viewer=viewer, case=case).filter(pk=hold_key).first()
    if hold is None:
        raise NotFoundProblem
    form = WhyForm(request.POST or None)

    def lift() -> object:
        return services.lift_hold(hold=hold, by=viewer, at=timezone.now(), **form.cleaned_data)

    if _done(form, lift):
        return redirect("cases:keeping", case.key)
    return _form(request, "cases/lift_hold.html", form, case=case, hold=hold)


@require_http_methods(["GET", "POST"])
def retention_class(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    viewer, case = _case(request, key, to_change=True)
    first = {"retention": case.retention, "base_version": case.version}
    form = RetentionForm(request.POST or None, initial=first)

    def choose() -> object:
        return services.set_retention(case=case, by=viewer, at=timezone.now(), **form.cleaned_data)

    if _done(form, choose):
        return redirect("cases:keeping", case.key)
    return _form(request, "cases/retention_class.html", form, case=case)


@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The notes of those who work on a case, newest first, and a field for the next."""
    viewer, case = _case(request, key, compartment="notes")
    may_write = selectors.may_change(viewer=viewer, case=case, compartment="notes")
    if request.method == "POST" and not may_write:
        raise closed(case)
    form = NoteForm(request.POST or None)

    def write() -> object:
        return services.add_note(case=case, by=viewer, at=timezone.now(), **form.cleaned_data)

    if _done(form, write):
        return redirect("cases:notes", case.key)
    page = LongList(selectors.notes(viewer=viewer, case=case)).get_page(request.GET.get("page"))
    names = selectors.names_of(viewer=viewer, keys=[each.made_by_key for each in page])
    context = {"page": page, "names": names, "may_write": may_write}
    return _form(request, "cases/notes.html", form, case=case, **context)


@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who follows the case with a code, and a new code for somebody who does not yet."""
    to_change = request.method == "POST"
    viewer, case = _case(request, key, compartment="identity", to_change=to_change)
    people = list(selectors.may_have_code(viewer=viewer, case=case))
    form = CodeForm(request.POST or None, people=people)
    made: list[MadeCode] = []

    def make() -> None:
        seen, at = form.cleaned_data["authority_seen"], timezone.now()
        person = form.chosen
        made.append(services.make_code(person=person, authority_seen=seen, by=viewer, at=at))

    if _done(form, make):
        return _slip(request, case, made[0])
    context = {
        "case": case,
        "codes": selectors.view_codes(viewer=viewer, case=case),
        "people": people,
        "may_write": selectors.may_change(viewer=viewer, case=case, compartment="identity"),
    }
    return _form(request, "cases/codes.html", form, **context)


@require_POST
def replace_code(request: HttpRequest, key: uuid.UUID, code_key: uuid.UUID) -> HttpResponse:
    """The slip is lost: the old code stops, a new one is shown once."""
    viewer, case, code = _code(request, key, code_key)
    return _slip(request, case, services.replace_code(code=code, by=viewer, at=timezone.now()))


@require_POST
def revoke_code(request: HttpRequest, key: uuid.UUID, code_key: uuid.UUID) -> HttpResponse:
    viewer, case, code = _code(request, key, code_key)
    services.revoke_code(code=code, by=viewer, at=timezone.now())
    return redirect("cases:codes", case.key)


def _slip(request: HttpRequest, case: Case, made: MadeCode) -> HttpResponse:
    """The code, once, on paper. Its address holds no code: what is typed there is kept by nobody."""
    address = f"{settings.ARASHA_PUBLIC_URL}/case"
    qr = segno.make_qr(address, error="m").svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True
    )
    context = {
        "case": case,
        "person": made.row.person,
        "code": grouped(made.digits),
        "address": address,
        "qr": qr,
    }
    return render(request, "cases/code_slip.html", context)


def _case(
    request: HttpRequest, key: uuid.UUID, *, compartment: str = "summary", to_change: bool = False
) -> tuple[Actor, Case]:
    """The case, and that it was looked at. NotFoundProblem where its compartment is closed."""
    viewer = Actor.user(request.user.pk)
    case = selectors.find_case(viewer=viewer, key=key)
    open_to = selectors.may_change if to_change else selectors.may_read
    if not open_to(viewer=viewer, case=case, compartment=compartment):
        raise closed(case) if to_change else NotFoundProblem
    if request.method == "GET":
        journal.record_reads(viewer=viewer, subjects=[("case", case.key)], at=timezone.now())
    return viewer, case


def _code(
    request: HttpRequest, key: uuid.UUID, code_key: uuid.UUID
) -> tuple[Actor, Case, ViewCode]:
    viewer, case = _case(request, key, compartment="identity", to_change=True)
    code = selectors.view_codes(viewer=viewer, case=case).filter(pk=code_key).first()
    if code is None:
        raise NotFoundProblem
    return viewer, case, code


def _done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the form is sound and the act was done; else its page says what hinders."""
    if not form.is_valid():
        return False
    try:
        act()
    except Problem as problem:
        form.add_error(None, str(problem))
        return False
    return True


def _form(request: HttpRequest, template: str, form: forms.Form, **context: object) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def _signers(holds: list[LegalHold]) -> list[uuid.UUID | None]:
    return [key for each in holds for key in (each.from_by_key, each.lifted_by_key)]
