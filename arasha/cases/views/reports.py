"""The register of allegations: what waits, taking a report in, and saying what became of it."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from arasha.actors import Actor
from arasha.cases import report_panel, selectors, services
from arasha.cases.forms.register import IssuedNumberForm, NumberForm
from arasha.cases.forms.reports import (
    ALL,
    JoinForm,
    PassOnForm,
    ReportFilter,
    ReportForm,
    WarningForm,
)
from arasha.cases.models import Allegation, Case
from arasha.cases.receiving import OWN
from arasha.country import local_day, midnight
from arasha.journal import services as journal
from arasha.people.models import Institution
from arasha.places.templatetags.names import in_language
from arasha.problems import NotFoundProblem, Problem
from arasha.rows import LongList

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DAY = dt.timedelta(days=1)
T = TypeVar("T")
form_page = require_http_methods(["GET", "POST"])


@dataclass(frozen=True, slots=True)
class Act:
    """A page on which one thing is said of a report."""

    title: Promise
    button: Promise
    lead: str | Promise = ""


@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    """What waits, first what must be registered first; or what was asked for."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    # Whoever types a number looks for it among all; whoever types nothing wants what waits.
    state = ALL if request.GET.get("q") else selectors.WAITING
    asked = ReportFilter({"state": state, **request.GET.dict()})
    asked.is_valid()
    wish = asked.cleaned_data
    until, state = wish.get("until_day"), wish.get("state") or ALL
    found = selectors.allegations_received(
        viewer=viewer,
        state="" if state == ALL else state,
        source=wish.get("source", ""),
        from_at=midnight(wish["from_day"]) if wish.get("from_day") else None,
        until_at=midnight(until + DAY) if until else None,
        text=wish.get("q", ""),
    )
    context = {
        "filter": asked,
        "page": LongList(found.prefetch_related("numbers")).get_page(request.GET.get("page")),
        "may_take": bool(selectors.offices_of(viewer=viewer, at=now)),
        "now": now,
    }
    return render(request, "cases/reports.html", context)


@form_page
def take(request: HttpRequest) -> HttpResponse:
    """Take a report in; a refusal keeps what was typed."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    offices = selectors.offices_of(viewer=viewer, at=now)
    if not offices:
        raise NotFoundProblem
    drawn_from = _drawn_from(request, viewer)
    form = ReportForm(
        request.POST or None, offices=offices, now=now, initial=_begin_with(drawn_from)
    )
    if form.is_valid():
        taken = _attempt(
            form,
            lambda: services.take_report(
                key=form.cleaned_data["key"],
                report=form.report(),
                office=form.received_by,
                by=viewer,
                at=now,
            ),
        )
        if taken is not None:
            return redirect("cases:report", taken.key)
    context = {"form": form, "drawn_from": drawn_from}
    return render(request, "cases/report_new.html", context, status=422 if form.errors else 200)


@require_GET
def report(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One report: what was told, by which clocks it runs, what became of it."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    found = selectors.find_received(viewer=viewer, key=key)
    journal.record_reads(viewer=viewer, subjects=[("allegation", found.key)], at=now)
    may_settle = selectors.may_settle(viewer=viewer, allegation=found)
    context = {
        "report": found,
        "complainant": selectors.complainant_of(viewer=viewer, allegation=found),
        "entries": selectors.entries(viewer=viewer, allegation=found),
        "outcomes": selectors.outcomes(viewer=viewer, allegation=found),
        "case": _case_of(found, viewer),
        "rules": report_panel.rules_on(found, get_language() or "en"),
        "waiting": report_panel.waiting(found, day=local_day(now)) if may_settle else None,
        "may_settle": may_settle,
        "now": now,
    }
    return render(request, "cases/report.html", context)


@form_page
def register(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Register it as a case, under its number in the national register."""
    viewer, found = _writer(request, key)
    now = timezone.now()
    office = in_language(_office(found).name)
    form = IssuedNumberForm(
        request.POST or None,
        today=local_day(now),
        initial={"given_day": local_day(now), "issuer": office},
    )

    def act() -> Case:
        said = form.cleaned_data
        return services.register(
            allegation=found,
            holder=_office(found),
            number_register=said["register"],
            number=said["number"],
            number_day=said["given_day"],
            number_issuer=said["issuer"],
            by=viewer,
            at=now,
        )

    return _act_page(
        request, found, form, Act(_("Register as a case"), _("Register")), act, to="cases:case"
    )


