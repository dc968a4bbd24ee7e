"""A case in law: its signed classifications, and what changed in the rules since."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from arasha.actors import Actor
from arasha.cases import in_law, law, selectors, services
from arasha.cases.errors import BodyInConflictError, FactorNotFreshError
from arasha.cases.forms import ClassificationForm, SettleForm, as_initial
from arasha.cases.models import Allegation, Case, Classification
from arasha.cases.versions import closed
from arasha.journal import services as journal
from arasha.people import factors
from arasha.problems import Problem
from arasha.rows import LongList


@require_GET
def law_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What the case is in law, who signed it, and what the rules would say otherwise now."""
    viewer = Actor.user(request.user.pk)
    case = selectors.find_case(viewer=viewer, key=key)
    journal.record_reads(viewer=viewer, subjects=[("case", case.key)], at=timezone.now())
    return render(request, "cases/law.html", _in_law(viewer, case))


@require_http_methods(["GET", "POST"])
def classify(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Sign a classification with a fresh second factor; a refusal keeps what was written."""
    viewer = Actor.user(request.user.pk)
    case = selectors.find_case(viewer=viewer, key=key)
    if not selectors.may_change(viewer=viewer, case=case):
        raise closed(case)
    earlier = selectors.classifications(viewer=viewer, case=case).last()
    proposed = selectors.allegations(viewer=viewer, case=case).first()
    form = ClassificationForm(
        request.POST or None,
        viewer=viewer,
        earlier=earlier,
        initial=_initial(case, earlier, proposed),
    )
    conflicts: list[str] = []
    if form.is_valid():
        try:
            _sign(request, form, case, viewer)
        except FactorNotFreshError:
            return factors.ask_again(request)
        except BodyInConflictError as problem:
            conflicts = in_law.in_words(problem.conflicts)
            _note(form, case, problem, viewer)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("cases:in_law", key=case.key)
    context = {
        "case": case,
        "form": form,
        "earlier": earlier,
        "proposed": proposed,
        "conflicts": conflicts,
    }
    return render(request, "cases/classify.html", context, status=422 if form.errors else 200)


@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """The law changed: these cases would be answered differently now."""
    viewer = Actor.user(request.user.pk)
    page = LongList(selectors.law_changes(viewer=viewer)).get_page(request.GET.get("page"))
    rows = [(change, in_law.changed(change, _language())) for change in page]
    return render(request, "cases/law_changes.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, key: uuid.UUID, change_key: uuid.UUID) -> HttpResponse:
    """Say what follows from a change of the rules for this case."""
    viewer = Actor.user(request.user.pk)
    case = selectors.find_case(viewer=viewer, key=key)
    change = selectors.find_law_change(viewer=viewer, case=case, key=change_key)
    if not selectors.may_change(viewer=viewer, case=case):
        raise closed(case)
    form = SettleForm(request.POST or None)
    if form.is_valid():
        try:
            services.settle_change(change=change, by=viewer, at=timezone.now(), **form.cleaned_data)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("cases:in_law", key=case.key)
    said = in_law.changed(change, _language())
    context = {"case": case, "form": form, "change": change, "said": said}
    return render(request, "cases/settle.html", context, status=422 if form.errors else 200)


def _sign(request: HttpRequest, form: ClassificationForm, case: Case, viewer: Actor) -> None:
    services.classify(
        case=case,
        finding=form.finding(),
        factor_at=factors.shown_at(request),
        base_version=form.cleaned_data["base_version"],
        by=viewer,
        at=timezone.now(),
    )


def _note(
    form: ClassificationForm, case: Case, problem: BodyInConflictError, viewer: Actor
) -> None:
    body_kind = form.cleaned_data["body_kind"]
    form.add_error("body_kind", str(problem))
    services.note_conflict(
        case=case,
        conflicts=problem.conflicts,
        body_kind=body_kind,
        by=viewer,
        at=timezone.now(),
    )


def _initial(
    case: Case, earlier: Classification | None, proposed: Allegation | None
) -> dict[str, object]:
    """What stands now; before the first signature, what whoever referred it proposes."""
    if earlier is not None:
        return {**as_initial(earlier), "base_version": case.version}
    if proposed is None:
        return {"base_version": case.version}
    told = law.as_corrected(proposed)
    said = {"conduct": told.conduct, "capacity": told.capacity, "criteria": proposed.criteria}
    return {**said, "base_version": case.version}


def _in_law(viewer: Actor, case: Case) -> dict[str, object]:
    language = _language()
    signed = selectors.classifications(viewer=viewer, case=case)
    found = selectors.law_changes(viewer=viewer, case=case)
    return {
        "case": case,
        "signed": in_law.signed(viewer=viewer, classifications=signed, language=language),
        "proposed": selectors.allegations(viewer=viewer, case=case).first(),
        "changes": [(change, in_law.changed(change, language)) for change in found],
        "may_change": selectors.may_change(viewer=viewer, case=case),
    }


def _language() -> str:
    return get_language() or "en"
