import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.appeals.selectors.passing import own_body, sets_added
from arasha.handoffs.appeals_to_appeals.models import Forward
from arasha.handoffs.conflicts import refuse_wrong_receiver
from arasha.handoffs.crossings import Answer, of_appeal, seen
from arasha.people.models import Institution
from arasha.people.selectors import posts_held
from arasha.problems import NotFoundProblem, Problem
from arasha.trust.models import RecipientSet
from arasha.trust.selectors import newest_sets


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body that an appeal might be forwarded to. `against`: why not, in words; empty if it may."""

    recipient_set: RecipientSet
    against: str
    has_header: bool

    @property
    def institution(self) -> Institution:
        return self.recipient_set.institution

    @property
    def is_ready(self) -> bool:
        return self.has_header and not self.against


def candidates(*, viewer: Actor, appeal: Appeal, at: dt.datetime) -> list[Candidate]:
    """Every other body that has a list of recipients, with what stands against it."""
    added = set(sets_added(viewer=viewer, appeal=appeal))
    mine = own_body(viewer=viewer, appeal=appeal, at=at)
    return [
        Candidate(
            recipient_set=each,
            against=_against(appeal, each.institution, viewer=viewer, at=at),
            has_header=each.pk in added,
        )
        for each in newest_sets(viewer=viewer)
        if each.institution != mine
    ]


def forwards(*, viewer: Actor) -> QuerySet[Forward]:
    return seen(Forward.objects.all(), viewer=viewer, kind="forward")


def forwards_of(*, viewer: Actor, appeal_key: uuid.UUID) -> QuerySet[Forward]:
    return of_appeal(forwards(viewer=viewer), appeal_key)


def find_forward(*, viewer: Actor, key: uuid.UUID) -> Forward:
    found = forwards(viewer=viewer).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def to_answer(*, viewer: Actor) -> QuerySet[Forward]:
    """Forwards that the viewer's own institution has neither accepted nor returned."""
    may = visible(viewer=viewer, kind="forward", compartment="card", action="rw")
    return forwards(viewer=viewer).filter(may, answer=Answer.WAITING)


def to_take_back(*, viewer: Actor) -> QuerySet[Forward]:
    """Returned by the receiver, and not yet in the sender's hands again."""
    return forwards(viewer=viewer).filter(answer=Answer.RETURNED, taken_back_at__isnull=True)


def may_write(*, viewer: Actor, forward: Forward) -> bool:
    """Whether the viewer's own institution is the receiver."""
    may = visible(viewer=viewer, kind="forward", compartment="card", action="rw")
    return Forward.objects.filter(may, pk=forward.pk).exists()


def is_sender(*, viewer: Actor, forward: Forward, at: dt.datetime) -> bool:
    return posts_held(viewer=viewer, at=at).filter(institution=forward.sender_id).exists()


def _against(appeal: Appeal, receiver: Institution, *, viewer: Actor, at: dt.datetime) -> str:
    try:
        refuse_wrong_receiver(viewer=viewer, appeal=appeal, receiver=receiver, named=None, at=at)
    except Problem as problem:
        return problem.what_happened
    return ""
