import datetime as dt
import uuid

from django.db.models import QuerySet

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.country import local_day
from arasha.problems import NotFoundProblem
from arasha.references import fold_number

OPEN = "open"  # not a state: all that still waits for an answer


def appeals(*, viewer: Actor, text: str = "", state: str = "") -> QuerySet[Appeal]:
    """The appeals a viewer may see; `state` OPEN: those that wait, most urgent first, else newest first."""
    found = Appeal.objects.filter(
        visible(viewer=viewer, kind="appeal", compartment="summary")
    ).select_related("recipient_set__institution")
    if folded := fold_number(text):
        found = found.filter(code=folded)
    if state == OPEN:
        # A body has one term for all appeals: the oldest is the most urgent.
        # IN, because for `waits=True` Django writes a bare column, which SQLite finds by no index.
        return found.filter(waits__in=(True,)).order_by("received_day", "key")
    if state:
        found = found.filter(state=state)
    return found.order_by("-received_day", "key")


def appeals_in_hand(*, viewer: Actor) -> QuerySet[Appeal]:
    """The appeals that wait for the viewer's own answer, the oldest first."""
    may = visible(viewer=viewer, kind="appeal", compartment="summary", action="rw")
    return appeals(viewer=viewer, state=OPEN).filter(may)


def find_appeal(*, viewer: Actor, key: uuid.UUID) -> Appeal:
    """One appeal. Raises NotFoundProblem, the same for unknown and forbidden."""
    found = appeals(viewer=viewer).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def may_open(*, viewer: Actor, appeal: Appeal, at: dt.datetime | None = None) -> bool:
    """Whether the ciphertext may go to this viewer's reader. The recipient set decides the rest."""
    may = visible(viewer=viewer, kind="appeal", compartment="sealed", at=at)
    return Appeal.objects.filter(may, pk=appeal.pk).exists()


def overdue(*, viewer: Actor, at: dt.datetime) -> QuerySet[Appeal]:
    return appeals(viewer=viewer, state=OPEN).filter(answer_by_day__lt=local_day(at))
