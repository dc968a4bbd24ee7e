import uuid
from collections.abc import Sequence

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.country import local_day, term
from arasha.handoffs import passing
from arasha.handoffs.appeals_to_support import services
from arasha.handoffs.appeals_to_support.forms import SupportForm
from arasha.handoffs.appeals_to_support.models import Consent, SupportReferral
from arasha.handoffs.appeals_to_support.selectors import REQUESTS, consent_to
from arasha.handoffs.forms import ReturnForm
from arasha.handoffs.pages import Said, answer, attempt, crossing_page, in_hands, pass_on
from arasha.people.selectors import find_user, people_in


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, appeal_key: uuid.UUID) -> HttpResponse:
    """Record the consent and ask a crisis centre."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    appeal, body = in_hands(request, appeal_key)
    form = SupportForm(
        request.POST or None,
        viewer=viewer,
        colleagues=people_in(viewer=viewer, institution=body, role="officer", day=local_day(now)),
        initial={"asked_by": request.user.pk, "from_day": local_day(now)},
    )
    return pass_on(
        request,
        "appeals_to_support/new.html",
        kind=REQUESTS,
        appeal=appeal,
        form=form,
        act=lambda: services.ask_for_support(
            appeal=appeal,
            sender=body,
            receiver=form.cleaned_data["receiver"],
            needs=form.cleaned_data["needs"],
            agreed=form.agreed(),
            call_back=form.cleaned_data["call_back"],
            by=viewer,
            at=now,
        ),
        title=_("Ask a crisis centre to help"),
        button=_("Ask"),
    )


@require_GET
def referral_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return _page(request, REQUESTS.find(viewer=Actor.user(request.user.pk), key=key))


@require_POST
def accept(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return answer(request, key, Form(request.POST), kind=REQUESTS, act=passing.accept, page=_page)


@require_POST
def send_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return answer(
        request, key, ReturnForm(request.POST), kind=REQUESTS, act=passing.send_back, page=_page
    )


@require_POST
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The person took their consent back."""
    viewer, form = Actor.user(request.user.pk), Form(request.POST)
    referral = REQUESTS.find(viewer=viewer, key=key)
    done = attempt(
        form,
        lambda: services.withdraw_consent(referral=referral, by=viewer, at=timezone.now()),
    )
    if done:
        return redirect(REQUESTS.page, key=referral.key)
    return _page(request, referral, form)


def _page(
    request: HttpRequest, referral: SupportReferral, bound: Form | None = None
) -> HttpResponse:
    viewer = Actor.user(request.user.pk)
    consent = consent_to(viewer=viewer, referral=referral)
    mine = consent_to(viewer=viewer, referral=referral, write=True)
    said = [
        Said(_("Help wanted"), [term("support_needs", code) for code in referral.needs]),
        Said(_("How the person is found"), _how_found(referral, viewer)),
    ]
    if consent:
        said += _consent_in_words(consent, viewer)
    return crossing_page(
        request,
        "appeals_to_support/referral.html",
        kind=REQUESTS,
        crossing=referral,
        said=said,
        bound=bound,
        consent=consent,
        may_withdraw=mine is not None and mine.withdrawn_at is None,
    )


def _how_found(referral: SupportReferral, viewer: Actor) -> list[str]:
    officer = find_user(viewer=viewer, key=referral.made_by_key)
    return [
        _("Call %(number)s and ask for %(name)s.")
        % {"number": referral.call_back, "name": officer.full_name if officer else ""},
        _("Name and place are not in this record: they are told on the telephone or in person."),
    ]


def _consent_in_words(consent: Consent, viewer: Actor) -> Sequence[Said]:
    asker = find_user(viewer=viewer, key=consent.asked_by_key)
    languages = dict(settings.LANGUAGES)
    return [
        Said(_("The person agreed to"), [term("consent_covers", code) for code in consent.covers]),
        Said(
            _("Consent"),
            [
                term("consent_forms", consent.given_how),
                _("From %(day)s") % {"day": date_format(consent.from_day, "DATE_FORMAT")},
                _("Asked by %(name)s") % {"name": asker.full_name if asker else ""},
                _("Explained in: %(language)s")
                % {"language": languages.get(consent.language, consent.language)},
            ],
        ),
    ]
