from django.urls import reverse
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.appeals import selectors
from arasha.engines.notes import BadCodeError, grouped, read_code
from arasha.rows import SearchHit


def search(*, viewer: Actor, text: str) -> list[SearchHit]:
    """The appeal of a filing code, in any spacing and any digits."""
    try:
        code = read_code(text)
    except BadCodeError:
        return []
    return [
        SearchHit(
            title=grouped(appeal.code),
            url=reverse("appeals:appeal", args=[appeal.key]),
            kind=_("Appeal"),
        )
        for appeal in selectors.appeals(viewer=viewer, text=code)
    ]
