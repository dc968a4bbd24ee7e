import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.country import term
from arasha.handoffs.appeals_to_visits import selectors, services
from arasha.handoffs.appeals_to_visits.forms import ProposalForm
from arasha.handoffs.appeals_to_visits.models import VisitProposal
from arasha.handoffs.forms import ReturnForm
from arasha.handoffs.pages import Said, attempt, crossing_page, in_hands, pass_on_page
from arasha.places.templatetags.names import in_language
from arasha.problems import NotFoundProblem


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, appeal_key: uuid.UUID) -> HttpResponse:
    """Say where a special visit is wanted and why."""
    viewer = Actor.user(request.user.pk)
    appeal, body = in_hands(request, appeal_key)
    recorded = {"place": appeal.place.code} if appeal.place else {}
    form = ProposalForm(request.POST or None, viewer=viewer, initial=recorded)
    if form.is_valid():
        said = form.cleaned_data
        made = attempt(
            form,
            lambda: services.propose(
                appeal=appeal,
                sender=body,
                receiver=said["receiver"],
                place=said["place"],
                reason=said["reason"],
                wanted_by_day=said["wanted_by_day"],
                by=viewer,
                at=timezone.now(),
            ),
        )
        if made:
            return redirect("appeals_to_visits:proposal", key=made.key)
    return pass_on_page(
        request,
        "appeals_to_visits/new.html",
        appeal=appeal,
        form=form,
        title=_("Propose a special visit"),
        button=_("Propose"),
    )


@require_GET
def proposal_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return _page(request, _found(request, key))


@require_POST
def accept(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    viewer, proposal = Actor.user(request.user.pk), _answerable(request, key)
    form = ReturnForm(request.POST)
    if attempt(form, lambda: services.accept(proposal=proposal, by=viewer, at=timezone.now())):
        return redirect("appeals_to_visits:proposal", key=proposal.key)
    return _page(request, _found(request, key), bound=form)


@require_POST
def send_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    viewer, proposal = Actor.user(request.user.pk), _answerable(request, key)
    form = ReturnForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(
            form,
            lambda: services.send_back(
                proposal=proposal, reason_code=reason, by=viewer, at=timezone.now()
            ),
        )
        if done:
            return redirect("appeals_to_visits:proposal", key=proposal.key)
    return _page(request, _found(request, key), bound=form)


def _found(request: HttpRequest, key: uuid.UUID) -> VisitProposal:
    return selectors.find_proposal(viewer=Actor.user(request.user.pk), key=key)


def _answerable(request: HttpRequest, key: uuid.UUID) -> VisitProposal:
    proposal = _found(request, key)
    if not selectors.may_write(viewer=Actor.user(request.user.pk), proposal=proposal):
        raise NotFoundProblem
    return proposal


def _page(
    request: HttpRequest, proposal: VisitProposal, bound: ReturnForm | None = None
) -> HttpResponse:
    viewer = Actor.user(request.user.pk)
    said = [
        Said(_("Place"), [f"{in_language(proposal.place.name)} ({proposal.place.code})"]),
        Said(_("Why"), [term("visit_reasons", proposal.reason)]),
    ]
    if proposal.wanted_by_day:
        said.append(Said(_("Wanted by"), [date_format(proposal.wanted_by_day, "DATE_FORMAT")]))
    if proposal.reason_code:
        said.append(Said(_("Returned because"), [term("returns", proposal.reason_code)]))
    return crossing_page(
        request,
        "appeals_to_visits/proposal.html",
        crossing=proposal,
        kind="visit_proposal",
        role="monitor",
        said=said,
        may_answer=selectors.to_answer(viewer=viewer).filter(pk=proposal.pk).exists(),
        bound=bound,
        title=_("Proposal of a special visit"),
    )
