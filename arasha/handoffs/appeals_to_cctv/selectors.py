import uuid

from django.db.models import QuerySet

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.handoffs.appeals_to_cctv.models import FootageHold
from arasha.handoffs.crossings import Answer, of_appeal, seen
from arasha.problems import NotFoundProblem


def holds(*, viewer: Actor) -> QuerySet[FootageHold]:
    rows = FootageHold.objects.select_related("place")
    return seen(rows, viewer=viewer, kind="footage_hold")


def holds_of(*, viewer: Actor, appeal_key: uuid.UUID) -> QuerySet[FootageHold]:
    return of_appeal(holds(viewer=viewer), appeal_key)


def open_holds(*, viewer: Actor) -> QuerySet[FootageHold]:
    """What is not known to be held yet and the viewer may act on."""
    rows = FootageHold.objects.filter(answer=Answer.WAITING).select_related("place")
    return seen(rows, viewer=viewer, kind="footage_hold", writable=True)


def find_hold(*, viewer: Actor, key: uuid.UUID) -> FootageHold:
    found = holds(viewer=viewer).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def may_act(*, viewer: Actor, hold: FootageHold) -> bool:
    may = visible(viewer=viewer, kind="footage_hold", compartment="card", action="rw")
    return FootageHold.objects.filter(may, pk=hold.pk, answer=Answer.WAITING).exists()


def may_write(*, viewer: Actor, hold: FootageHold) -> bool:
    """Whether the viewer's own institution asked for it."""
    may = visible(viewer=viewer, kind="footage_hold", compartment="card", action="rw")
    return FootageHold.objects.filter(may, pk=hold.pk).exists()
