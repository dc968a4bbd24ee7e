"""Lists of what is to be destroyed."""

import uuid
from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.cases import selectors, services
from arasha.cases.forms.keeping import OneCaseForm, WhyForm
from arasha.cases.models import RetentionList
from arasha.country import country
from arasha.journal import services as journal
from arasha.people.models import Institution
from arasha.problems import NotFoundProblem, Problem
from arasha.rows import LongList

BY_RULE = "retention"  # what a reason means that the rules give


@require_http_methods(["GET", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """What is over by the pack's terms, to be ticked; the lists under way; what each became."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    offices = list(selectors.retention_offices(viewer=viewer, at=now))
    asked = request.GET.get("office")
    office = next((each for each in offices if each.code == asked), offices[0] if offices else None)
    problem: Problem | None = None
    form = OneCaseForm(request.POST if "number" in request.POST else None)
    if office and request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            return redirect("cases:retention_list", _made(request, form, office, viewer).pk)
        except Problem as refused:
            problem = refused
    due = selectors.proposals(viewer=viewer, office=office, at=now)
    page = LongList(due).get_page(request.GET.get("page"))
    context = {
        "offices": offices,
        "office": office,
        "page": page,
        "proposals": selectors.proposed(viewer=viewer, found=list(page)),
        "lists": LongList(selectors.retention_lists(viewer=viewer)).get_page(1),
        "term_known": _term_known(),
        "form": form,
        "problem": problem,
    }
    status = 422 if problem or form.errors else 200
    return render(request, "cases/retention.html", context, status=status)


@require_GET
def retention_list(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return _list_page(request, key, "cases/retention_list.html")


@require_GET
def protocol(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The protocol of what was destroyed, to be printed and signed. There is none before it was."""
    return _list_page(request, key, "cases/protocol.html", only_done=True)


@require_POST
def agree(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    viewer, listed = _to_change(request, key)
    services.agree_to_list(listed=listed, by=viewer, at=timezone.now())
    return redirect("cases:retention_list", key)


@require_POST
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    viewer, listed = _to_change(request, key)
    services.withdraw_list(listed=listed, by=viewer, at=timezone.now())
    return redirect("cases:retention_list", key)


@require_http_methods(["GET", "POST"])
def take_out(request: HttpRequest, key: uuid.UUID, entry: int) -> HttpResponse:
    viewer, listed = _to_change(request, key)
    found = selectors.retention_entries(viewer=viewer, listed=listed).filter(pk=entry).first()
    if found is None:
        raise NotFoundProblem
    form = WhyForm(request.POST or None)
    if form.is_valid():
        services.take_out(entry=found, by=viewer, at=timezone.now(), **form.cleaned_data)
        return redirect("cases:retention_list", key)
    context = {"form": form, "listed": listed, "entry": found}
    return render(request, "cases/take_out.html", context, status=422 if form.errors else 200)


def _made(
    request: HttpRequest, form: OneCaseForm, office: Institution, viewer: Actor
) -> RetentionList:
    """The ticked cases, or the one whose number was written."""
    chosen, reason = _keys(request.POST.getlist("case")), next(iter(_by_rule()))
    if form.is_bound:
        reason = form.cleaned_data["reason"]
        found = selectors.cases(viewer=viewer, text=form.cleaned_data["number"])
        chosen = set(found.values_list("pk", flat=True)[:1])
    return services.make_list(
        institution=office,
        cases=chosen,
        vouched=_keys(request.POST.getlist("vouched")),
        reason=reason,
        by=viewer,
        at=timezone.now(),
    )


def _list_page(
    request: HttpRequest, key: uuid.UUID, template: str, *, only_done: bool = False
) -> HttpResponse:
    viewer, now = Actor.user(request.user.pk), timezone.now()
    listed = selectors.find_retention_list(viewer=viewer, key=key)
    if only_done and listed.carried_out_at is None:
        raise NotFoundProblem
    journal.record_reads(viewer=viewer, subjects=[("retention_list", key)], at=now)
    may_answer = selectors.lists_to_answer(viewer=viewer, at=now).filter(pk=key).exists()
    entries = list(selectors.retention_entries(viewer=viewer, listed=listed))
    people = [listed.made_by_key, listed.agreed_by_key, *(e.taken_out_by_key for e in entries)]
    context = {
        "listed": listed,
        "entries": entries,
        "names": selectors.names_of(viewer=viewer, keys=people),
        "may_change": selectors.may_change_list(viewer=viewer, listed=listed),
        "may_answer": may_answer,
        "is_open": not (listed.agreed_at or listed.withdrawn_at),
    }
    return render(request, template, context)


def _to_change(request: HttpRequest, key: uuid.UUID) -> tuple[Actor, RetentionList]:
    viewer = Actor.user(request.user.pk)
    listed = selectors.find_retention_list(viewer=viewer, key=key)
    if not selectors.may_change_list(viewer=viewer, listed=listed):
        raise NotFoundProblem
    return viewer, listed


def _keys(texts: Collection[str]) -> set[uuid.UUID]:
    """What was ticked; what is no key was not ticked on our page."""
    found = set()
    for text in texts:
        try:
            found.add(uuid.UUID(text))
        except ValueError as error:
            raise NotFoundProblem from error
    return found


def _by_rule() -> frozenset[str]:
    return country().vocabularies["erasure_reasons"].meaning(BY_RULE)


def _term_known() -> bool:
    classes = country().vocabularies["retention_classes"].terms.values()
    return any(each.keep and each.keep.years for each in classes)
