import uuid

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.country import term
from arasha.handoffs.appeals_to_cctv import selectors, services
from arasha.handoffs.appeals_to_cctv.forms import HoldForm, LetterForm, OutcomeForm
from arasha.handoffs.appeals_to_cctv.models import FootageHold
from arasha.handoffs.pages import Said, attempt, crossing_page, in_hands, pass_on_page
from arasha.places.templatetags.names import in_language
from arasha.problems import NotFoundProblem


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, appeal_key: uuid.UUID) -> HttpResponse:
    """Note which footage must not be overwritten."""
    viewer = Actor.user(request.user.pk)
    appeal, body = in_hands(request, appeal_key)
    recorded = {"place": appeal.place.code} if appeal.place else {}
    form = HoldForm(request.POST or None, viewer=viewer, initial=recorded)
    if form.is_valid():
        said = form.cleaned_data
        made = attempt(
            form,
            lambda: services.ask_to_hold(
                appeal=appeal,
                sender=body,
                place=said["place"],
                zone=said["zone"],
                hours=(said["from_at"], said["until_at"]),
                retention=form.retention(),
                by=viewer,
                at=timezone.now(),
            ),
        )
        if made:
            return redirect("appeals_to_cctv:hold", key=made.key)
    return pass_on_page(
        request,
        "appeals_to_cctv/new.html",
        appeal=appeal,
        form=form,
        title=_("Have footage held"),
        button=_("Save"),
    )


@require_GET
def hold_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return _page(request, _found(request, key))


@require_POST
def letter(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The request went out on paper."""
    viewer, hold, form = Actor.user(request.user.pk), _mine(request, key), LetterForm(request.POST)
    if form.is_valid():
        done = attempt(
            form,
            lambda: services.enter_letter(
                hold=hold,
                number=form.cleaned_data["number"],
                day=form.cleaned_data["day"],
                by=viewer,
                at=timezone.now(),
            ),
        )
        if done:
            return redirect("appeals_to_cctv:hold", key=hold.key)
    return _page(request, _found(request, key), letter_form=form)


@require_POST
def outcome(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What became of the footage."""
    viewer, hold, form = Actor.user(request.user.pk), _mine(request, key), OutcomeForm(request.POST)
    if form.is_valid():
        done = attempt(
            form,
            lambda: services.enter_outcome(
                hold=hold, outcome=form.cleaned_data["outcome"], by=viewer, at=timezone.now()
            ),
        )
        if done:
            return redirect("appeals_to_cctv:hold", key=hold.key)
    return _page(request, _found(request, key), outcome_form=form)


def _found(request: HttpRequest, key: uuid.UUID) -> FootageHold:
    return selectors.find_hold(viewer=Actor.user(request.user.pk), key=key)


def _mine(request: HttpRequest, key: uuid.UUID) -> FootageHold:
    hold = _found(request, key)
    if not selectors.may_write(viewer=Actor.user(request.user.pk), hold=hold):
        raise NotFoundProblem
    return hold


def _page(
    request: HttpRequest,
    hold: FootageHold,
    letter_form: LetterForm | None = None,
    outcome_form: OutcomeForm | None = None,
) -> HttpResponse:
    viewer = Actor.user(request.user.pk)
    bound: Form | None = letter_form or outcome_form
    return crossing_page(
        request,
        "appeals_to_cctv/hold.html",
        crossing=hold,
        kind="footage_hold",
        role=None,
        said=_in_words(hold),
        may_answer=selectors.may_act(viewer=viewer, hold=hold),
        bound=bound,
        title=_("Hold of footage"),
        letter_form=letter_form or LetterForm(),
        outcome_form=outcome_form or OutcomeForm(),
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
    if hold.reason_code:
        said.append(Said(_("What became of it"), [term("footage_outcomes", hold.reason_code)]))
    return said
