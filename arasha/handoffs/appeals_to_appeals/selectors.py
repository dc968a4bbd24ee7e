import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.appeals.selectors.offices import second_offices
from arasha.appeals.selectors.passing import own_body, sets_added
from arasha.engines.sealing import body_told
from arasha.handoffs.appeals_to_appeals.models import Forward
from arasha.handoffs.conflicts import refuse_conflict, refuse_wrong_receiver
from arasha.handoffs.crossings import Answer
from arasha.handoffs.kinds import Kind
from arasha.people.models import Institution
from arasha.people.selectors import posts_held
from arasha.problems import Problem
from arasha.trust.models import RecipientSet
from arasha.trust.selectors import newest_sets

FORWARDS = Kind(
    rows=Forward.objects.all(),
    label=_("Forwarded appeals"),
    one=_("Forwarded appeal"),
    page="appeals_to_appeals:forward",
    answers="officer",
    to_do=_("Accept or return"),
)


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
            against=_against(appeal, each, viewer=viewer, at=at),
            has_header=each.pk in added,
        )
        for each in newest_sets(viewer=viewer)
        if each.institution != mine and not body_told(each.institution.code)
    ]


def to_take_back(*, viewer: Actor) -> QuerySet[Forward]:
    """Returned by the receiver, and not yet in the sender's hands again."""
    return FORWARDS.seen(viewer=viewer).filter(answer=Answer.RETURNED, taken_back_at__isnull=True)


def is_sender(*, viewer: Actor, forward: Forward, at: dt.datetime) -> bool:
    return posts_held(viewer=viewer, at=at).filter(institution=forward.sender_id).exists()


def refuse_set(
    *, viewer: Actor, appeal: Appeal, recipient_set: RecipientSet, at: dt.datetime
) -> None:
    """Whether or not the person gave a name: raises what `refuse_wrong_receiver` and
    `refuse_second_offices` raise.
    """
    receiver = recipient_set.institution
    refuse_wrong_receiver(viewer=viewer, appeal=appeal, receiver=receiver, named=None, at=at)
    refuse_second_offices(viewer=viewer, appeal=appeal, recipient_set=recipient_set, at=at)


def refuse_second_offices(
    *, viewer: Actor, appeal: Appeal, recipient_set: RecipientSet, at: dt.datetime
) -> None:
    """Raises what `refuse_conflict` raises for an office whose people hold a key of the list."""
    for office in second_offices(viewer=viewer, recipient_set=recipient_set):
        refuse_conflict(viewer=viewer, appeal=appeal, receiver=office, at=at)


def _against(appeal: Appeal, recipient_set: RecipientSet, *, viewer: Actor, at: dt.datetime) -> str:
    try:
        refuse_set(viewer=viewer, appeal=appeal, recipient_set=recipient_set, at=at)
    except Problem as problem:
        return problem.what_happened
    return ""
