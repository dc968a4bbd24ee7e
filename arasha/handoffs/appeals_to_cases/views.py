import uuid
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.cases.days import when
from arasha.cases.forms.reports import JoinForm, PassOnForm
from arasha.cases.models import Case
from arasha.cases.selectors import cases, outcomes_of
from arasha.country import local_day, term
from arasha.handoffs.appeals_to_cases import services
from arasha.handoffs.appeals_to_cases.forms import AcceptForm, ReferralForm, RefuseForm
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.handoffs.appeals_to_cases.selectors import REFERRALS, referral_of_appeal
from arasha.handoffs.pages import (
    Said,
    answer,
    crossing_page,
    in_hands,
    pass_on,
    place_of,
    typed,
)
from arasha.places.templatetags.names import in_language
from arasha.rows import LongList


@require_GET
def referral_list(request: HttpRequest) -> HttpResponse:
    """Referrals sent and received."""
    viewer = Actor.user(request.user.pk)
    page = LongList(REFERRALS.seen(viewer=viewer)).get_page(request.GET.get("page"))
    return render(request, "appeals_to_cases/list.html", {"page": page, "now": timezone.now()})


@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest, appeal_key: uuid.UUID) -> HttpResponse:
    """Write the allegation record and pass the appeal on."""
    viewer = Actor.user(request.user.pk)
    appeal, sender = in_hands(request, appeal_key)
    form = ReferralForm(
        request.POST or None,
        viewer=viewer,
        today=local_day(timezone.now()),
        initial=place_of(appeal),
    )
    return pass_on(
        request,
        "appeals_to_cases/refer.html",
        kind=REFERRALS,
        appeal=appeal,
        form=form,
        act=lambda: services.refer(
            appeal=appeal,
            sender=sender,
            receiver=form.cleaned_data["receiver"],
            account=form.written(),
            by=viewer,
            at=timezone.now(),
        ),
        title=_("Refer to a prosecutor"),
        button=_("Refer"),
        earlier=referral_of_appeal(viewer=viewer, appeal_key=appeal_key),
    )


@require_GET
def referral_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One referral: the card, and its answer or the forms to answer it."""
    return _page(request, REFERRALS.find(viewer=Actor.user(request.user.pk), key=key))


@require_POST
def accept(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Accept: the referral becomes a registered case."""
    return answer(
        request,
        key,
        AcceptForm(request.POST, today=local_day(timezone.now())),
        kind=REFERRALS,
        act=services.accept,
        page=_page,
        then=lambda case: reverse("cases:case", args=[case.key]),
    )


@require_POST
def refuse(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Refuse with a reason from the pack."""
    return answer(
        request, key, RefuseForm(request.POST), kind=REFERRALS, act=services.refuse, page=_page
    )


@require_POST
def pass_unregistered(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Pass it on without registration, with a reason from the pack."""
    form = _pass_on_form(request)
    return answer(
        request,
        key,
        form,
        kind=REFERRALS,
        act=lambda crossing, by, at, **_said: services.pass_on(
            crossing=crossing, outcome=form.outcome(), by=by, at=at
        ),
        page=_page,
    )


@require_POST
def join(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Join it to an open case of the receiver."""
    form = _join_form(request)
    return answer(
        request,
        key,
        form,
        kind=REFERRALS,
        act=lambda crossing, by, at, **_said: services.join(
            crossing=crossing, outcome=form.outcome(), by=by, at=at
        ),
        page=_page,
    )


def _pass_on_form(request: HttpRequest) -> PassOnForm:
    return PassOnForm(request.POST or None, prefix="pass_on", **_writing(request))


def _join_form(request: HttpRequest) -> JoinForm:
    return JoinForm(request.POST or None, prefix="join", **_writing(request))


def _writing(request: HttpRequest) -> dict[str, Any]:
    return {"viewer": Actor.user(request.user.pk), "today": local_day(timezone.now())}


def _page(request: HttpRequest, referral: Referral, bound: Form | None = None) -> HttpResponse:
    viewer, today = Actor.user(request.user.pk), local_day(timezone.now())
    return crossing_page(
        request,
        "appeals_to_cases/referral.html",
        kind=REFERRALS,
        crossing=referral,
        said=_in_words(referral),
        bound=bound,
        accept_form=typed(bound, AcceptForm)
        or AcceptForm(
            today=today,
            initial={"given_day": today, "issuer": in_language(referral.receiver.name)},
        ),
        refuse_form=typed(bound, RefuseForm) or RefuseForm(),
        pass_on_form=typed(bound, PassOnForm) or PassOnForm(prefix="pass_on", **_writing(request)),
        join_form=typed(bound, JoinForm) or JoinForm(prefix="join", **_writing(request)),
        outcomes=outcomes_of(viewer=viewer, key=referral.allegation_key),
        case=_case_of(referral, viewer),
    )


def _case_of(referral: Referral, viewer: Actor) -> Case | None:
    """The case that came of it, if it is open to the viewer."""
    if referral.case_key is None:
        return None
    return cases(viewer=viewer).filter(pk=referral.case_key).first()


def _in_words(referral: Referral) -> list[Said]:
    where, conduct = referral.place, term("conducts", referral.conduct)
    signs = [term("criteria", code) for code in referral.criteria]
    return [
        Said(_("Where"), [in_language(where.name) if where else _("Place not known")]),
        Said(_("When"), [when(referral)]),
        Said(_("Proposed classification"), [conduct, *signs]),
        Said(_("Consent"), [term("consents", referral.consent)]),
    ]
