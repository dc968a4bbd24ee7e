import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from arasha.access import barring, duty, panels, selectors, services
from arasha.access.errors import FindingMissingError
from arasha.access.forms import BreakGlassForm, ReviewForm
from arasha.access.models import Breaking
from arasha.access.records import find_record
from arasha.access.table import policy_table, post_table
from arasha.access.words import KINDS
from arasha.actors import Actor
from arasha.journal.selectors import entries_of
from arasha.notices.pages import page_of
from arasha.problems import NotFoundProblem, Problem

ON_A_PAGE = 25


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Who may see what: for everybody who is signed in."""
    return render(
        request, "access/policy.html", {"sections": policy_table(), "posts": post_table()}
    )


@require_safe
def seen(request: HttpRequest, kind: str, key: uuid.UUID) -> HttpResponse:
    """Who has seen this record, who may, and whether the glass was ever broken."""
    viewer = Actor.user(request.user.pk)
    if not selectors.may_ask_who(viewer=viewer, kind=kind, key=key):
        raise NotFoundProblem
    entries = entries_of(viewer=viewer, subject_kind=kind, subject_key=key)
    page = Paginator(entries, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "access/seen.html",
        {
            "kind": KINDS[kind],
            "kind_code": kind,
            "key": key,
            "may_bar": barring.may_bar(viewer=viewer, kind=kind, key=key, at=timezone.now()),
            "record_url": page_of(subject_kind=kind, subject_key=key),
            "page": page,
            "traces": panels.traces(entries=list(page)),
            "reasons": panels.reasons(
                grants=list(selectors.grants_on(viewer=viewer, kind=kind, key=key))
            ),
            "breakings": selectors.breakings_of(viewer=viewer, kind=kind, key=key),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def break_glass(request: HttpRequest) -> HttpResponse:
    """Open a record in an emergency; a refusal keeps what was typed."""
    form = BreakGlassForm(request.POST or None, initial={"record": request.GET.get("record", "")})
    if form.is_valid() and (broken := _broken(form, Actor.user(request.user.pk))):
        subject = broken.grant
        page = page_of(subject_kind=subject.subject_kind, subject_key=subject.subject_key)
        return redirect(page or "access:policy")
    status = 422 if form.errors else 200
    return render(request, "access/break_glass.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def breaking(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One breaking of the glass, and its review by a third."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    found = duty.find_breaking(viewer=viewer, key=key, at=now)
    if found is None:
        raise NotFoundProblem
    form = ReviewForm(request.POST or None)
    if form.is_valid() and _reviewed(form, found, viewer):
        return redirect("access:breaking", key=key)
    subject = found.grant
    context = {
        "breaking": found,
        "kind": KINDS[subject.subject_kind],
        "told": [each.user for each in found.told.select_related("user")],
        "form": form if _may_review(found, viewer) else None,
        "overdue": found.reviewed_at is None and found.review_by_at < now,
    }
    return render(request, "access/breaking.html", context, status=422 if form.errors else 200)


def _broken(form: BreakGlassForm, by: Actor) -> Breaking | None:
    said = form.cleaned_data
    try:
        record = find_record(said["record"])
        if record is None:
            raise NotFoundProblem
        return services.break_glass(
            subject_kind=record.kind,
            subject_key=record.key,
            reason_code=said["reason_code"],
            reason=said["reason"],
            by=by,
            at=timezone.now(),
        )
    except Problem as problem:
        form.add_error(None, str(problem))
        return None


def _reviewed(form: ReviewForm, breaking: Breaking, by: Actor) -> bool:
    try:
        services.review(breaking=breaking, by=by, at=timezone.now(), **form.cleaned_data)
    except FindingMissingError as problem:
        form.add_error(None, str(problem))
        return False
    return True


def _may_review(breaking: Breaking, viewer: Actor) -> bool:
    waits = breaking.reviewed_at is None
    return waits and duty.may_review(viewer=viewer, breaking=breaking, at=timezone.now())
