import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from arasha.actors import Actor
from arasha.country import country
from arasha.packs import may_receive
from arasha.people.models import Institution
from arasha.people.selectors import commanders_of
from arasha.places.models import Place
from arasha.trust.models import RecipientSet
from arasha.trust.selectors import newest_sets


@dataclass(frozen=True, slots=True)
class Addressed:
    """The set that a filing names. `commands`: its body, or a second office whose people are in it,
    commands the place. `is_stale`: expired or replaced."""

    recipient_set: RecipientSet
    commands: bool
    is_stale: bool


def addressed(*, viewer: Actor, code: str, place: Place | None, day: dt.date) -> Addressed | None:
    """What filing must know of a recipient set: an old list never stops it, and is marked."""
    # Two plain questions: to put them into one costs more than to ask them.
    try:
        found = RecipientSet.objects.select_related("institution").get(pk=code)
    except RecipientSet.DoesNotExist:
        return None
    commanding = commanders_of(viewer=viewer, place_key=place.key, day=day) if place else ()
    is_expired = not found.from_day <= day <= found.until_day
    is_stale = is_expired or found.withdrawn_at is not None
    return Addressed(found, _is_theirs(found, commanding), is_stale)


def kinds_open_to(*, viewer: Actor, place: Place | None, day: dt.date) -> set[str]:
    """The kinds of institutions that people in this place may write to, by the country's rules.

    None: from a place that is not said, so all that may be written to from anywhere.
    """
    authority = (place.authority or None) if place else None
    return {
        body.institution_kind
        for body in country().bodies.values()
        if may_receive(body=body, day=day, place_authority=authority).allowed
    }


def sets_for(*, viewer: Actor, place: Place, day: dt.date) -> list[RecipientSet]:
    """The newest recipient set of every body that people in this place may write to."""
    allowed = kinds_open_to(viewer=viewer, place=place, day=day)
    commanding = list(commanders_of(viewer=viewer, place_key=place.key, day=day))
    return [
        each
        for each in newest_sets(viewer=viewer)
        if each.institution.kind in allowed and not _is_theirs(each, commanding)
    ]


def _is_theirs(recipient_set: RecipientSet, commanding: Iterable[Institution]) -> bool:
    """Whether people of one of these institutions could open what is sealed to the set."""
    readers = {recipient_set.institution.code, *recipient_set.offices}
    return any(each.code in readers for each in commanding)
