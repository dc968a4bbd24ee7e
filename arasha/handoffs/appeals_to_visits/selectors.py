import uuid

from django.db.models import QuerySet

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.handoffs.appeals_to_visits.models import VisitProposal
from arasha.handoffs.crossings import Answer, of_appeal, seen
from arasha.problems import NotFoundProblem


def proposals(*, viewer: Actor) -> QuerySet[VisitProposal]:
    rows = VisitProposal.objects.select_related("place")
    return seen(rows, viewer=viewer, kind="visit_proposal")


def proposals_of(*, viewer: Actor, appeal_key: uuid.UUID) -> QuerySet[VisitProposal]:
    return of_appeal(proposals(viewer=viewer), appeal_key)


def to_answer(*, viewer: Actor) -> QuerySet[VisitProposal]:
    rows = VisitProposal.objects.filter(answer=Answer.WAITING).select_related("place")
    return seen(rows, viewer=viewer, kind="visit_proposal", writable=True)


def find_proposal(*, viewer: Actor, key: uuid.UUID) -> VisitProposal:
    found = proposals(viewer=viewer).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def may_write(*, viewer: Actor, proposal: VisitProposal) -> bool:
    """Whether the viewer's own group was asked."""
    may = visible(viewer=viewer, kind="visit_proposal", compartment="card", action="rw")
    return VisitProposal.objects.filter(may, pk=proposal.pk).exists()
