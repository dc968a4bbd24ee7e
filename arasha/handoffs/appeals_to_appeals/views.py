import uuid

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.handoffs.appeals_to_appeals import services
from arasha.handoffs.appeals_to_appeals.forms import ForwardForm
from arasha.handoffs.appeals_to_appeals.models import Forward
from arasha.handoffs.appeals_to_appeals.selectors import FORWARDS, candidates, is_sender
from arasha.handoffs.forms import ReturnForm
from arasha.handoffs.pages import Said, answer, crossing_page, in_hands, pass_on


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, appeal_key: uuid.UUID) -> HttpResponse:
    """Choose a competent body whose readers were added, and forward."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    appeal, _body = in_hands(request, appeal_key)
    bodies = candidates(viewer=viewer, appeal=appeal, at=now)
    form = ForwardForm(request.POST or None, candidates=bodies)
    return pass_on(
        request,
        "appeals_to_appeals/new.html",
        kind=FORWARDS,
        appeal=appeal,
        form=form,
        act=lambda: services.forward(
            appeal=appeal,
            receiver=form.cleaned_data["receiver"],
            named=form.cleaned_data["named"],
            by=viewer,
            at=now,
        ),
        title=_("Forward to a competent body"),
        button=_("Forward"),
        candidates=bodies,
        is_any_ready=any(each.is_ready for each in bodies),
    )


@require_GET
def forward_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return _page(request, FORWARDS.find(viewer=Actor.user(request.user.pk), key=key))


@require_POST
def accept(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return answer(
        request,
        key,
        Form(request.POST),
        kind=FORWARDS,
        act=services.accept,
        page=_page,
        then=lambda forward: reverse("appeals:appeal", args=[forward.appeal_key]),
    )


@require_POST
def send_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return answer(
        request, key, ReturnForm(request.POST), kind=FORWARDS, act=services.send_back, page=_page
    )


def _page(request: HttpRequest, forward: Forward, bound: Form | None = None) -> HttpResponse:
    viewer = Actor.user(request.user.pk)
    said = [
        Said(_("Name"), [_("The appeal gives a name") if forward.is_named else _("No name")]),
        Said(_("Sealed to"), [forward.recipient_set_id]),
    ]
    return crossing_page(
        request,
        "appeals_to_appeals/forward.html",
        kind=FORWARDS,
        crossing=forward,
        said=said,
        bound=bound,
        is_sender=is_sender(viewer=viewer, forward=forward, at=timezone.now()),
    )
