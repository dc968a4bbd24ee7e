import datetime as dt

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.cases import selectors
from arasha.country import country
from arasha.rows import AgendaItem

MOST = 50


def agenda(*, viewer: Actor, at: dt.datetime) -> list[AgendaItem]:
    """Cases in the viewer's hands with a clock that runs."""
    language = get_language() or "en"
    found = selectors.cases_in_hand(viewer=viewer).filter(next_due_at__isnull=False)[:MOST]
    return [
        AgendaItem(
            title=_("Case %(number)s") % {"number": case.number},
            url=reverse("cases:case", args=[case.key]),
            due_at=case.next_due_at,
            kind=country().deadlines[case.next_due_rule].name.in_(language),
        )
        for case in found
    ]