@form_page
def pass_on(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Pass it on without registration: an outcome with a reason and a clock, never a silence."""
    viewer, found = _writer(request, key)
    now = timezone.now()
    form = PassOnForm(request.POST or None, viewer=viewer, today=local_day(now))
    about = Act(_("Pass on without registration"), _("Pass on"))
    return _act_page(
        request,
        found,
        form,
        about,
        lambda: services.pass_on(
            allegation=found,
            outcome=form.outcome(),
            seen=form.cleaned_data["seen"] or 0,
            office=_office(found),
            by=viewer,
            at=now,
        ),
    )


@form_page
def join(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Join it to a case that is open: it opens with that case."""
    viewer, found = _writer(request, key)
    now = timezone.now()
    form = JoinForm(request.POST or None, viewer=viewer, today=local_day(now))
    lead = _("It opens with that case from now on, and stands on its timeline.")
    return _act_page(
        request,
        found,
        form,
        Act(_("Join to a case"), _("Join"), lead),
        lambda: services.join(
            allegation=found,
            outcome=form.outcome(),
            seen=form.cleaned_data["seen"] or 0,
            office=_office(found),
            by=viewer,
            at=now,
        ),
    )


@form_page
def enter(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Enter its number in the office's own book."""
    viewer, found = _writer(request, key)
    now = timezone.now()
    form = NumberForm(
        request.POST or None, today=local_day(now), initial={"given_day": local_day(now)}
    )
    about = Act(_("Enter the number of the book"), _("Enter the number"))
    return _act_page(
        request,
        found,
        form,
        about,
        lambda: services.enter_in_book(allegation=found, by=viewer, at=now, **form.cleaned_data),
    )


@form_page
def warn(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The sheet of the warning to print, and the day on which it was signed."""
    viewer, found = _writer(request, key)
    now = timezone.now()
    form = WarningForm(request.POST or None, initial={"day": local_day(now)})
    if form.is_valid():
        day = form.cleaned_data["day"]
        warned = _attempt(
            form, lambda: services.note_warning(allegation=found, day=day, by=viewer, at=now)
        )
        if warned is not None:
            return redirect("cases:report", found.key)
    context = {
        "report": found,
        "form": form,
        "complainant": selectors.complainant_of(viewer=viewer, allegation=found),
        "said": report_panel.on_warning(found, get_language() or "en"),
    }
    return render(request, "cases/warning.html", context, status=422 if form.errors else 200)


@require_GET
def notice(request: HttpRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """The notice to whoever reported that it was passed on: a draft, to be read and signed."""
    viewer, found = _writer(request, key)
    outcomes = selectors.outcomes(viewer=viewer, allegation=found)
    outcome = outcomes.filter(number=number, kind=report_panel.PASSED_ON).first()
    if outcome is None:
        raise NotFoundProblem
    entry = selectors.entries(viewer=viewer, allegation=found).first()
    drafted = report_panel.notice(
        allegation=found,
        outcome=outcome,
        complainant=selectors.complainant_of(viewer=viewer, allegation=found),
        number=entry.number if entry else "",
        language=get_language() or "en",
        viewer=viewer,
        at=timezone.now(),
    )
    if drafted is None:
        raise NotFoundProblem
    name = f"notice-{str(found.key)[:8]}.docx"
    sent = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(drafted, content_type=DOCX, headers=sent)


def _act_page(
    request: HttpRequest,
    found: Allegation,
    form: Form,
    about: Act,
    act: Callable[[], object],
    *,
    to: str = "cases:report",
) -> HttpResponse:
    """Do what the form says, and lead to what it made; a refusal keeps what was typed."""
    if form.is_valid():
        made = _attempt(form, act)
        if made is not None:
            return redirect(to, made.key if isinstance(made, Case) else found.key)
    outcome = found.outcome
    context = {
        "report": found,
        "form": form,
        "act": about,
        "seen": outcome.number if outcome else 0,
    }
    return render(request, "cases/report_act.html", context, status=422 if form.errors else 200)


def _attempt(form: Form, act: Callable[[], T]) -> T | None:
    try:
        return act()
    except NotFoundProblem:
        raise
    except Problem as problem:
        form.add_error(None, str(problem))
        return None


def _writer(request: HttpRequest, key: uuid.UUID) -> tuple[Actor, Allegation]:
    """A report in the viewer's own hands. Raises NotFoundProblem."""
    viewer = Actor.user(request.user.pk)
    found = selectors.find_received(viewer=viewer, key=key)
    if not selectors.may_settle(viewer=viewer, allegation=found):
        raise NotFoundProblem
    return viewer, found


def _office(found: Allegation) -> Institution:
    if found.receiver is None:
        raise NotFoundProblem
    return found.receiver


def _case_of(found: Allegation, viewer: Actor) -> Case | None:
    """The case that came of it, if it is open to the viewer."""
    if found.case is None:
        return None
    return selectors.cases(viewer=viewer).filter(pk=found.case.pk).first()


def _drawn_from(request: HttpRequest, viewer: Actor) -> Allegation | None:
    """The message without a name upon which an official writes a report of their own."""
    asked = request.GET.get("from", "")
    try:
        return selectors.find_received(viewer=viewer, key=uuid.UUID(asked)) if asked else None
    except ValueError as error:
        raise NotFoundProblem from error


def _begin_with(drawn_from: Allegation | None) -> dict[str, object]:
    if drawn_from is None:
        return {}
    return {
        "source": OWN,
        "drawn_from": drawn_from.key,
        "place": drawn_from.place.code if drawn_from.place else None,
        "happened": drawn_from.happened_words,
        "conduct": drawn_from.conduct,
        "criteria": drawn_from.criteria,
        "capacity": drawn_from.capacity,
    }
