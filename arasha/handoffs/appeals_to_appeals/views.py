import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.country import term
from arasha.handoffs.appeals_to_appeals import selectors, services
from arasha.handoffs.appeals_to_appeals.forms import NAMED, ForwardForm
from arasha.handoffs.appeals_to_appeals.models import Forward
from arasha.handoffs.forms import ReturnForm
from arasha.handoffs.pages import Said, attempt, crossing_page, in_hands, pass_on_page
from arasha.problems import NotFoundProblem


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, appeal_key: uuid.UUID) -> HttpResponse:
    """Choose a competent body whose readers were added, and forward."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    appeal, _body = in_hands(request, appeal_key)
    candidates = selectors.candidates(viewer=viewer, appeal=appeal, at=now)
    form = ForwardForm(request.POST or None, candidates=candidates)
    if form.is_valid():
        chosen, named = form.cleaned_data["receiver"], form.cleaned_data["named"] == NAMED
        made = attempt(
            form,
            lambda: services.forward(
                appeal=appeal, receiver=chosen, named=named, by=viewer, at=now
            ),
        )
        if made:
            return redirect("appeals_to_appeals:forward", key=made.key)
    return pass_on_page(
        request,
        "appeals_to_appeals/new.html",
        appeal=appeal,
        form=form,
        title=_("Forward to a competent body"),
        button=_("Forward"),
        candidates=candidates,
        is_any_ready=any(each.is_ready for each in candidates),
    )


@require_GET
def forward_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return _page(request, _found(request, key))


@require_POST
def accept(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    viewer, forward = Actor.user(request.user.pk), _answerable(request, key)
    form = ReturnForm(request.POST)
    if attempt(form, lambda: services.accept(forward=forward, by=viewer, at=timezone.now())):
        return redirect("appeals:appeal", key=forward.appeal_key)
    return _page(request, _found(request, key), bound=form)


@require_POST
def send_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    viewer, forward = Actor.user(request.user.pk), _answerable(request, key)
    form = ReturnForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(
            form,
            lambda: services.send_back(
                forward=forward, reason_code=reason, by=viewer, at=timezone.now()
            ),
        )
        if done:
            return redirect("appeals_to_appeals:forward", key=forward.key)
    return _page(request, _found(request, key), bound=form)


def _found(request: HttpRequest, key: uuid.UUID) -> Forward:
    return selectors.find_forward(viewer=Actor.user(request.user.pk), key=key)


def _answerable(request: HttpRequest, key: uuid.UUID) -> Forward:
    forward = _found(request, key)
    if not selectors.may_write(viewer=Actor.user(request.user.pk), forward=forward):
        raise NotFoundProblem
    return forward


def _page(request: HttpRequest, forward: Forward, bound: ReturnForm | None = None) -> HttpResponse:
    viewer = Actor.user(request.user.pk)
    said = [
        Said(_("Name"), [_("The appeal gives a name") if forward.is_named else _("No name")]),
        Said(_("Sealed to"), [forward.recipient_set_id]),
    ]
    if forward.reason_code:
        said.append(Said(_("Returned because"), [term("returns", forward.reason_code)]))
    return crossing_page(
        request,
        "appeals_to_appeals/forward.html",
        crossing=forward,
        kind="forward",
        role="officer",
        said=said,
        may_answer=selectors.to_answer(viewer=viewer).filter(pk=forward.pk).exists(),
        bound=bound,
        title=_("Forwarded appeal"),
        is_sender=selectors.is_sender(viewer=viewer, forward=forward, at=timezone.now()),
    )
