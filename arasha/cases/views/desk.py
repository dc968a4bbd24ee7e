import uuid
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from arasha.actors import Actor
from arasha.cases import panels, selectors, services
from arasha.cases.answers import cited
from arasha.cases.forms import CaseNumberForm, Filter
from arasha.cases.models import Case
from arasha.cases.people_panel import pairs
from arasha.cases.versions import closed
from arasha.country import country, local_day
from arasha.journal import services as journal
from arasha.problems import Problem
from arasha.rows import LongList


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases the reader may see, most urgent first."""
    viewer = Actor.user(request.user.pk)
    # Whoever types a number looks for it in all stages; whoever types nothing wants what is open.
    asked = Filter({"stage": "" if request.GET.get("q") else selectors.OPEN, **request.GET.dict()})
    asked.is_valid()
    found = selectors.cases(
        viewer=viewer,
        text=asked.cleaned_data.get("q", ""),
        stage=asked.cleaned_data.get("stage", ""),
    )
    page = LongList(found).get_page(request.GET.get("page"))
    now = timezone.now()
    _record_names(viewer, asked.cleaned_data.get("q", ""), page.object_list)
    standing = selectors.standing_of(viewer=viewer, cases=page.object_list)
    context = {"filter": asked, "page": page, "now": now, "standing": standing}
    return render(request, "cases/list.html", context)


@require_GET
def case_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One case: its timeline, its numbers, and what the rules say."""
    viewer = Actor.user(request.user.pk)
    case = selectors.find_case(viewer=viewer, key=key)
    journal.record_reads(viewer=viewer, subjects=[("case", case.key)], at=timezone.now())
    return render(request, "cases/case.html", _about(request, case))


@require_http_methods(["GET", "POST"])
def add_number(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Enter a number that a court or a register gave; a refusal keeps what was typed."""
    viewer = Actor.user(request.user.pk)
    case = selectors.find_case(viewer=viewer, key=key)
    if not selectors.may_change(viewer=viewer, case=case):
        raise closed(case)
    form = CaseNumberForm(request.POST or None, today=local_day(timezone.now()))
    if form.is_valid() and _numbered(form, case, viewer):
        return redirect("cases:case", key=case.key)
    context = {"case": case, "form": form}
    return render(request, "cases/number.html", context, status=422 if form.errors else 200)


def _record_names(viewer: Actor, text: str, shown: Iterable[Case]) -> None:
    """Whoever finds a case by a name has learned that the name is in it."""
    if named := set(selectors.cases_with_name(viewer=viewer, text=text)) if text else set():
        subjects = [("case", case.key) for case in shown if case.key in named]
        journal.record_reads(viewer=viewer, subjects=subjects, at=timezone.now())


def _numbered(form: CaseNumberForm, case: Case, viewer: Actor) -> bool:
    try:
        services.add_number(case=case, by=viewer, at=timezone.now(), **form.cleaned_data)
    except Problem as problem:
        form.add_error("number", str(problem))
        return False
    return True


def _about(request: HttpRequest, case: Case) -> dict[str, object]:
    viewer, language = Actor.user(request.user.pk), get_language() or "en"
    decision = selectors.decisions(viewer=viewer, case=case).latest("base_version")
    may_change = selectors.may_change(viewer=viewer, case=case)
    approval = country().procedure.approval_of(decision.kind)
    return {
        "case": case,
        "numbers": selectors.numbers(viewer=viewer, case=case),
        "allegations": selectors.allegations(viewer=viewer, case=case),
        "timeline": panels.timeline(viewer=viewer, case=case, at=timezone.now(), language=language),
        "decision": decision,
        "rules": panels.what_the_rules_say(viewer=viewer, decision=decision, language=language),
        "waits_for_approval": approval is not None,
        "approved_by": cited(approval.basis.article, language)
        if approval and approval.basis
        else "",
        "may_change": may_change,
        "may_tell": selectors.may_tell(viewer=viewer, case=case),
        "corrections": selectors.corrections(viewer=viewer, case=case),
        "same_events": pairs(viewer=viewer, case=case),
        "next_decisions": selectors.kinds_to_decide(viewer=viewer, case=case),
        "standing": selectors.standing_of(viewer=viewer, cases=[case]),
        "now": timezone.now(),
    }
