from django.urls import reverse
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.cases import selectors
from arasha.rows import SearchHit

MOST = 20


def search(*, viewer: Actor, text: str) -> list[SearchHit]:
    """Cases by our number or one that another body gave, in any spacing or alphabet."""
    return [
        SearchHit(
            title=case.number,
            url=reverse("cases:case", args=[case.key]),
            kind=_("Case"),
            detail=", ".join(each.number for each in case.numbers.all()),
        )
        for case in selectors.cases(viewer=viewer, text=text).prefetch_related("numbers")[:MOST]
    ]
