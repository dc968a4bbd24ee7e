import uuid

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.country import term
from arasha.handoffs.appeals_to_cctv import services
from arasha.handoffs.appeals_to_cctv.forms import HoldForm, LetterForm, OutcomeForm
from arasha.handoffs.appeals_to_cctv.models import FootageHold
from arasha.handoffs.appeals_to_cctv.selectors import HOLDS
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


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, appeal_key: uuid.UUID) -> HttpResponse:
    """Note which footage must not be overwritten."""
    viewer = Actor.user(request.user.pk)
    appeal, body = in_hands(request, appeal_key)
    form = HoldForm(request.POST or None, initial=place_of(appeal))
    return pass_on(
        request,
        "appeals_to_cctv/new.html",
        kind=HOLDS,
        appeal=appeal,
        form=form,
        act=lambda: services.ask_to_hold(
            appeal=appeal,
            sender=body,
            place=form.cleaned_data["place"],
            zone=form.cleaned_data["zone"],
            hours=form.hours(),
            retention=form.retention(),
            by=viewer,
            at=timezone.now(),
        ),
        title=_("Have footage held"),
        button=_("Save"),
    )


@require_GET
def hold_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return _page(request, HOLDS.find(viewer=Actor.user(request.user.pk), key=key))


@require_POST
def letter(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The request went out on paper."""
    return answer(
        request, key, LetterForm(request.POST), kind=HOLDS, act=services.enter_letter, page=_page
    )


@require_POST
def outcome(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What became of the footage."""
    return answer(
        request, key, OutcomeForm(request.POST), kind=HOLDS, act=services.enter_outcome, page=_page
    )


def _page(request: HttpRequest, hold: FootageHold, bound: Form | None = None) -> HttpResponse:
    return crossing_page(
        request,
        "appeals_to_cctv/hold.html",
        kind=HOLDS,
        crossing=hold,
        said=_in_words(hold),
        bound=bound,
        letter_form=typed(bound, LetterForm) or LetterForm(),
        outcome_form=typed(bound, OutcomeForm) or OutcomeForm(),
    )


def _in_words(hold: FootageHold) -> list[Said]:
    hours = [timezone.localtime(each) for each in (hold.from_at, hold.until_at)]
    kept = (
        _("%(days)s days, by %(document)s") % {"days": hold.kept_days, "document": hold.kept_by}
        if hold.kept_days
        else _("Nobody knows: treat it as urgent")
    )
    said = [
        Said(_("Place"), [f"{in_language(hold.place.name)} ({hold.place.code})"]),
        Said(_("Zone"), [term("footage_zones", hold.zone)]),
        Said(
            _("Hours"), [" – ".join(date_format(each, "SHORT_DATETIME_FORMAT") for each in hours)]
        ),
        Said(_("The place keeps footage for"), [kept]),
    ]
    if hold.letter_day:
        day = date_format(hold.letter_day, "DATE_FORMAT")
        said.append(Said(_("Letter"), [f"{hold.letter_number}, {day}"]))
    return said
