import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.country import local_day
from arasha.handoffs.appeals_to_cases import selectors, services
from arasha.handoffs.appeals_to_cases.forms import AcceptForm, ReferralForm, RefuseForm
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.handoffs.pages import attempt, in_hands
from arasha.journal import services as journal
from arasha.people.models import Institution
from arasha.problems import NotFoundProblem
from arasha.rows import LongList


@require_GET
def referral_list(request: HttpRequest) -> HttpResponse:
    """Referrals sent and received."""
    viewer = Actor.user(request.user.pk)
    page = LongList(selectors.referrals(viewer=viewer)).get_page(request.GET.get("page"))
    return render(request, "appeals_to_cases/list.html", {"page": page, "now": timezone.now()})


@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest, appeal_key: uuid.UUID) -> HttpResponse:
    """Write the allegation record and pass the appeal on."""
    viewer = Actor.user(request.user.pk)
    appeal, sender = in_hands(request, appeal_key)
    form = ReferralForm(request.POST or None, viewer=viewer, today=local_day(timezone.now()))
    referral = _referred(form, appeal, sender, viewer) if form.is_valid() else None
    if referral:
        return redirect("appeals_to_cases:referral", key=referral.key)
    earlier = selectors.referral_of_appeal(viewer=viewer, appeal_key=appeal_key)
    context = {"form": form, "appeal": appeal, "earlier": earlier}
    return render(
        request, "appeals_to_cases/refer.html", context, status=422 if form.errors else 200
    )


@require_GET
def referral_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One referral: the card, and its answer or the forms to answer it."""
    viewer = Actor.user(request.user.pk)
    referral = selectors.find_referral(viewer=viewer, key=key)
    journal.record_reads(viewer=viewer, subjects=[("referral", referral.key)], at=timezone.now())
    return _page(request, referral)


@require_http_methods(["POST"])
def accept(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Accept: the referral becomes a registered case."""
    viewer = Actor.user(request.user.pk)
    referral = _answerable(viewer, key)
    form = AcceptForm(request.POST, today=local_day(timezone.now()))
    if form.is_valid():
        said = form.cleaned_data
        case = attempt(
            form,
            lambda: services.accept(
                referral=referral,
                number_register=said["register"],
                number=said["number"],
                number_day=said["number_day"],
                by=viewer,
                at=timezone.now(),
            ),
        )
        if case:
            return redirect("cases:case", key=case.key)
    return _page(request, referral, accept_form=form)


@require_http_methods(["POST"])
def refuse(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Refuse with a reason from the pack."""
    viewer = Actor.user(request.user.pk)
    referral = _answerable(viewer, key)
    form = RefuseForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        refused = attempt(
            form,
            lambda: services.refuse(
                referral=referral, refusal_code=reason, by=viewer, at=timezone.now()
            ),
        )
        if refused:
            return redirect("appeals_to_cases:referral", key=referral.key)
    return _page(request, referral, refuse_form=form)


def _referred(
    form: ReferralForm, appeal: Appeal, sender: Institution, viewer: Actor
) -> Referral | None:
    return attempt(
        form,
        lambda: services.refer(
            appeal=appeal,
            sender=sender,
            receiver=form.office(),
            account=form.written(),
            by=viewer,
            at=timezone.now(),
        ),
    )


def _answerable(viewer: Actor, key: uuid.UUID) -> Referral:
    referral = selectors.find_referral(viewer=viewer, key=key)
    if not selectors.may_write(viewer=viewer, referral=referral):
        raise NotFoundProblem
    return referral


def _page(
    request: HttpRequest,
    referral: Referral,
    accept_form: AcceptForm | None = None,
    refuse_form: RefuseForm | None = None,
) -> HttpResponse:
    viewer, now = Actor.user(request.user.pk), timezone.now()
    bound = accept_form or refuse_form
    context = {
        "referral": referral,
        "may_answer": selectors.may_answer(viewer=viewer, referral=referral),
        "accept_form": accept_form
        or AcceptForm(today=local_day(now), initial={"number_day": local_day(now)}),
        "refuse_form": refuse_form or RefuseForm(),
        "bound_form": bound,
        "now": now,
    }
    return render(request, "appeals_to_cases/referral.html", context, status=422 if bound else 200)
