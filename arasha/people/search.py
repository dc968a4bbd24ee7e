from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.people.selectors import knows_unofficial
from arasha.places import selectors
from arasha.places.templatetags.names import in_language
from arasha.rows import SearchHit

MOST = 10


def search(*, viewer: Actor, text: str) -> list[SearchHit]:
    """Places by code or by a word of their name."""
    may_know = knows_unofficial(viewer=viewer, at=timezone.now())
    found = selectors.places(viewer=viewer, text=text, unofficial=may_know)
    return [
        SearchHit(
            title=in_language(place.name),
            url=reverse("places:place", args=[place.pk]),
            kind=_("Place"),
            detail=place.code,
        )
        for place in found[:MOST]
    ]
