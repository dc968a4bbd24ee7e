"""What may not be destroyed: asked before anything of a case is."""

from collections.abc import Iterable
from uuid import UUID

from arasha.cases.errors import HeldError
from arasha.cases.models import LegalHold


def held(keys: Iterable[UUID]) -> set[UUID]:
    """Of these cases, those on which a hold stands."""
    standing = LegalHold.objects.filter(case__in=list(keys), lifted_at=None)
    return set(standing.values_list("case_id", flat=True))


def refuse_held(keys: Iterable[UUID]) -> None:
    """Call it with the cases locked, before anything of them is destroyed or taken back."""
    if found := held(keys):
        raise HeldError(count=len(found))
