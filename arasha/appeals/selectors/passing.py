"""In whose hands appeals are, and what must be known before one is passed on."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import QuerySet

from arasha.access.selectors import holders, holders_by_record, people_to_tell, visible
from arasha.actors import USER, Actor
from arasha.appeals.models import TEXT, AddedHeader, Appeal
from arasha.people.models import Institution
from arasha.people.selectors import posts_held

AT_ONCE = 500


def with_holders(
    *, viewer: Actor, appeals: Iterable[Appeal], at: dt.datetime
) -> Iterator[tuple[Appeal, set[uuid.UUID]]]:
    """Each appeal with the keys of the institutions that have it now; asked for some at a time."""
    left = iter(appeals)
    while some := list(islice(left, AT_ONCE)):
        keys = [each.pk for each in some]
        held = holders_by_record(viewer=viewer, kind="appeal", keys=keys, at=at)
        yield from ((each, held.get(each.pk, set())) for each in some)


def in_whose_hands(*, viewer: Actor, appeal: Appeal, role: str, at: dt.datetime) -> list[uuid.UUID]:
    """Who has the role where the appeal is now: it may have gone to another body since it was filed."""
    return [
        person
        for body in holders(viewer=viewer, kind="appeal", key=appeal.key, at=at)
        for person in people_to_tell(
            viewer=viewer, kind="appeal", key=appeal.key, at=at, institution=body, role=role
        )
    ]


def own_body(*, viewer: Actor, appeal: Appeal, at: dt.datetime) -> Institution | None:
    """The viewer's own institution in whose hands an appeal is: on whose behalf they act."""
    held = holders(viewer=viewer, kind="appeal", key=appeal.key, at=at)
    if viewer.kind == USER:
        mine = posts_held(viewer=viewer, at=at).values("institution_id")
        return held.filter(pk__in=mine).first()
    return held.first()


def sets_added(*, viewer: Actor, appeal: Appeal) -> QuerySet[AddedHeader, str]:
    """The sets for which a header was added to what was filed."""
    may = visible(viewer=viewer, kind="appeal", compartment="correspondence", field="appeal")
    return AddedHeader.objects.filter(may, appeal=appeal, part=TEXT).values_list(
        "recipient_set", flat=True
    )
