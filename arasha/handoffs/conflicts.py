"""Who may not receive an appeal, because it is about them or by the country's rules.

Asked by every crossing that hands an appeal over.
"""

import datetime as dt
from collections.abc import Iterable

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.country import country, local_day
from arasha.handoffs.errors import (
    AccusedBodyError,
    AccusedNotRecordedError,
    CommandingReceiverError,
    NotCompetentError,
    UnnamedOpensNothingError,
)
from arasha.packs import Obstacle, may_receive
from arasha.people.hierarchy import are_of_one_line, with_those_above
from arasha.people.models import Institution
from arasha.people.selectors import commanders_of
from arasha.places.models import Place


def refuse_wrong_receiver(
    *,
    viewer: Actor,
    appeal: Appeal,
    receiver: Institution,
    named: bool | None,
    at: dt.datetime,
) -> None:
    """Conflict of interest first, then the country's dated rules of competence.

    Raises what `refuse_conflict` raises, NotCompetentError, UnnamedOpensNothingError.
    """
    refuse_conflict(appeal=appeal, receiver=receiver, viewer=viewer, at=at)
    ruling = may_receive(
        body=country().body_of(receiver.kind),
        day=local_day(at),
        topic=appeal.category or None,
        named=named,
        accused_kind=appeal.accused_body.kind if appeal.accused_body else None,
    )
    if Obstacle.UNNAMED in ruling.obstacles:
        raise UnnamedOpensNothingError
    if not ruling.allowed:
        raise NotCompetentError


def refuse_conflict(
    *, appeal: Appeal, receiver: Institution, viewer: Actor, at: dt.datetime
) -> None:
    """Raises AccusedNotRecordedError, AccusedBodyError, CommandingReceiverError."""
    if appeal.accused_body is None:
        raise AccusedNotRecordedError
    _refuse_accused(accused=appeal.accused_body, receiver=receiver)
    if appeal.place is not None:
        days = {local_day(at), appeal.received_day}
        refuse_commander(receiver=receiver, place=appeal.place, days=days, viewer=viewer)


def refuse_commander(
    *, receiver: Institution, place: Place, days: Iterable[dt.date], viewer: Actor
) -> None:
    """Raises CommandingReceiverError for whoever commands the place on one of these days, by the
    register or by the country's pack, and for whoever commands those.
    """
    body = country().body_of(receiver.kind)
    if body is not None and place.authority in body.commands:
        raise CommandingReceiverError
    for day in set(days):
        commanders = commanders_of(viewer=viewer, place_key=place.key, day=day)
        if receiver.pk in with_those_above(commanders.select_related("parent")):
            raise CommandingReceiverError


def _refuse_accused(*, accused: Institution, receiver: Institution) -> None:
    """Raises AccusedBodyError for the accused body, whatever stands above it, and its offices."""
    if are_of_one_line(accused, receiver):
        raise AccusedBodyError
