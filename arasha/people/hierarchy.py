"""Which institution answers to which."""

import uuid
from collections.abc import Iterable

from arasha.people.models import Institution


def above(institution: Institution) -> set[uuid.UUID]:
    """Every body that an institution answers to."""
    found: set[uuid.UUID] = set()
    each = institution.parent
    while each is not None and each.pk not in found:
        found.add(each.pk)
        each = each.parent
    return found


def with_those_above(institutions: Iterable[Institution]) -> set[uuid.UUID]:
    """The institutions and every body that one of them answers to."""
    return {key for each in institutions for key in (each.pk, *above(each))}


def are_of_one_line(one: Institution, other: Institution) -> bool:
    """Whether they are the same body, or one stands above the other."""
    return one.pk in {other.pk, *above(other)} or other.pk in above(one)
