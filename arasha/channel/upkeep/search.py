from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.channel.upkeep.numbers import number_in
from arasha.channel.upkeep.selectors.canaries import opens_appeals
from arasha.rows import SearchHit


def search(*, viewer: Actor, text: str) -> list[SearchHit]:
    """The number of a test appeal, for the officer who read it; whether there is one is not told."""
    number = number_in(text)
    if not number or not opens_appeals(viewer=viewer, at=timezone.now()):
        return []
    return [
        SearchHit(
            title=_("A test appeal of the monitors: enter that it arrived"),
            url=reverse("terminals:arrived", args=[number]),
            kind=_("Test appeal"),
        )
    ]
