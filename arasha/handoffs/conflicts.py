"""Who may not receive an appeal because it is about them: asked by every crossing that hands it over."""

import datetime as dt
import uuid
from collections.abc import Iterable

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.country import local_day
from arasha.handoffs.errors import (
    AccusedBodyError,
    AccusedNotRecordedError,
    CommandingReceiverError,
)
from arasha.people.models import Institution
from arasha.people.selectors import commanders_of


def refuse_conflict(
    *, appeal: Appeal, receiver: Institution, viewer: Actor, at: dt.datetime
) -> None:
    """Raises AccusedNotRecordedError, AccusedBodyError, CommandingReceiverError."""
    if appeal.accused_body is None:
        raise AccusedNotRecordedError
    refuse_accused(accused=appeal.accused_body, receiver=receiver)
    if receiver.pk in _commanding(appeal, viewer=viewer, at=at):
        raise CommandingReceiverError


def refuse_accused(*, accused: Institution, receiver: Institution) -> None:
    """Raises AccusedBodyError for the accused body, whatever stands above it, and its offices."""
    if receiver.pk in {accused.pk, *above(accused)} or accused.pk in above(receiver):
        raise AccusedBodyError


def above(institution: Institution) -> set[uuid.UUID]:
    """Every body that an institution answers to."""
    found: set[uuid.UUID] = set()
    each = institution.parent
    while each is not None and each.pk not in found:
        found.add(each.pk)
        each = each.parent
    return found


def _commanding(appeal: Appeal, *, viewer: Actor, at: dt.datetime) -> set[uuid.UUID]:
    """Who commands the place now, or did when the appeal came, and whoever commands those."""
    if appeal.place is None:
        return set()
    found: set[uuid.UUID] = set()
    for day in {local_day(at), appeal.received_day}:
        commanders = commanders_of(viewer=viewer, place_key=appeal.place.key, day=day)
        found |= _with_those_above(commanders.select_related("parent"))
    return found


def _with_those_above(institutions: Iterable[Institution]) -> set[uuid.UUID]:
    return {key for each in institutions for key in (each.pk, *above(each))}
