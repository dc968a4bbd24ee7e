import uuid

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.country import term
from arasha.handoffs import passing
from arasha.handoffs.appeals_to_visits import services
from arasha.handoffs.appeals_to_visits.forms import ProposalForm
from arasha.handoffs.appeals_to_visits.models import VisitProposal
from arasha.handoffs.appeals_to_visits.selectors import PROPOSALS
from arasha.handoffs.forms import ReturnForm
from arasha.handoffs.pages import Said, answer, crossing_page, in_hands, pass_on, place_of
from arasha.places.templatetags.names import in_language


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, appeal_key: uuid.UUID) -> HttpResponse:
    """Say where a special visit is wanted and why."""
    viewer = Actor.user(request.user.pk)
    appeal, body = in_hands(request, appeal_key)
    form = ProposalForm(request.POST or None, viewer=viewer, initial=place_of(appeal))
    return pass_on(
        request,
        "appeals_to_visits/new.html",
        kind=PROPOSALS,
        appeal=appeal,
        form=form,
        act=lambda: services.propose(
            appeal=appeal, sender=body, **form.cleaned_data, by=viewer, at=timezone.now()
        ),
        title=_("Propose a special visit"),
        button=_("Propose"),
    )


@require_GET
def proposal_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return _page(request, PROPOSALS.find(viewer=Actor.user(request.user.pk), key=key))


@require_POST
def accept(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return answer(request, key, Form(request.POST), kind=PROPOSALS, act=passing.accept, page=_page)


@require_POST
def send_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return answer(
        request, key, ReturnForm(request.POST), kind=PROPOSALS, act=passing.send_back, page=_page
    )


def _page(request: HttpRequest, proposal: VisitProposal, bound: Form | None = None) -> HttpResponse:
    said = [
        Said(_("Place"), [f"{in_language(proposal.place.name)} ({proposal.place.code})"]),
        Said(_("Why"), [term("visit_reasons", proposal.reason)]),
    ]
    if proposal.wanted_by_day:
        said.append(Said(_("Wanted by"), [date_format(proposal.wanted_by_day, "DATE_FORMAT")]))
    return crossing_page(
        request,
        "appeals_to_visits/proposal.html",
        kind=PROPOSALS,
        crossing=proposal,
        said=said,
        bound=bound,
    )
